#!/usr/bin/env python3
"""Tests of check_docs.py: on documents with one fault each, run against a program that stands in for onus."""
import os
import stat
import subprocess
import sys
import tempfile
import unittest

CHECKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_docs.py")

# Refuses files with the word `bad` (ON1004) or `worse` (ON1004 twice), warns of `odd`, and fails the test of a case with
# `wrong`. `say WORDS` prints them.
PROGRAM = """#!/bin/sh
command=$1; shift
if [ "$command" = say ]; then echo "$@"; exit 0; fi
if [ "$command" = fail ]; then echo broken >&2; exit 7; fi
for file in "$@"; do
  [ -f "$file" ] || continue
  if grep -q bad "$file"; then echo "$file:1:1: error ON1004: bad" >&2; exit 3; fi
  if grep -q worse "$file"; then printf '%s: error ON1004: bad\\n%s: error ON1004: bad\\n' "$file" "$file" >&2; exit 3; fi
  if grep -q odd "$file"; then echo "$file:1:1: warning ON0007: odd" >&2; fi
  if [ "$command" = test ] && grep -q wrong "$file"; then echo "1 failed"; exit 1; fi
done
"""
GRAMMAR = """# comment with 'nothing'
file := 'regulation' "is" ;
"""


class CheckDocs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.folder.name
        self.addCleanup(self.folder.cleanup)
        self.write("onus", PROGRAM)
        os.chmod(os.path.join(self.root, "onus"), stat.S_IRWXU)
        self.write("grammar/onus.ebnf", GRAMMAR)
        self.write("docs/frames/law.onus", "regulation x.\n  // here\nend\n")
        self.write("rules.onus", "regulation\n")

    def write(self, name, text):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def run_on(self, text, *options):
        self.write("page.md", text)
        done = subprocess.run([sys.executable, CHECKER, "--onus", os.path.join(self.root, "onus"), "--root", self.root, *options,
                               "page.md"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.returncode, done.stdout

    def passes(self, text, *options):
        status, out = self.run_on(text, *options)
        self.assertEqual(status, 0, out)
        return out

    def fails(self, text, message, *options):
        status, out = self.run_on(text, *options)
        self.assertEqual(status, 1, out)
        self.assertIn(message, out)

    def test_counts_blocks(self):
        out = self.passes("```onus\nregulation\n```\n\n```text\nbad\n```\n")
        self.assertIn("1 blocks run, 1 marked text", out)

    def test_a_file_that_is_refused(self):
        self.fails("```onus\nbad\n```\n", "page.md:1")

    def test_a_warning(self):
        self.fails("```onus\nodd\n```\n", "ON0007")

    def test_a_frame(self):
        self.passes("```onus frame=law\nfine\n```\n")
        self.fails("```onus frame=law\nbad\n```\n", "page.md:1")
        self.fails("```onus frame=none\nfine\n```\n", "there is no frame")

    def test_each_line(self):
        self.fails("```onus frame=law each-line\nfine\n\nbad\n```\n", "page.md:4")

    def test_refusals(self):
        self.passes("```onus refused=ON1004\nbad\n```\n")
        self.fails("```onus refused=ON1005\nbad\n```\n", "expected the one error ON1005")
        self.fails("```onus refused=ON1004\nworse\n```\n", "expected the one error")
        self.fails("```onus refused=ON1004\nfine\n```\n", "expected the one error")

    def test_cases_in_rules_are_run(self):
        self.fails('```onus\ncase "wrong"\n```\n', "1 failed")

    def test_case_files(self):
        rules = "```onus file=r.onus\nregulation\n```\n"
        self.passes(rules + "```yaml rules=r.onus\nonus: case/1\n```\n")
        self.fails(rules + "```yaml rules=r.onus\nexpect:\n  - wrong\n```\n", "1 failed")
        self.fails(rules + '```json rules=r.onus\n{\n  "expect": "wrong"\n}\n```\n', "1 failed")
        self.fails("```yaml\nonus: case/1\n```\n", "needs `rules=FILE`")

    def test_transcripts(self):
        self.passes("```console\n$ onus say hello\nhello\n$ onus fail\nbroken\n[exit 7]\n```\n")
        self.passes("```console\n$ onus say hello there world\nhello … world\n```\n")
        self.passes("```console\n$ onus say 1; onus say 2; onus say 3\n1\n…\n3\n```\n")
        self.fails("```console\n$ onus say hello\nhallo\n```\n", "prints\nhello")
        self.fails("```console\n$ onus fail\nbroken\n```\n", "[exit 7]")
        self.fails("```console\nhello\n```\n", "begins with a line")

    def test_recording(self):
        text = "```console\n$ onus say hello\nhallo\nhollo\n```\n\nend\n"
        self.passes(text, "--record")
        with open(os.path.join(self.root, "page.md"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "```console\n$ onus say hello\nhello\n```\n\nend\n")

    def test_unknown_blocks(self):
        self.fails("```\nplain\n```\n", "a block is one of")
        self.fails("```onus flame=law\nfine\n```\n", "has no option `flame`")

    def test_a_block_that_is_never_closed(self):
        status, out = self.run_on("```onus\nregulation\n")
        self.assertEqual(status, 1, out)
        self.assertIn("never closed", out)

    def test_links(self):
        self.passes("[rules](rules.onus) [site](https://example.org) `[a](b)`\n")
        self.fails("[rules](rulez.onus)\n", "leads nowhere")

    def test_words_of_the_grammar(self):
        self.passes("```onus\nregulation is\n```\n", "--reference", "page.md")
        self.fails("```onus\nregulation\n```\n", "without an example: is", "--reference", "page.md")


if __name__ == "__main__":
    unittest.main()
