#!/usr/bin/env python3
"""What misreadings.py must not let pass: a text that is not there, that is there twice, rules that cannot be read, a misreading
that no case or not the named case notices, too few of them, sections without what they need.

usage: misreadings_test.py ONUS RULES
"""
import contextlib
import io
import os
import sys
import tempfile

sys.dont_write_bytecode = True  # the tree of sources stays as it is
import misreadings

TEXT = "the compute of the modification exceeds the threshold of the modification;"
READ = "the compute of the modification is at least the threshold of the modification;"
CAUGHT = "`O05-exactly-one-third.yaml`"


def section(number, text=TEXT, misread=READ, caught=f"Caught by {CAUGHT}.", file="`eu/ai-act/gpai.onus`"):
    return f"## {number}. Title\n\nIn {file}:\n\n```onus\n{text}\n```\n\nmisread as\n\n```onus\n{misread}\n```\n\nWhy.\n\n{caught}\n\n"


def document(**changes):
    return "# Misreadings\n\n" + section(1, **changes) + section(2)


def main(onus, rules):
    misreadings.AT_LEAST = 2
    faults = 0
    tries = [
        ("as it should be", document(), 0, "2 misreadings, 2 caught"),
        ("not there", document(text="no such sentence;"), 1, "its text stands 0 times in eu/ai-act/gpai.onus, not once"),
        ("there twice", document(text="due: by the placing date of the model."), 1, "times in eu/ai-act/gpai.onus, not once"),
        ("no change", document(misread=TEXT), 1, "it changes nothing"),
        ("cannot be read", document(misread="the compute of the modification whatever;"), 1, "the rules cannot be tested"),
        ("not noticed", document(text="The duties wait for the placing of the result.", misread="Changed."), 1, "nor by any case"),
        ("another case", document(caught=f"Caught by {CAUGHT} and `O03-narrow-model-below.yaml`."), 1,
         "not noticed by O03-narrow-model-below.yaml; by "),
        ("no case named", document(caught="Nobody says."), 1, "1. Title: no paragraph `Caught by …` with a case"),
        ("no file", document(file="somewhere"), 1, "1. Title: 0 rule files named, not one"),
        ("file that is not there", document(file="`eu/gpai.onus`"), 1, "there is no file eu/gpai.onus"),
        ("one block", document().replace("misread as\n\n```onus", "misread as\n\n```text", 1), 1, "1. Title: 1 blocks of text, not two"),
        ("too few", "# Misreadings\n\n" + section(1), 1, "1 misreadings, fewer than 2"),
        ("wrong number", document().replace("## 2.", "## 3."), 1, "the heading `3. Title` is not `2. Title`"),
    ]
    for name, text, status, words in tries:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "misreadings.md")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                result = misreadings.main([onus, rules, path])
        if result != status or words not in printed.getvalue():
            faults += 1
            print(f"{name}: status {result}, expected {status} with `{words}`:\n{printed.getvalue()}")
    print(f"{len(tries)} documents tried, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
