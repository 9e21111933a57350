#!/usr/bin/env python3
"""Runs a golden document: Markdown with files and console transcripts.

usage: golden.py ONUS SOURCE_FOLDER DOCUMENT

A fenced block whose info line ends in a file name (```onus rules.onus, ```yaml cases/a.yaml) is written to that file. A block
`console` holds commands behind `$ ` and, below each, what it prints (both streams) and `[exit N]` unless the code is 0. The
commands run in a shell, in a folder of their own with these files and links to `rules/` and `examples/` of the project.
Files and commands take effect in the order of the document.

ONUS_RECORD=1 writes the document anew with what the commands print now; read the difference before committing it.
Hashes, and the date of today, differ from run to run: they are printed as <sha256> and <today>.
"""
import datetime
import difflib
import os
import re
import signal
import subprocess
import sys
import tempfile


def normalise(text):
    text = re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", text)
    for day in (0, 1):  # midnight may pass while the commands run
        today = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=day)).strftime("%Y-%m-%d")
        text = text.replace(today, "<today>")
    return text


def run(command, folder, environment):
    process = subprocess.Popen(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        printed, _ = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise SystemExit(f"took more than two minutes: {command}")
    output = normalise(printed.decode("utf-8", "backslashreplace"))
    if output and not output.endswith("\n"):
        output += "\n"
    if process.returncode != 0:
        output += f"[exit {process.returncode}]\n"
    return output


def transcript(block, folder, environment):
    """The block with the output of its commands replaced by what they print now."""
    lines, result, index = block.split("\n"), [], 0
    commands = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not line.startswith("$ "):
            if result or line:
                raise SystemExit(f"a console block must begin with `$ `, not with: {line}")
            continue
        command = line[2:]
        result.append(line)
        while command.endswith("\\") and index < len(lines):
            command = command[:-1] + lines[index].removeprefix("> ")
            result.append(lines[index])
            index += 1
        while index < len(lines) and not lines[index].startswith("$ "):
            index += 1
        result += run(command, folder, environment).split("\n")[:-1]
        commands += 1
    return "\n".join(result) + "\n", commands


def main(arguments):
    onus, source, path = os.path.abspath(arguments[0]), os.path.abspath(arguments[1]), arguments[2]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    environment = {"PATH": os.path.dirname(onus) + ":" + os.environ["PATH"], "LC_ALL": "C", "TERM": "dumb"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    commands = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("rules", "examples"):
            os.symlink(os.path.join(source, name), os.path.join(folder, name))
        result, position = [], 0
        for match in re.finditer(r"^(`{3,})([^\n`]*)\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL):
            result.append(text[position:match.start()])
            position = match.end()
            fence, info, body = match.groups()
            words = info.split()
            if words == ["console"]:
                body, count = transcript(body, folder, environment)
                commands += count
            elif len(words) == 2:
                target = os.path.join(folder, words[1])
                if os.path.relpath(target, folder).startswith(".."):
                    raise SystemExit(f"{words[1]} lies outside of the folder of the test")
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "w", encoding="utf-8") as out:
                    out.write(body)
            result.append(f"{fence}{info}\n{body}{fence}")
        result.append(text[position:])
    now = "".join(result)
    if commands == 0:
        print(f"{path}: no command in it")
        return 1
    if now == text:
        print(f"{commands} commands as recorded")
        return 0
    if os.environ.get("ONUS_RECORD") == "1":
        with open(path, "w", encoding="utf-8") as file:
            file.write(now)
        print(f"{path}: recorded")
        return 0
    sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), now.splitlines(True), "recorded", "now"))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
