#!/usr/bin/env python3
"""The timeline of a case says of each day what `onus check --as-of` says of that day.

usage: timeline_test.py ONUS SOURCE_FOLDER [CASE…]

For cases of the law, and for made-up ones with dates that are known in part, the verdicts, statuses and conclusions are
compared on the days around each change, in the middle of each stretch, and at both ends; where these are many, on a dozen.
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile

FROM, TO = "2025-06-01", "2028-03-31"

VOCABULARY = """vocabulary shops "Shops".
kinds: firm; shop; sign.
terms:
  the owner of a shop is a firm.
  the turnover of a firm in a year is an amount of EUR.
  the opening date of a shop is a date.
  the closing date of a shop is a date, if any.
  the permit date of a shop is a date.
  a shop may be: heated; listed.
  the place of a sign is a shop.
"""

RULES = """regulation shop-law "A law on shops".
status: in force from 2025-08-01; repealed from 2028-02-01.
use "shops".
terms:
  a shop may be by law: busy.
  a firm may be by law: a keeper of a shop.
parameter the fee is:
  - 10 EUR from 2025-08-01 until 2026-06-30;
  - 12 EUR from 2026-07-01.
definition k: the owner of a shop is a keeper of the shop.
definition b: a shop is busy if the opening date of the shop is on or before today.
assumption open-shops: a shop is not listed if the opening date of the shop is on or before today.
duty d1: each keeper of a shop must "register".
  from: the opening date of the shop.
  until: the closing date of the shop.
  due: within 14 days of the opening date of the shop.
  due: before the closing date of the shop.
duty d2: each keeper of a shop must "count" if the shop is busy unless the shop is heated.
  due: every 3 months from the opening date of the shop.
duty d3: each keeper of a shop must "light" if the permit date of the shop is before the opening date of the shop.
  from: the permit date of the shop.
  enforceable from: 2026-10-01.
duty d4: each keeper of a shop must "report".
  due: within 1 month of the opening date of the shop.
  fulfilled by: duty d5.
  fulfilled by: the permit date of the shop.
  failing which: penalty f.
duty d5: each keeper of a shop must "report in full".
  due: within 9 months of the opening date of the shop.
  failing which: penalty f.
penalty f: each keeper of a shop is liable to a fine of at most the higher of 3 percent of the turnover of the keeper in the calendar year before today and the fee, unless the shop is heated.
permission wine: each keeper of a shop may "sell wine" if the turnover of the keeper in the calendar year before today exceeds 1e6 EUR.
  from: the opening date of the shop.
prohibition p1: each keeper of a shop must not "sell" if the shop is busy.
transition t for duty d2: applies from 2026-11-01 if the opening date of the shop is before 2026-03-01.
exception x to duty d1: does not apply if the shop is listed.
"""

CASES = {
    "known.yaml": """onus: case/1
as of: 2026-06-01
firm: {F: {turnover: {2025: 2e6 EUR, 2026: 5e5 EUR}}}
shop: {S: {owner: F, opening date: 2026-02-10, closing date: 2027-05-05, permit date: 2026-01-15, heated: no, listed: no}}
done:
  - {bearer: F, object: S, provision: d1, on: 2026-03-03}
  - {bearer: F, object: S, provision: d5, on: 2026-12-01}
  - {bearer: F, object: S, provision: p1, on: 2026-09-01}
""",
    "range.yaml": """onus: case/1
as of: 2026-06-01
firm: {F: {}}
shop:
  S: {owner: F, opening date: between 2026-02-10 and 2026-04-20, closing date: between 2027-05-05 and 2027-06-06, permit date: between 2026-01-15 and 2026-03-30, heated: no}
  T: {owner: F, opening date: 2026-08-01, permit date: between 2026-01-15 and 2026-09-30}
""",
    "open.yaml": """onus: case/1
as of: 2026-06-01
firm: {F: {}}
shop: {S: {owner: F, closing date: 2026-12-24}}
""",
    "bound.yaml": """onus: case/1
as of: 2026-06-01
firm: {F: {}}
shop: {S: {owner: F, opening date: between 2026-02-10 and 2026-04-20, permit date: between 2026-01-15 and 2026-12-30, heated: no}}
found:
  - the shop S is busy
""",
}


def run(onus, folder, *arguments, codes=(0, 1)):
    result = subprocess.run([onus, "check", *arguments, "--json"], cwd=folder, capture_output=True, timeout=300)
    if result.returncode not in codes:
        raise SystemExit(f"onus check {' '.join(arguments)}: exit {result.returncode}\n{result.stderr.decode()}")
    return json.loads(result.stdout), result.returncode


def row_of(row):
    about = tuple(one["name"] for one in row.get("about", []))
    return (row["regulation"], row["kind"], row["provision"], row["bearer"], (row["object"] or {}).get("name"), about)


def conclusion_of(row):
    return (row["regulation"], row["conclusion"], row["subject"]["name"], row.get("object", {}).get("name"))


def on(row, day):
    for stretch in row["stretches"]:
        if stretch["from"] <= day <= stretch["to"]:
            return stretch["verdict"], stretch.get("status")
    return None


def shifted(day, by):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=by)).isoformat()


def interesting(timeline):
    days = {FROM, TO}
    for row in timeline["norms"] + timeline["conclusions"]:
        for stretch in row["stretches"]:
            first, last = stretch["from"], stretch["to"]
            middle = shifted(first, (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days // 2)
            days |= {first, last, middle, shifted(first, -1), shifted(first, 1)}
        for event in row.get("events", []):
            days |= {event["date"], shifted(event["date"], 1)}
    days = sorted(day for day in days if FROM <= day <= TO)
    return days if len(days) <= 24 else days[::len(days) // 12]


class Problems(list):
    compared = 0


def compare(onus, folder, rules, case, problems):
    timeline, _ = run(onus, folder, *rules, case, "--from", FROM, "--to", TO, "--all")
    clashes = [(one["from"], one["to"]) for one in timeline["cases"][0].get("no_verdict", [])]
    for day in interesting(timeline):
        check, code = run(onus, folder, *rules, case, "--as-of", day, codes=(0, 1, 3))
        clash = any(first <= day <= last for first, last in clashes)
        if (code == 3) != clash:
            problems.append(f"{case} on {day}: exit {code}, the timeline {'has no verdict' if clash else 'has one'}")
        if code == 3:
            if any(on(row, day) for row in timeline["norms"]):
                problems.append(f"{case} on {day}: verdicts where there is no world")
            continue
        seen = {row_of(row): (row["verdict"], row["status"]) for row in check["verdicts"]}
        for row in timeline["norms"]:
            problems.compared += 1
            if seen.get(row_of(row)) != on(row, day):
                problems.append(f"{case} on {day}: {row_of(row)}: check says {seen.get(row_of(row))}, the timeline {on(row, day)}")
        if len(seen) != len(timeline["norms"]):
            problems.append(f"{case} on {day}: {len(seen)} rows, the timeline has {len(timeline['norms'])}")
        held = {conclusion_of(row): row["verdict"] for row in check["conclusions"]}
        for row in timeline["conclusions"]:
            problems.compared += 1
            found = on(row, day)
            if found is None or held.get(conclusion_of(row)) != found[0]:
                problems.append(f"{case} on {day}: {conclusion_of(row)}: check says {held.get(conclusion_of(row))}, the timeline {found}")
        if len(held) != len(timeline["conclusions"]):
            problems.append(f"{case} on {day}: {len(held)} conclusions, the timeline has {len(timeline['conclusions'])}")


def main(arguments):
    onus, source = os.path.abspath(arguments[0]), arguments[1]
    problems = Problems()
    law = "rules/eu/ai-act"
    rules = [f"{law}/{name}" for name in sorted(os.listdir(os.path.join(source, law))) if name.endswith(".onus")]
    # Without names: those with dates on both sides of a transition, a notification or the enforcement; all of them take minutes.
    cases = sorted(os.listdir(os.path.join(source, law, "cases")))
    for name in arguments[2:] or [name for name in cases if name.startswith(("O07-mod", "O13-the", "O14-enf"))]:
        compare(onus, source, rules, f"{law}/cases/{name}", problems)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"shops.onus": VOCABULARY, "shop.onus": RULES, **CASES}.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                out.write(text)
        for name in CASES:
            compare(onus, folder, ["shop.onus"], name, problems)
    for problem in problems[:40]:
        print(problem)
    print(f"{problems.compared} verdicts compared, {len(problems)} problems")
    return 1 if problems or problems.compared < 1000 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
