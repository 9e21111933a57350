#!/usr/bin/env python3
"""tools/check-layers on small made-up trees: a good one passes, and each seeded fault is named with its file and line.

usage: layers_test.py CHECK-LAYERS
"""
import os
import subprocess
import sys
import tempfile

GOOD = {
    "src/base/number.hpp": "#include <compare>\n",
    "src/base/number.cpp": '#include "base/number.hpp"\n#include <boost/multiprecision/cpp_int.hpp>\n',
    "src/solve/solver.hpp": '#include "base/number.hpp"\n',
    "src/source/source.hpp": '#include "base/number.hpp"\n',
    "src/source/source.cpp": '#include "source.hpp"\n#include <fmt/format.h>\n',
    "src/diagnostics/kinds.def": '#include "diagnostics/text.def"\n',
    "src/diagnostics/text.def": "",
    "src/syntax/tree.hpp": '#include "diagnostics/kinds.def"\n',
    "grammar/parse.hpp": '#include "syntax/tree.hpp"\n',
    "grammar/parse.cpp": '#include "grammar/parse.hpp"\n#include <boost/spirit/home/x3.hpp>\n',
    "src/model/model.hpp": '#include "syntax/tree.hpp"\n',
    "src/data/yaml.cpp": '#include <yaml-cpp/yaml.h>\n',
    "src/facts/case.hpp": '#include "model/model.hpp"\n',
    "src/formula/store.hpp": '  #  include "model/model.hpp"\n// #include "driver/driver.hpp"\n',
    "src/evaluate/verdict.hpp": '#include "formula/store.hpp"\n#include "facts/case.hpp"\n#include "solve/solver.hpp"\n',
    "src/report/json.cpp": '#include "evaluate/verdict.hpp"\n#include <nlohmann/json.hpp>\n',
    "src/driver/driver.cpp": '#include "onus/onus.hpp"\n#include "report/json.hpp"\n#include "grammar/parse.hpp"\n',
    "include/onus/onus.hpp": '#include <string>\n#include "onus/verdict.hpp"\n',
    "include/onus/verdict.hpp": "#include <vector>\n",
    "tools/onus/main.cpp": '#include "onus/onus.hpp"\n#include "options.hpp"\n#include <CLI/CLI.hpp>\n#include <fmt/core.h>\n',
    "tools/onus/options.hpp": "",
    "tools/bench/bench.cpp": '#include "driver/driver.hpp"\n#include <nlohmann/json.hpp>\n',
    "tests/support/files.hpp": "#include <string>\n",
    "tests/oracle/oracle.cpp": '#include "model/model.hpp"\n#include "facts/case.hpp"\n#include "support/files.hpp"\n',
    "tests/property/verdicts.cpp": '#include "oracle/oracle.hpp"\n#include "evaluate/verdict.hpp"\n#include <rapidcheck.h>\n',
    "examples/first.cpp": "#include <onus/onus.hpp>\n",
}

# file, its text, the line that must be named, a word of the message
BAD = [
    ("src/base/bad.hpp", '\n\n#include "source/source.hpp"\n', 3, "base may not include source"),
    ("src/solve/bad.hpp", '#include "model/model.hpp"\n', 1, "solve may not include model"),
    ("src/source/bad.hpp", '#include "../syntax/tree.hpp"\n', 1, "source may not include syntax"),
    ("src/syntax/bad.cpp", '#include "model/model.hpp"\n', 1, "syntax may not include model"),
    ("src/model/bad.cpp", '#include "grammar/parse.hpp"\n', 1, "model may not include grammar"),
    ("src/model/bad.hpp", '#include <formula/store.hpp>\n', 1, "model may not include formula"),
    ("src/data/bad.hpp", '#include "model/model.hpp"\n', 1, "data may not include model"),
    ("src/facts/bad.hpp", '#include "formula/store.hpp"\n', 1, "facts may not include formula"),
    ("src/formula/bad.hpp", '#include "facts/case.hpp"\n', 1, "formula may not include facts"),
    ("src/evaluate/bad.hpp", '#include "report/json.hpp"\n', 1, "evaluate may not include report"),
    ("src/report/bad.hpp", '#include "onus/verdict.hpp"\n', 1, "report may not include public"),
    ("grammar/bad.cpp", '#include "model/model.hpp"\n', 1, "grammar may not include model"),
    ("include/onus/bad.hpp", '#include "base/number.hpp"\n', 1, "public may not include base"),
    ("include/onus/bad.hpp", "#include <fmt/core.h>\n", 1, "fmt"),
    ("include/onus/bad.hpp", "#include <boost/optional.hpp>\n", 1, "Boost"),
    ("include/onus/bad.hpp", "#include <sys/stat.h>\n", 1, "standard library only"),
    ("tools/onus/bad.cpp", '#include "driver/driver.hpp"\n', 1, "tools/onus may not include driver"),
    ("tools/onus/bad.cpp", '#include "../../src/base/number.hpp"\n', 1, "tools/onus may not include base"),
    ("tools/onus/bad.cpp", "#include <yaml-cpp/yaml.h>\n", 1, "yaml-cpp"),
    ("examples/bad.cpp", '#include "base/number.hpp"\n', 1, "examples may not include base"),
    ("tests/oracle/bad.cpp", '#include <vector>\n#include "formula/store.hpp"\n', 2, "tests/oracle may not include formula"),
    ("tests/oracle/bad.cpp", '#include "evaluate/verdict.hpp"\n', 1, "tests/oracle may not include evaluate"),
    ("tests/oracle/bad.cpp", '#include "solve/solver.hpp"\n', 1, "tests/oracle may not include solve"),
    ("tests/oracle/bad.cpp", '#include "graph/apply.hpp"\n', 1, "tests/oracle may not include graph"),
    ("tests/oracle/bad.cpp", '#include "syntax/tree.hpp"\n', 1, "tests/oracle may not include syntax"),
    ("tests/oracle/bad.cpp", '#include "property/verdicts.cpp"\n', 1, "tests/oracle may not include"),
    ("src/model/bad.cpp", "#include <boost/spirit/home/x3.hpp>\n", 1, "Boost"),
    ("src/base/units.cpp", "#include <boost/multiprecision/cpp_int.hpp>\n", 1, "Boost.Multiprecision"),
    ("src/base/number.hpp", "#include <boost/multiprecision/cpp_int.hpp>\n", 1, "Boost.Multiprecision"),
    ("grammar/bad.cpp", "#include <boost/multiprecision/cpp_int.hpp>\n", 1, "Boost.Multiprecision"),
    ("src/facts/bad.cpp", "#include <yaml-cpp/yaml.h>\n", 1, "yaml-cpp"),
    ("src/data/bad.hpp", '#include "yaml-cpp/yaml.h"\n', 1, "yaml-cpp"),
    ("src/source/bad.hpp", "#include <fmt/format.h>\n", 1, "fmt"),
    ("src/report/bad.hpp", "#include <nlohmann/json.hpp>\n", 1, "nlohmann-json"),
    ("src/base/bad.cpp", "#include HEADER\n", 1, "cannot be read"),
    ("src/newstage/bad.cpp", "\n", 1, "no line in the table"),
    ("src/loose.cpp", "\n", 1, "no line in the table"),
]


def run(check, files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        result = subprocess.run([sys.executable, check, root], capture_output=True, text=True, check=False)
        return result.returncode, result.stdout.splitlines()


def main():
    check = sys.argv[1]
    failures = 0
    status, lines = run(check, GOOD)
    if status != 0 or lines[-1] != f"{len(GOOD)} files, 0 violations":
        failures += 1
        print("the good tree was refused:", status, *lines, sep="\n  ")
    for path, text, line, words in BAD:
        status, lines = run(check, {**GOOD, path: text})
        named = [found for found in lines[:-1] if found.startswith(f"{path}:{line}: ") and words in found]
        if status != 1 or len(named) != 1 or len(lines) != 2:
            failures += 1
            print(f"{path} with {text!r}: expected line {line}, “{words}”; got {status}", *lines, sep="\n  ")
    status, lines = run(check, {"README": ""})
    if status != 2:
        failures += 1
        print("a folder without src/ was taken for a project")
    print(f"{len(BAD) + 2} trees, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
