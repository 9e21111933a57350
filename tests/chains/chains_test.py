#!/usr/bin/env python3
"""Judges chains of modifications, and compares the verdicts at every step with those that the generator counts by itself.

usage: chains_test.py ONUS SOURCE
"""
import json
import os
import re
import subprocess
import sys
import tempfile

RULES = "rules/eu/ai-act/gpai.onus"
LONG = 10_000   # of what is refused; verdicts take milliseconds a step
CHAINS = [("plain", 2_000, False), ("plain", 500, True), ("same", 500, False), ("internal", 300, True), ("unknown", 61, False),
          ("range", 61, True)]


def main():
    onus, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    failed = []

    def run(*arguments):
        return subprocess.run([onus, *arguments], cwd=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)

    def expect(holds, what, said):
        print(f"{'ok  ' if holds else 'FAIL'}  {what}", flush=True)
        if not holds:
            failed.append(what)
            print(said.stdout[-2000:] + said.stderr[-2000:])

    with tempfile.TemporaryDirectory() as folder:
        def chain(kind, steps, *options):
            path = os.path.join(folder, "chain.json")
            with open(path, "w", encoding="utf-8") as out:
                subprocess.run([sys.executable, f"{source}/tools/bench/chain", str(steps), kind, *options], stdout=out, check=True)
            return path

        for kind, steps, backwards in CHAINS:
            path = chain(kind, steps, "--expect", *(["--backwards"] if backwards else []))
            said = run("test", RULES, path)
            what = f"{steps} steps, {kind}{', listed backwards' if backwards else ''}"
            expect(said.returncode == 0 and "passed" in said.stdout, what, said)

        # What is expected can be wrong: at the far end, and only there.
        with open(chain("plain", 500, "--expect"), encoding="utf-8") as file:
            case = json.load(file)
        assert case["expect"][-1]["verdict"] == "does-not-hold"
        case["expect"][-1]["verdict"] = "holds"
        path = os.path.join(folder, "wrong.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump(case, out)
        said = run("test", RULES, path)
        expect(said.returncode == 1 and "1 case failed" in said.stdout, "a wrong expectation about the last model fails", said)

        said = run("check", RULES, chain("circle", LONG))
        circle = re.match(r"[^\n:]+chain\.json:(\d+):\d+: error ON3081: [^\n]*model `M0` → modification `m10001` → model `M10000` → "
                          r"[^\n]*… 19994 more … →[^\n]*→ modification `m1` → model `M0`\n", said.stderr)
        expect(said.returncode == 3 and circle is not None and said.stderr.count("\n") < 60, "a circle is refused and shown", said)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
