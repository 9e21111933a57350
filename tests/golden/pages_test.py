#!/usr/bin/env python3
"""Every kind of diagnostic has a page; its example brings about this diagnostic alone, its mended form none.

usage: pages_test.py ONUS SOURCE_FOLDER [CODE...]

docs/diagnostics/ holds the pages as documents, with the message that the example gets: they are compared, and written anew
with ONUS_RECORD=1. Kinds whose page has no example must appear in a golden transcript instead. With CODEs: these alone,
with the output.
"""
import json
import os
import re
import subprocess
import sys
import tempfile


# Kinds that stand behind others: no text is known that gets as far, and a reader that is changed may.
GUARDS = {
    "ON2046": "the grammar refuses such depth first (ON1033)",
}


def run(onus, arguments, folder):
    return subprocess.run([onus, *arguments], cwd=folder, capture_output=True, timeout=60,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C"})


def try_files(onus, files, code):
    """What onus says about these files: the messages, the codes in it, the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        names = [file["name"] for file in files]
        for file in files:
            with open(os.path.join(folder, file["name"]), "w", encoding="utf-8", newline="") as out:
                out.write(file["text"])
        cases = [name for name in names if not name.endswith(".onus")]
        rules = [name for name in names if name.endswith(".onus") and name != "vocabulary.onus"]
        # Rules that use one another are read through the first.
        used = [name for name in rules[1:] if f'use "{name[:-5]}"' in files[0]["text"]]
        rules = [name for name in rules if name not in used]
        commands = [["test", *rules, *cases]]
        if cases:
            commands.append(["check", *rules, *cases])
        elif not code:
            commands.append(["show", *rules])
        codes = set()
        for command in commands:
            result = run(onus, command, folder)
            output = (result.stderr + result.stdout).decode("utf-8", "replace")
            codes |= set(re.findall(r"(?:error|warning|note) (ON\d{4})", output))
            if code in codes:
                break
        messages = result.stderr.decode("utf-8", "replace")
        return re.sub(r"^onus: .*\n", "", messages, flags=re.MULTILINE), sorted(codes), result.returncode


def shown(text):
    """Characters that must not be seen as something else are shown by number."""
    return "".join(c if c == "\n" or c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def document(page, messages):
    def block(text):
        lines = [line if len(line) <= 200 else line[:60] + " … " + line[-60:] for line in shown(text).rstrip("\n").split("\n")]
        return "```text\n" + "\n".join(lines) + "\n```\n"
    out = f"# {page['code']} {page['name']}\n\n> {page['message']}\n\n{page['meaning']}\n"
    if page["example"]:
        out += f"\n## Brought about by\n\n{block(page['example'])}\nThe message:\n\n{block(messages)}"
    out += f"\n## How to mend it\n\n{page['mend']}\n"
    if page["mended"]:
        out += f"\n{block(page['mended'])}"
    return out


def index(kinds, frame):
    out = """# Messages

A page for each message of onus; `onus rule CODE` prints the same. They are written from `src/report/pages/` by
`tests/golden/pages_test.py`, which runs every example.

| code | page | message |
|---|---|---|
"""
    for kind in kinds:
        message = kind["message"].replace("|", "\\|")
        out += f"| {kind['code']} | [{kind['name']}]({kind['name']}.md) | {message} |\n"
    out += "\n## What the examples are a part of\n\nAn example without file names (`== name`) stands behind these rules, among "
    out += "these terms, or in a case file below `as of: 2026-03-01`.\n"
    for file in frame[:2]:
        out += f"\n`{file['name']}`:\n\n```text\n{file['text']}```\n"
    return out


def main(arguments):
    onus, source = os.path.abspath(arguments[0]), arguments[1]
    golden, documents = os.path.join(source, "tests/golden"), os.path.join(source, "docs/diagnostics")
    chosen = set(arguments[2:])
    kinds = json.loads(run(onus, ["rule", "--format", "json"], ".").stdout)
    transcripts = ""
    for name in sorted(os.listdir(golden)):
        if name.endswith(".md"):
            with open(os.path.join(golden, name), encoding="utf-8") as file:
                transcripts += file.read()
    in_transcripts = set(re.findall(r"\bON\d{4}\b", transcripts))
    problems, examples, wanted = [], 0, {}
    frame = None
    for kind in kinds:
        code = kind["code"]
        if chosen and code not in chosen:
            continue
        page = json.loads(run(onus, ["rule", code, "--format", "json"], ".").stdout)
        if not page.get("meaning") or not page.get("mend"):
            problems.append(f"{code} {kind['name']}: no page")
            continue
        messages = ""
        if page["example"]:
            examples += 1
            messages, codes, status = try_files(onus, page["files"], code)
            if chosen:
                print(messages)
            if code not in codes:
                problems.append(f"{code} {kind['name']}: the example brings about {', '.join(codes) or 'nothing'} (exit {status})")
            elif len(codes) > 1:
                problems.append(f"{code} {kind['name']}: the example brings about more: {', '.join(codes)}")
            if page["mended"]:
                said, codes, status = try_files(onus, page["mended_files"], None)
                # Examples are cut down to the lines that matter, which need not be provisions.
                codes = [one for one in codes if one != "ON0033"]
                if codes or status not in (0, 1, 3) or "error" in said:
                    problems.append(f"{code} {kind['name']}: the mended example brings about {', '.join(codes)} (exit {status})\n{said}")
            else:
                problems.append(f"{code} {kind['name']}: an example and no mended form")
            if page["example"] and not page["example"].startswith("== ") and "== " not in page["example"]:
                frame = frame or page["files"]
        elif code not in in_transcripts and code not in GUARDS:
            problems.append(f"{code} {kind['name']}: neither an example nor in a golden transcript")
        if code in GUARDS and (code in in_transcripts or page["example"]):
            problems.append(f"{code} {kind['name']}: is shown, so it is no guard any more")
        wanted[f"{page['name']}.md"] = document(page, messages)
    if not chosen:
        wanted["README.md"] = index(kinds, next(
            json.loads(run(onus, ["rule", name, "--format", "json"], ".").stdout)["files"] for name in ("duplicate-key",)))
        there = set(os.listdir(documents)) if os.path.isdir(documents) else set()
        record = os.environ.get("ONUS_RECORD") == "1"
        if record:
            os.makedirs(documents, exist_ok=True)
        for name in sorted(there - set(wanted)):
            if record:
                os.remove(os.path.join(documents, name))
            else:
                problems.append(f"docs/diagnostics/{name} is no page of a diagnostic")
        for name, text in wanted.items():
            path = os.path.join(documents, name)
            before = None
            if name in there:
                with open(path, encoding="utf-8") as file:
                    before = file.read()
            if before == text:
                continue
            if record:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            else:
                problems.append(f"docs/diagnostics/{name} differs from what `onus rule` says; see ONUS_RECORD")
    for problem in problems:
        print(problem)
    print(f"{len(kinds)} kinds, {examples} examples run, {len(problems)} problems")
    return 1 if problems or not kinds or (not chosen and examples < 200) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
