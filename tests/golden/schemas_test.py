#!/usr/bin/env python3
"""Real outputs of onus obey the schemas that `onus schema` prints.

usage: schemas_test.py ONUS SOURCE_FOLDER

The validator below knows the keywords that these schemas use and fails at any other, so that no part of a schema is passed
over. Where the Python package `jsonschema` is there, it has to agree.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None


ANNOTATIONS = {"$schema", "$defs", "$id", "title", "description", "examples", "$comment"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def errors(value, schema, root, place="$"):
    """Yields what is wrong, with its place."""
    if schema is True:
        return
    if schema is False:
        yield f"{place}: nothing is allowed here"
        return
    for keyword, argument in schema.items():
        if keyword in ANNOTATIONS:
            continue
        if keyword == "$ref":
            target = root
            for part in argument.removeprefix("#/").split("/"):
                target = target[part]
            yield from errors(value, target, root, place)
        elif keyword == "type":
            names = argument if isinstance(argument, list) else [argument]
            if not any(is_type(value, name) for name in names):
                yield f"{place}: {value!r} is not of type {argument}"
        elif keyword == "const":
            if value != argument or type(value) is not type(argument):
                yield f"{place}: {value!r} is not {argument!r}"
        elif keyword == "enum":
            if not any(value == one and type(value) is type(one) for one in argument):
                yield f"{place}: {value!r} is none of {argument}"
        elif keyword in ("anyOf", "oneOf"):
            good = sum(1 for one in argument if not list(errors(value, one, root, place)))
            if good == 0 or (keyword == "oneOf" and good != 1):
                yield f"{place}: {value!r} fits {good} of {keyword}"
        elif keyword == "allOf":
            for one in argument:
                yield from errors(value, one, root, place)
        elif keyword == "not":
            if not list(errors(value, argument, root, place)):
                yield f"{place}: {value!r} is what must not be"
        elif keyword == "required":
            if isinstance(value, dict):
                yield from (f"{place}: `{name}` is missing" for name in argument if name not in value)
        elif keyword == "properties":
            if isinstance(value, dict):
                for name, one in argument.items():
                    if name in value:
                        yield from errors(value[name], one, root, f"{place}.{name}")
        elif keyword == "patternProperties":
            if isinstance(value, dict):
                for pattern, one in argument.items():
                    for name in value:
                        if re.search(pattern, name):
                            yield from errors(value[name], one, root, f"{place}.{name}")
        elif keyword == "additionalProperties":
            if isinstance(value, dict):
                patterns = schema.get("patternProperties", {})
                for name in value:
                    if name not in schema.get("properties", {}) and not any(re.search(p, name) for p in patterns):
                        yield from errors(value[name], argument, root, f"{place}.{name}")
        elif keyword == "propertyNames":
            if isinstance(value, dict):
                for name in value:
                    yield from errors(name, argument, root, f"{place}, name {name!r}")
        elif keyword == "items":
            if isinstance(value, list):
                start = len(schema.get("prefixItems", []))
                for index, item in enumerate(value[start:], start):
                    yield from errors(item, argument, root, f"{place}[{index}]")
        elif keyword == "prefixItems":
            if isinstance(value, list):
                for index, one in enumerate(argument[:len(value)]):
                    yield from errors(value[index], one, root, f"{place}[{index}]")
        elif keyword in ("minItems", "maxItems"):
            if isinstance(value, list) and (len(value) < argument if keyword == "minItems" else len(value) > argument):
                yield f"{place}: {len(value)} items"
        elif keyword == "uniqueItems":
            if isinstance(value, list) and argument and len({json.dumps(one, sort_keys=True) for one in value}) != len(value):
                yield f"{place}: items twice"
        elif keyword in ("minProperties", "maxProperties"):
            if isinstance(value, dict) and (len(value) < argument if keyword == "minProperties" else len(value) > argument):
                yield f"{place}: {len(value)} keys"
        elif keyword == "minLength":
            if isinstance(value, str) and len(value) < argument:
                yield f"{place}: too short"
        elif keyword == "maxLength":
            if isinstance(value, str) and len(value) > argument:
                yield f"{place}: too long"
        elif keyword == "pattern":
            if isinstance(value, str) and not re.search(argument, value):
                yield f"{place}: {value!r} does not match {argument}"
        elif keyword == "minimum":
            if is_type(value, "number") and value < argument:
                yield f"{place}: {value} is below {argument}"
        elif keyword == "maximum":
            if is_type(value, "number") and value > argument:
                yield f"{place}: {value} is above {argument}"
        else:
            raise SystemExit(f"the validator does not know the keyword `{keyword}`")


class Test:
    def __init__(self, onus, source):
        self.onus, self.source = os.path.abspath(onus), source
        self.checked, self.problems = 0, []
        self.schemas = {}

    def run(self, *arguments, codes=(0,), cwd=None):
        result = subprocess.run([self.onus, *arguments], cwd=cwd or self.source, capture_output=True, timeout=120)
        if result.returncode not in codes:
            self.problems.append(f"onus {' '.join(arguments)}: exit {result.returncode}: {result.stderr.decode()[:500]}")
        return result.stdout.decode()

    def schema(self, name):
        if name not in self.schemas:
            self.schemas[name] = json.loads(self.run("schema", name))
        return self.schemas[name]

    def validate(self, what, value, schema):
        found = list(errors(value, schema, schema))
        self.checked += 1
        self.problems += [f"{what}: {one}" for one in found[:5]]
        if jsonschema is not None:
            agrees = jsonschema.Draft202012Validator(schema).is_valid(value)
            if agrees == bool(found):
                self.problems.append(f"{what}: the package jsonschema says {'valid' if agrees else 'not valid'}")

    def output(self, name, *arguments, codes=(0,), cwd=None):
        value = json.loads(self.run(*arguments, "--format", "json", codes=codes, cwd=cwd))
        self.validate(f"onus {' '.join(arguments)}", value, self.schema(name))
        if "diagnostics" in value:
            self.validate(f"diagnostics of onus {' '.join(arguments)}", value["diagnostics"], self.schema("diagnostics"))
        return value

    def refuses(self, name, value, change, what):
        """A schema that lets everything pass proves nothing."""
        changed = json.loads(json.dumps(value))
        change(changed)
        schema = self.schema(name)
        self.checked += 1
        if not list(errors(changed, schema, schema)):
            self.problems.append(f"the schema {name} lets pass: {what}")


def golden_files(source, document, folder):
    """The files of a golden document, which make every sort of output."""
    with open(os.path.join(source, "tests/golden", document), encoding="utf-8") as file:
        text = file.read()
    for name, body in re.findall(r"^```\w+ ([^\n ]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(body)


def main(arguments):
    test = Test(arguments[0], arguments[1])
    rules = "rules/eu/ai-act"
    check = test.output("check", "check", rules, "examples/medical-tune/case.yaml")
    test.output("check", "check", "examples/first-steps/rules.onus", "examples/first-steps/case.yaml")
    cases = sorted(os.listdir(os.path.join(test.source, "rules/eu/ai-act/cases")))
    for name in cases:
        test.output("check", "check", rules, f"rules/eu/ai-act/cases/{name}", codes=(0, 1))
        test.output("timeline", "check", rules, f"rules/eu/ai-act/cases/{name}", "--from", "2025-01-01", "--all", codes=(0, 1))
    timeline = test.output("timeline", "check", rules, "examples/medical-tune/case.yaml", "--from", "2026-01-01", "--to", "2026-12-31")
    test.output("show", "show", rules)
    test.output("test", "test", "examples/first-steps")
    test.output("limits", "limits")
    graph = test.output("graph", "graph", rules)
    test.output("graph", "graph", "examples/first-steps/rules.onus", "--limit", "graph-steps=0", codes=(5,))
    test.output("coverage", "coverage", rules)
    case_schema = json.loads(test.run("schema", "case", rules))
    test.validate("the schema of cases, as JSON", case_schema["$schema"], {"const": "https://json-schema.org/draft/2020-12/schema"})
    with tempfile.TemporaryDirectory() as folder:
        golden_files(test.source, "check.md", folder)
        test.output("timeline", "check", "harbour.onus", "case.yaml", "--to", "2027-02-01", "--set", "limit=2 bytes", cwd=folder)
        test.output("timeline", "check", "harbour.onus", "wrong.yaml", "--to", "2027-02-01", codes=(3,), cwd=folder)
        test.output("timeline", "check", "harbour.onus", "case.yaml", "--to", "2027-02-01", "--limit", "graph-steps=0", codes=(5,), cwd=folder)
        for case, codes in (("case.yaml", (0,)), ("undated.yaml", (0,)), ("wrong.yaml", (3,)), ("clash.yaml", (3,)),
                            ("done.yaml", (1,)), ("case.json", (0,))):
            test.output("check", "check", "harbour.onus", case, codes=codes, cwd=folder)
        test.output("check", "check", "harbour.onus", "case.yaml", "--limit", "graph-steps=0", codes=(5,), cwd=folder)
        test.output("check", "check", "harbour.onus", "case.yaml", "--set", "limit=2 bytes", "--reading", "any ship", "--as-of", "2027-02-01",
                    cwd=folder)
        with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
            case = json.load(file)
        own = json.loads(test.run("schema", "case", "harbour.onus", cwd=folder))
        for what, schema in (("the schema of harbour cases", own), ("the schema of all cases", test.schema("case"))):
            test.validate(what, case, schema)
        case["ship"]["Aurora"]["tonage"] = 3
        test.checked += 1
        if not list(errors(case, own, own)):
            test.problems.append("the schema of harbour cases lets a misspelt term pass")
    with tempfile.TemporaryDirectory() as folder:
        golden_files(test.source, "test.md", folder)
        tested = test.output("test", "test", "law", codes=(1, 3), cwd=folder)
    with tempfile.TemporaryDirectory() as folder:
        golden_files(test.source, "coverage.md", folder)
        covered = test.output("coverage", "coverage", "law/rules.onus", "more.yaml", "--text", "act.yaml", "--require-all", codes=(1,), cwd=folder)
        test.output("coverage", "coverage", "clash.onus", codes=(3,), cwd=folder)
        test.output("coverage", "coverage", "law/rules.onus", "--text", "names.yaml", codes=(3,), cwd=folder)
        test.output("coverage", "coverage", "wrong.onus", codes=(3,), cwd=folder)
    test.refuses("coverage", covered, lambda v: v["provisions"][0]["points"][0].update(what="guess"), "a point of an unknown sort")
    test.refuses("coverage", covered, lambda v: v["texts"][0]["items"][0].update(account="perhaps"), "an unknown account")
    test.refuses("check", check, lambda v: v["verdicts"][0].update(verdict="perhaps"), "an unknown verdict")
    test.refuses("check", check, lambda v: v["verdicts"][0].pop("because"), "a verdict without its reasons")
    test.refuses("check", check, lambda v: v["summary"].update(cases=-1), "a negative count")
    test.refuses("check", check, lambda v: v["verdicts"][0].update(colour="red"), "a key that it does not have")
    test.refuses("timeline", timeline, lambda v: v["norms"][0]["stretches"][0].update(verdict="perhaps"), "an unknown verdict of a stretch")
    test.refuses("timeline", timeline, lambda v: v["norms"][0].pop("events"), "a norm without its events")
    test.refuses("graph", graph, lambda v: v["provisions"][0]["nodes"][0].update(of="guess"), "a node about something unknown")
    test.refuses("graph", graph, lambda v: v["provisions"][0].update(undecided=True), "an undecided graph with nodes")
    test.refuses("test", tested, lambda v: v["cases"][0].update(result="fine"), "an unknown result")
    for problem in test.problems:
        print(problem)
    print(f"{test.checked} values checked, {len(test.problems)} problems; the package jsonschema is "
          f"{'absent' if jsonschema is None else 'present'}")
    return 1 if test.problems or test.checked < 30 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
