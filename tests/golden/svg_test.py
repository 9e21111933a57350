#!/usr/bin/env python3
"""onus graph --format svg: a picture by Graphviz where it is there, and an honest refusal where it is not.

usage: svg_test.py ONUS SOURCE_FOLDER
"""
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

RULES = "examples/first-steps/rules.onus"


def main(arguments):
    onus, source = os.path.abspath(arguments[0]), arguments[1]
    problems = []

    def run(*words, path=None):
        environment = dict(os.environ) if path is None else {**os.environ, "PATH": path}
        return subprocess.run([onus, "graph", *words], cwd=source, env=environment, capture_output=True, text=True, timeout=120)

    with tempfile.TemporaryDirectory() as empty:
        refused = run(RULES, "--format", "svg", path=empty)
        if refused.returncode != 6 or refused.stdout or "Graphviz" not in refused.stderr or "--format dot" not in refused.stderr:
            problems.append(f"without Graphviz: exit {refused.returncode}, {refused.stdout[:80]!r}, {refused.stderr!r}")
        # A Graphviz that fails is as good as none; half of a picture is not passed on.
        broken = os.path.join(empty, "dot")
        with open(broken, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\necho '<svg>'\nexit 1\n")
        os.chmod(broken, 0o755)
        failed = run(RULES, "--format", "svg", path=empty)
        if failed.returncode != 6 or failed.stdout:
            problems.append(f"with a Graphviz that fails: exit {failed.returncode}, {failed.stdout[:80]!r}")
    there = shutil.which("dot") is not None
    if there:
        drawn = run(RULES, "--format", "svg")
        if drawn.returncode != 0:
            problems.append(f"with Graphviz: exit {drawn.returncode}, {drawn.stderr!r}")
        else:
            root = xml.fromstring(drawn.stdout)
            texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
            dot = run(RULES, "--format", "dot").stdout
            nodes = sum(1 for each in root.iter("{http://www.w3.org/2000/svg}g") if each.get("class") == "node")
            wanted = sum(1 for line in dot.splitlines() if "[label=" in line and "->" not in line)
            if nodes != wanted:
                problems.append(f"{nodes} nodes drawn of {wanted}")
            if not any("above 1e24 FLOP" in text for text in texts):
                problems.append("an edge lost its words")
            if run(RULES, "--format", "svg").stdout != drawn.stdout:
                problems.append("drawn twice, two pictures")
    for problem in problems:
        print(problem)
    print("Graphviz is " + ("there" if there else "absent: only its absence was tested"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
