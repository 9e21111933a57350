#!/usr/bin/env python3
"""Runs every fenced block of the documents against the built program.

usage: check_docs.py --onus PROGRAM --root CHECKOUT [--record] [--list] DOCUMENT…

What a block is, its info string says (CONTRIBUTING.md, "Documents"):

    onus [file=NAME]               a whole rule file; with a name, later blocks of the document can use it
    onus frame=NAME [each-line]    a piece of one, put in the place marked in docs/frames/NAME.onus; each line by itself
    yaml|json rules=NAME,… [file=NAME] [frame=NAME] [each-line]     a case file; one with `expect` has to pass its test
    console                        commands and exactly what they print; `…` stands for anything; `[exit N]` for a status
    text                           is not run

Any of the first three may say `refused=CODE`: exactly one error, of that code. Rule files with cases have to pass them. A
relative link has to lead somewhere. With --record, outputs in console blocks that differ are rewritten. Exit status: 0 all
well, 1 not, 2 usage.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^(`{3,})\s*(.*)$")
MARK = re.compile(r"^([ \t]*)(?://|#) here$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
PATIENCE = 60   # seconds for one command; sanitizer builds are slow
LANGUAGES = ("onus", "yaml", "json", "console", "text")
OPTIONS = {
    "onus": {"file", "frame", "each-line", "refused"},
    "yaml": {"file", "frame", "each-line", "refused", "rules"},
    "json": {"file", "frame", "each-line", "refused", "rules"},
    "console": set(),
    "text": set(),
}


class Block:
    def __init__(self, document, line, info, text):
        self.document, self.line, self.text = document, line, text
        words = info.split()
        self.language = words[0] if words else ""
        self.options = {}
        for word in words[1:]:
            name, _, value = word.partition("=")
            self.options[name] = value

    def place(self):
        return f"{self.document}:{self.line}"


def blocks_of(document, text):
    """The fenced blocks; a fence that is never closed is an error."""
    found, open_at, info, ticks, lines = [], None, "", "", []
    for number, line in enumerate(text.split("\n"), 1):
        fence = FENCE.match(line)
        if open_at is None:
            if fence:
                open_at, ticks, info, lines = number, fence[1], fence[2], []
        elif fence and fence[1] == ticks and not fence[2]:
            found.append(Block(document, open_at, info, "".join(each + "\n" for each in lines)))
            open_at = None
        else:
            lines.append(line)
    if open_at is not None:
        raise SystemExit(f"{document}:{open_at}: this block is never closed")
    return found


def matches(expected, actual):
    """Whether the lines are equal, where `…` alone stands for any lines and within a line for any text."""
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line.strip() == "…" else ".*?".join(re.escape(part) for part in line.split("…")) + r"\n"
        for line in expected.split("\n")[:-1])
    return re.fullmatch(pattern, actual) is not None


class Checker:
    def __init__(self, onus, root, record):
        self.onus, self.root, self.record = onus, root, record
        self.failures, self.run, self.skipped = [], 0, 0

    def fail(self, place, message):
        self.failures.append(f"{place}: {message}")

    # ---- one document ---------------------------------------------------------------------------------------------

    def document(self, name):
        path = os.path.join(self.root, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.links(name, text)
        blocks = blocks_of(name, text)
        # Counted a second way, so that a block that was misread is not passed over.
        fences = sum(1 for line in text.split("\n") if line.startswith("```"))
        if fences != 2 * len(blocks):
            self.fail(name, f"{fences} fences, but {len(blocks)} blocks were found")
        with tempfile.TemporaryDirectory(prefix="onus-docs-") as sandbox:
            self.prepare(sandbox)
            rewritten = {}
            for block in blocks:
                self.block(block, sandbox, rewritten)
        if rewritten:
            lines = text.split("\n")
            for line in sorted(rewritten, reverse=True):
                old = next(block for block in blocks if block.line == line).text
                lines[line:line + old.count("\n")] = rewritten[line].split("\n")[:-1]
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(lines))

    def links(self, name, text):
        prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        for target in LINK.findall(re.sub(r"`[^`\n]*`", "", prose)):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not os.path.exists(os.path.join(self.root, os.path.dirname(name), target)):
                self.fail(name, f"the link to {target} leads nowhere")

    def prepare(self, sandbox):
        for folder in ("rules", "examples"):
            source = os.path.join(self.root, folder)
            if os.path.isdir(source):
                shutil.copytree(source, os.path.join(sandbox, folder))
        os.makedirs(os.path.join(sandbox, "tools"))
        os.makedirs(os.path.join(sandbox, ".bin"))
        for name in ("tools/run", ".bin/onus"):
            with open(os.path.join(sandbox, name), "w", encoding="utf-8") as file:
                file.write(f'#!/bin/sh\nexec "{self.onus}" "$@"\n')
            os.chmod(os.path.join(sandbox, name), 0o755)

    # ---- one block --------------------------------------------------------------------------------------------------

    def block(self, block, sandbox, rewritten):
        if block.language not in LANGUAGES:
            return self.fail(block.place(), f"a block is one of {', '.join(LANGUAGES)}, not `{block.language}`")
        unknown = set(block.options) - OPTIONS[block.language]
        if unknown:
            return self.fail(block.place(), f"`{block.language}` has no option `{min(unknown)}`")
        if block.language == "text":
            self.skipped += 1
            return None
        self.run += 1
        if block.language == "console":
            return self.console(block, sandbox, rewritten)
        rules = block.options.get("rules")
        if block.language != "onus" and not rules:
            return self.fail(block.place(), f"a case needs `rules=FILE`; a block that is not run is `text`")
        for line, text in self.texts(block):
            place = f"{block.document}:{line}"
            name = block.options.get("file") or "fragment." + block.language
            path = os.path.join(sandbox, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            if block.language == "onus":
                self.rules(place, name, text, block, sandbox)
            else:
                self.case(place, name, text, rules.split(","), block, sandbox)
        return None

    def texts(self, block):
        """(line of the document, whole file) for each file that the block stands for."""
        frame = block.options.get("frame")
        if frame is None:
            return [(block.line, block.text)]
        path = os.path.join(self.root, "docs", "frames", f"{frame}.{block.language}")
        if not os.path.exists(path):
            self.fail(block.place(), f"there is no frame docs/frames/{frame}.{block.language}")
            return []
        with open(path, encoding="utf-8") as file:
            around = file.read()
        mark = MARK.search(around)
        if not mark:
            self.fail(block.place(), f"the frame {frame} has no line `// here` or `# here`")
            return []
        pieces = [(block.line, block.text)]
        if "each-line" in block.options:
            pieces = [(block.line + number, line + "\n") for number, line in enumerate(block.text.split("\n"), 1)
                      if line.strip() and not line.strip().startswith(("//", "#"))]
        whole = []
        for line, piece in pieces:
            indented = "".join(mark[1] + each if each.strip() else each for each in piece.splitlines(keepends=True))
            whole.append((line, around[:mark.start()] + indented.rstrip("\n") + around[mark.end():]))
        return whole

    def call(self, arguments, sandbox):
        try:
            done = subprocess.run([self.onus, *arguments], cwd=sandbox, env=self.environment(sandbox), text=True,
                                  encoding="utf-8", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return -1, "", f"no answer within {PATIENCE} s"
        return done.returncode, done.stdout, done.stderr

    @staticmethod
    def environment(sandbox):
        return {"PATH": os.path.join(sandbox, ".bin") + ":/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "HOME": sandbox}

    def rules(self, place, name, text, block, sandbox):
        command = ["test" if re.search(r"^case ", text, re.MULTILINE) else "show", name]
        status, out, messages = self.call(command, sandbox)
        self.judge(place, command, status, out, messages, block)

    def case(self, place, name, text, rules, block, sandbox):
        command = ["check", *rules, name]
        status, out, messages = self.call(command, sandbox)
        self.judge(place, command, status, out, messages, block)
        if "refused" not in block.options and re.search(r'^"?\s*"?expect"?:', text, re.MULTILINE):
            command = ["test", *rules, name, "-k", name]   # without the cases in the rule files
            status, out, messages = self.call(command, sandbox)
            self.judge(place, command, status, out, messages, block)

    def judge(self, place, command, status, out, messages, block):
        if "refused" in block.options:
            codes = re.findall(r": error (ON\d+):", messages)
            wanted = block.options["refused"]
            if status != 3 or codes != [wanted]:
                self.fail(place, f"onus {' '.join(command)}: expected the one error {wanted}, got exit {status} and {codes}\n{messages}")
        elif status != 0 or messages:
            self.fail(place, f"onus {' '.join(command)}: exit {status}\n{messages}{out if status == 1 else ''}")

    # ---- transcripts ------------------------------------------------------------------------------------------------

    def console(self, block, sandbox, rewritten):
        parts = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)
        if parts[0].strip() or len(parts) < 3:
            return self.fail(block.place(), "a console block begins with a line `$ COMMAND`")
        text, same = "", True
        for command, expected in zip(parts[1::2], parts[2::2]):
            try:
                done = subprocess.run(["bash", "-c", f"exec 2>&1; {command}"], cwd=sandbox, env=self.environment(sandbox),
                                      text=True, encoding="utf-8", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      timeout=PATIENCE, check=False)
            except subprocess.TimeoutExpired:
                return self.fail(block.place(), f"`{command}`: no answer within {PATIENCE} s")
            actual = done.stdout if done.stdout.endswith("\n") or not done.stdout else done.stdout + "\n"
            if done.returncode:
                actual += f"[exit {done.returncode}]\n"
            blank = "\n" if expected.endswith("\n\n") else ""
            if matches(expected, actual + blank):
                text += f"$ {command}\n{expected}"
                continue
            same = False
            text += f"$ {command}\n{actual}{blank}"
            if not self.record:
                self.fail(block.place(), f"`{command}` prints\n{actual}")
        if not same and self.record:
            rewritten[block.line] = text
        return None


def words_without_example(root, documents):
    """Words of the grammar that no document shows: the reference is to have every construct."""
    with open(os.path.join(root, "grammar", "onus.ebnf"), encoding="utf-8") as file:
        grammar = "\n".join(line for line in file if not line.startswith("#"))
    words = set(re.findall(r"""["']([a-z]+)["']""", grammar))
    shown = set()
    for name in documents:
        with open(os.path.join(root, name), encoding="utf-8") as file:
            for block in blocks_of(name, file.read()):
                if block.language == "onus":
                    shown |= set(re.findall(r"[a-z]+", block.text))
    return sorted(words - shown)


def main():
    parser = argparse.ArgumentParser(description="Runs every fenced block of the documents.")
    parser.add_argument("--onus", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--reference", help="the document that has to show every word of the grammar")
    parser.add_argument("documents", nargs="+")
    arguments = parser.parse_args()
    checker = Checker(os.path.abspath(arguments.onus), os.path.abspath(arguments.root), arguments.record)
    for document in arguments.documents:
        checker.document(document)
    if arguments.reference:
        missing = words_without_example(checker.root, [arguments.reference])
        if missing:
            checker.fail(arguments.reference, "words of the grammar without an example: " + ", ".join(missing))
    for failure in checker.failures:
        print(failure)
    print(f"{len(arguments.documents)} documents: {checker.run} blocks run, {checker.skipped} marked text, "
          f"{len(checker.failures)} failures")
    return 1 if checker.failures else 0


if __name__ == "__main__":
    sys.exit(main())
