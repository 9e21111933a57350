#!/usr/bin/env python3
"""Plants deliberate misreadings in a copy of the rules, one at a time, and demands that their cases notice.

usage: misreadings.py ONUS RULES DOCUMENT

A section `## N. Title` of the document names a file of the rules between backquotes, holds two blocks ```onus, the text as it
stands and the text as misread (perhaps empty), and ends in a paragraph `Caught by …`, which names cases: those in rule files by
their title in double quotes, files by their name between backquotes.

A misreading is caught if the misread rules can be read and every case named so fails. The text must stand in the file exactly
once, and the rules themselves must pass. The report says for each which cases failed. The exit status is 1 if anything is amiss.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

AT_LEAST = 12


class Fault(Exception):
    """Something in the document or in the rules that must be mended; its text is for the reader."""


class Misreading:
    def __init__(self, number, title, body):
        self.number, self.title = number, title
        blocks = re.findall(r"^```onus\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
        if len(blocks) != 2:
            raise Fault(f"{len(blocks)} blocks of text, not two")
        self.text, self.misread = (block.removesuffix("\n") for block in blocks)
        if not self.text.strip():
            raise Fault("the first block is empty")
        prose = re.sub(r"^```.*?^```$", "", body, flags=re.MULTILINE | re.DOTALL)
        files = re.findall(r"`([^`\n]+\.onus)`", prose)
        if len(files) != 1:
            raise Fault(f"{len(files)} rule files named, not one")
        self.file = files[0]
        caught = re.search(r"^Caught by (.*?)\.?\s*\Z", prose, re.MULTILINE | re.DOTALL)
        self.cases = re.findall(r"`([^`]+)`|\"([^\"]+)\"", re.sub(r"\s+", " ", caught.group(1))) if caught else []
        self.cases = [file or title for file, title in self.cases]
        if not self.cases:
            raise Fault("no paragraph `Caught by …` with a case")


def read_document(path):
    with open(path, encoding="utf-8") as file:
        sections = re.split(r"^## (.*)$", file.read(), flags=re.MULTILINE)
    result = []
    for heading, body in zip(sections[1::2], sections[2::2]):
        match = re.fullmatch(r"(\d+)\. (.+)", heading)
        if not match or int(match.group(1)) != len(result) + 1:
            raise Fault(f"the heading `{heading}` is not `{len(result) + 1}. Title`")
        try:
            result.append(Misreading(int(match.group(1)), match.group(2), body))
        except Fault as fault:
            raise Fault(f"{heading}: {fault}") from None
    if len(result) < AT_LEAST:
        raise Fault(f"{len(result)} misreadings, fewer than {AT_LEAST}")
    return result


def named(case):
    """As the report names it: a title in quotes, a file by its name."""
    return case if case.endswith((".yaml", ".json")) else f'"{case}"'


def failing_cases(onus, rules):
    """Names of the cases that fail; `Fault` if the rules cannot be read."""
    run = subprocess.run([onus, "test", rules, "--json"], capture_output=True, encoding="utf-8", timeout=300)
    if run.returncode not in (0, 1):
        raise Fault(f"the rules cannot be tested (status {run.returncode}):\n{run.stderr}")
    report = json.loads(run.stdout)
    if not report["cases"]:
        raise Fault("there is no case")
    return [os.path.basename(case["case"]) for case in report["cases"] if case["result"] != "passed"]


def plant(misreading, folder):
    path = os.path.join(folder, misreading.file)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        raise Fault(f"there is no file {misreading.file}") from None
    count = text.count(misreading.text)
    if count != 1:
        raise Fault(f"its text stands {count} times in {misreading.file}, not once")
    if misreading.text == misreading.misread:
        raise Fault("it changes nothing")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(misreading.text, misreading.misread))


def judged(misreading, onus, rules):
    """(is it caught, by whom or why not)"""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "rules")
        shutil.copytree(rules, copy)
        try:
            plant(misreading, copy)
            failing = failing_cases(onus, copy)
        except Fault as fault:
            return False, str(fault)
    missed = [case for case in misreading.cases if case not in failing]
    if not missed:
        return True, ", ".join(map(named, failing))
    return False, "not noticed by " + ", ".join(map(named, missed)) + (
        "; by " + ", ".join(map(named, failing)) if failing else ", nor by any case")


def main(arguments):
    onus, rules, document = os.path.abspath(arguments[0]), arguments[1], arguments[2]
    faults = 0
    try:
        misreadings = read_document(document)
        failing = failing_cases(onus, rules)
        if failing:
            raise Fault("the rules fail before anything is misread: " + ", ".join(map(named, failing)))
    except Fault as fault:
        print(fault)
        return 1
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for misreading, (caught, words) in zip(misreadings, pool.map(lambda each: judged(each, onus, rules), misreadings)):
            faults += not caught
            print(f"{misreading.number}. {misreading.title}: {'caught by' if caught else 'NOT CAUGHT:'} {words}", flush=True)
    print(f"{len(misreadings)} misreadings, {len(misreadings) - faults} caught")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
