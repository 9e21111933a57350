#!/usr/bin/env python3
"""Every kind of diagnostic has a page, and the example of a page really brings the diagnostic about.

usage: pages_test.py ONUS GOLDEN_FOLDER [CODE...]

Kinds whose page has no example must appear in a golden transcript instead. With CODEs: these alone, with the output.
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
    "ON2126": "a text of 100,000 provisions",
    "ON3017": "a case of 200,000 entities; the unit tests of facts have it",
    "ON4150": "the last resort where yaml-cpp fails and no cause is found",
    "ON4159": "the last resort where two readers of YAML disagree",
}


def run(onus, arguments, folder):
    return subprocess.run([onus, *arguments], cwd=folder, capture_output=True, timeout=60,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C"})


def main(arguments):
    onus, golden = os.path.abspath(arguments[0]), arguments[1]
    chosen = set(arguments[2:])
    kinds = json.loads(run(onus, ["rule", "--format", "json"], ".").stdout)
    transcripts = ""
    for name in sorted(os.listdir(golden)):
        if name.endswith(".md"):
            with open(os.path.join(golden, name), encoding="utf-8") as file:
                transcripts += file.read()
    shown = set(re.findall(r"\bON\d{4}\b", transcripts))
    problems, examples = [], 0
    for kind in kinds:
        code = kind["code"]
        if chosen and code not in chosen:
            continue
        page = json.loads(run(onus, ["rule", code, "--format", "json"], ".").stdout)
        if not page.get("meaning") or not page.get("mend"):
            problems.append(f"{code} {kind['name']}: no page")
            continue
        if not page["example"]:
            if code not in shown and code not in GUARDS:
                problems.append(f"{code} {kind['name']}: neither an example nor in a golden transcript")
            continue
        examples += 1
        with tempfile.TemporaryDirectory() as folder:
            names = [file["name"] for file in page["files"]]
            for file in page["files"]:
                with open(os.path.join(folder, file["name"]), "w", encoding="utf-8", newline="") as out:
                    out.write(file["text"])
            cases = [name for name in names if not name.endswith(".onus")]
            rules = [name for name in names if name.endswith(".onus") and name != "vocabulary.onus"]
            # Rules that use one another are read through the first.
            used = [name for name in rules[1:] if f'use "{name[:-5]}"' in page["files"][0]["text"]]
            rules = [name for name in rules if name not in used]
            result = run(onus, ["test", *rules, *cases], folder)
            output = (result.stderr + result.stdout).decode("utf-8", "replace")
            if cases and code not in output:
                result = run(onus, ["check", *rules, *cases], folder)
                output = (result.stderr + result.stdout).decode("utf-8", "replace")
            if chosen:
                print(output)
            codes = sorted(set(re.findall(r"(?:error|warning|note) (ON\d{4})", output)))
            if code not in codes:
                problems.append(f"{code} {kind['name']}: the example brings about {', '.join(codes) or 'nothing'} "
                                f"(exit {result.returncode})")
            elif len(codes) > 1:
                problems.append(f"{code} {kind['name']}: the example brings about more: {', '.join(codes)}")
    for problem in problems:
        print(problem)
    print(f"{len(kinds)} kinds, {examples} examples run, {len(problems)} problems")
    return 1 if problems or not kinds or (not chosen and examples < 150) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
