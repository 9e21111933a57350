#!/usr/bin/env python3
"""`onus check --format ics` is iCalendar (RFC 5545), and has every deadline that the timeline has.

usage: calendar_test.py ONUS SOURCE_FOLDER

What the format asks for is checked by hand here: line ends, folding, escapes, what an event must have. Where the Python packages
`icalendar` and `dateutil` are there, they read the same files: every event has to come out as the same value, and a rule by which
something comes round has to give the days that the timeline lists.
"""
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

try:
    import icalendar
    from dateutil.rrule import rrulestr
except ImportError:
    sys.path.append("/usr/lib/python3/dist-packages")  # another interpreter than Debian's may run this
    try:
        import icalendar
        from dateutil.rrule import rrulestr
    except ImportError:
        icalendar = rrulestr = None

VOCABULARY = """vocabulary shops "Shops".
kinds: firm; shop.
terms:
  the owner of a shop is a firm.
  the opening date of a shop is a date.
  the closing date of a shop is a date, if any.
  a shop may be: heated.
"""

RULES = """regulation shop-law "A law on shops; with, marks \\\\ and ümlauts".
status: in force from 2020-01-01.
use "shops".
source S "Shop Act".
terms:
  a firm may be by law: a keeper of a shop.
definition k: the owner of a shop is a keeper of the shop.
duty register "Register; at once, \\\\n twice" [S 1]: each keeper of a shop must "register the shop; its owner, its address and \\\\ its sign: 東京の店舗を登録する義務があり、所有者と住所を届け出なければならない".
  from: the opening date of the shop.
  until: the closing date of the shop.
  due: within 14 days of the opening date of the shop.
  due: before the closing date of the shop.
duty clean: each keeper of a shop must "clean".
  from: the opening date of the shop.
  due: every 1 month from the opening date of the shop.
duty inspect: each keeper of a shop must "inspect".
  from: the opening date of the shop.
  until: the closing date of the shop.
  due: every 1 year from the opening date of the shop.
duty count: each keeper of a shop must "count".
  due: every 3 weeks from the opening date of the shop.
duty light: each keeper of a shop must "light" if the shop is heated.
  due: every 10 days from the opening date of the shop.
  enforceable from: 2026-10-01.
duty answer: each keeper of a shop must "answer".
  due: on request.
  due: continuously.
"""

CASE = """onus: case/1
as of: 2026-03-01
firm:
  "Łódź; Läden, Söhne \\\\ & Co. 東京支店 北京分店 서울지점 東京支店 北京分店 서울지점 🚢🚢🚢🚢🚢🚢🚢🚢": {}
  "Läden, Söhne; Töchter 東京支店 北京分店 서울지점 🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢": {}
shop:
  S: {owner: "Łódź; Läden, Söhne \\\\ & Co. 東京支店 北京分店 서울지점 東京支店 北京分店 서울지점 🚢🚢🚢🚢🚢🚢🚢🚢", opening date: 2024-02-29, closing date: 2027-06-30, heated: yes}
  T: {owner: "Łódź; Läden, Söhne \\\\ & Co. 東京支店 北京分店 서울지점 東京支店 北京分店 서울지점 🚢🚢🚢🚢🚢🚢🚢🚢", opening date: between 2026-01-31 and 2026-02-10, closing date: not applicable}
  U: {owner: "Läden, Söhne; Töchter 東京支店 北京分店 서울지점 🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢", opening date: 2026-01-31}
"""


class Problems(list):
    checked = 0

    def expect(self, good, what):
        self.checked += 1
        if not good:
            self.append(what)


def run(onus, folder, *arguments, codes=(0, 1)):
    result = subprocess.run([onus, "check", *arguments], cwd=folder, capture_output=True, timeout=300)
    if result.returncode not in codes:
        raise SystemExit(f"onus check {' '.join(arguments)}: exit {result.returncode}\n{result.stderr.decode()}")
    return result.stdout, result.stderr.decode()


def unescaped(text):
    return re.sub(r"\\(.)", lambda found: "\n" if found.group(1) in "nN" else found.group(1), text)


def read(data, problems, what):
    """The events as dictionaries, by the grammar of RFC 5545, 3.1 to 3.6.1."""
    problems.expect(data.endswith(b"\r\n"), f"{what}: the last line has no end")
    problems.expect(not re.search(rb"(?<!\r)\n|\r(?!\n)", data), f"{what}: a line end that is none")
    lines = []
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        problems.expect(len(line) <= 75, f"{what}: {len(line)} octets on a line")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(f"{what}: a character was cut in two: {line!r}")
        problems.expect(not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), f"{what}: a control in {line!r}")
        if line.startswith((b" ", b"\t")):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    texts = [line.decode("utf-8") for line in lines]
    problems.expect(texts[0] == "BEGIN:VCALENDAR" and texts[-1] == "END:VCALENDAR", f"{what}: not one calendar")
    problems.expect("VERSION:2.0" in texts and any(line.startswith("PRODID:") for line in texts), f"{what}: VERSION or PRODID is missing")
    events, event = [], None
    for line in texts[1:-1]:
        found = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", line)
        if not found:
            problems.append(f"{what}: no content line: {line}")
            continue
        name, parameters, value = found.groups()
        if line == "BEGIN:VEVENT":
            problems.expect(event is None, f"{what}: an event in an event")
            event = {}
        elif line == "END:VEVENT":
            events.append(event)
            event = None
        elif event is not None:
            problems.expect(name not in event, f"{what}: {name} twice in an event")
            if name in ("SUMMARY", "DESCRIPTION"):
                problems.expect(not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), f"{what}: not escaped: {value}")
                problems.expect(not re.search(r"(?<!\\)(?:\\\\)*\\[^nN;,\\]", value), f"{what}: no such escape: {value}")
                value = unescaped(value)
            if name in ("DTSTART", "DTEND"):
                problems.expect(parameters == ";VALUE=DATE" and re.fullmatch(r"\d{8}", value), f"{what}: not a day: {line}")
            event[name] = value
    for event in events:
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"):
            problems.expect(name in event, f"{what}: an event without {name}")
        problems.expect(re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"]), f"{what}: the stamp {event['DTSTAMP']}")
        problems.expect(event["DTSTART"] < event["DTEND"], f"{what}: an event that ends before it begins")
    uids = [event["UID"] for event in events]
    problems.expect(len(set(uids)) == len(uids), f"{what}: a UID twice")
    if icalendar is not None:
        components = [one for one in icalendar.Calendar.from_ical(data).walk() if one.name == "VEVENT"]
        problems.expect(len(components) == len(events), f"{what}: icalendar reads {len(components)} events, not {len(events)}")
        for event, other in zip(events, components):
            # icalendar 4.0 undoes escapes twice: a text that has a backslash of its own is not looked at here.
            texts = [(str(other[name]), event[name]) for name in ("SUMMARY", "DESCRIPTION") if "\\" not in event[name]]
            same = (str(other["uid"]) == event["UID"] and all(one == text for one, text in texts)
                    and other.decoded("dtstart").strftime("%Y%m%d") == event["DTSTART"]
                    and other.decoded("dtend").strftime("%Y%m%d") == event["DTEND"] and not other.errors)
            problems.expect(same, f"{what}: icalendar reads {other['summary']!r} for {event['SUMMARY']!r}")
    return events


def day(text):
    return text.replace("-", "")


def expected_days(timeline):
    """What the timeline has for a calendar: (first day, last day, what)."""
    days = []
    for row in timeline["norms"]:
        for index, stretch in enumerate(row["stretches"]):
            before = row["stretches"][index - 1]["verdict"] if index else None
            begins = index > 0 or stretch.get("applies_from") == stretch["from"]
            if stretch["verdict"] == "applies" and before != "applies" and begins:
                days.append((stretch["from"], stretch["from"], "begins"))
        open_ranges = {}
        for event in row["events"]:
            kind = event["event"]
            if kind in ("due", "due-again"):
                days.append((event["date"], event["date"], kind))
            elif kind == "enforceable":
                then = [one["verdict"] for one in row["stretches"] if one["from"] <= event["date"] <= one["to"]]
                if then and then[0] in ("applies", "depends", "undetermined", "undecided"):
                    days.append((event["date"], event["date"], kind))
            elif kind in ("due-at-the-earliest", "due-at-the-latest"):
                open_ranges.setdefault(event["deadline"], {})[kind] = event["date"]
        for index in open_ranges:
            deadline = row["deadlines"][index]
            days.append((deadline["earliest"], deadline["latest"], "due"))
    return sorted((day(first), day(last), what) for first, last, what in days)


def found_days(events):
    days = []
    for event in events:
        last = (datetime.date.fromisoformat(event["DTEND"]) - datetime.timedelta(days=1)).strftime("%Y%m%d")
        summary = event["SUMMARY"]
        what = ("begins" if summary.startswith("begins to apply") else "enforceable" if summary.startswith("can be enforced")
                else "due-again" if summary.startswith("due again") else "due")
        days.append((event["DTSTART"], last, what))
    return sorted(days)


def main(arguments):
    onus, source = os.path.abspath(arguments[0]), arguments[1]
    problems = Problems()
    law = "rules/eu/ai-act"
    rules = [f"{law}/{name}" for name in sorted(os.listdir(os.path.join(source, law))) if name.endswith(".onus")]
    for name in sorted(os.listdir(os.path.join(source, law, "cases"))):
        span = ["--from", "2025-06-01", "--to", "2028-03-31"]
        data, _ = run(onus, source, *rules, f"{law}/cases/{name}", *span, "--format", "ics")
        timeline = json.loads(run(onus, source, *rules, f"{law}/cases/{name}", *span, "--json")[0])
        events = read(data, problems, name)
        problems.expect(found_days(events) == expected_days(timeline), f"{name}: other days than those of the timeline")
        again, _ = run(onus, source, *rules, f"{law}/cases/{name}", *span, "--format", "ics")
        problems.expect(again == data, f"{name}: two runs differ")
        read(run(onus, source, *rules, f"{law}/cases/{name}", "--format", "ics")[0], problems, f"{name} without a span")

    with tempfile.TemporaryDirectory() as folder:
        def write(name, text):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                out.write(text)
        write("shops.onus", VOCABULARY)
        write("shop.onus", RULES)
        write("case.yaml", CASE)
        span = ["--from", "2025-01-01", "--to", "2028-12-31"]
        data, said = run(onus, folder, "shop.onus", "case.yaml", *span, "--format", "ics")
        timeline = json.loads(run(onus, folder, "shop.onus", "case.yaml", *span, "--json")[0])
        events = read(data, problems, "shops")
        problems.expect(found_days(events) == expected_days(timeline), "shops: other days than those of the timeline")
        problems.expect(any(" & Co. 東京支店" in event["SUMMARY"] and "\\ & Co." in event["SUMMARY"] for event in events), "shops: the name of the firm")
        problems.expect(b"\r\n " in data, "shops: nothing is folded")
        # Nothing is dropped silently: the range of T's opening leaves its turns without a date; U may be closed or not.
        for part in ("6 deadlines have no date so far", "6 are on request or continuous and have no day", "1 lies on other days"):
            problems.expect(part in said, f"shops: standard error does not say `{part}`: {said}")
        flat = data.replace(b"\r\n ", b"").decode()
        problems.expect(said.removeprefix("onus: the calendar has ").strip() == unescaped(re.search(r"X-WR-CALDESC:(.*)\r\n", flat).group(1)),
                        "shops: the calendar itself does not say what is not in it")
        # What moves keeps its name.
        write("moved.yaml", CASE.replace("closing date: 2027-06-30", "closing date: 2027-07-15"))
        os.rename(os.path.join(folder, "moved.yaml"), os.path.join(folder, "case.yaml"))
        moved = read(run(onus, folder, "shop.onus", "case.yaml", *span, "--format", "ics")[0], problems, "moved")
        before = {event["UID"]: event["DTSTART"] for event in events if "closing date" in event["DESCRIPTION"] and "shop S" in event["SUMMARY"]}
        after = {event["UID"]: event["DTSTART"] for event in moved if "closing date" in event["DESCRIPTION"] and "shop S" in event["SUMMARY"]}
        problems.expect(before.keys() == after.keys() and set(before.values()) == {"20270629"} and set(after.values()) == {"20270714"},
                        f"moved: {before}, then {after}")
        # Rules by which something comes round, against the days that the timeline lists.
        write("case.yaml", CASE)
        ruled = [event for event in read(run(onus, folder, "shop.onus", "case.yaml", "--format", "ics")[0], problems, "for ever") if "RRULE" in event]
        problems.expect(len(ruled) >= 7, f"for ever: {len(ruled)} events come round")
        problems.expect(any("UNTIL=20270630" in event["RRULE"] for event in ruled), "for ever: what ends comes round for ever")
        if rrulestr is not None:
            later = json.loads(run(onus, folder, "shop.onus", "case.yaml", "--from", "2026-03-01", "--to", "2036-12-31", "--json")[0])
            for event in ruled:
                duty, shop = re.search(r": duty (\w+) .*for the shop (\w+)\)", event["SUMMARY"]).groups()
                row = next(row for row in later["norms"] if row["provision"] == f"duty {duty}" and row["object"]["name"] == shop)
                turns = [day(turn) for turn in row["deadlines"][0]["turns"]]
                start = datetime.datetime.strptime(event["DTSTART"], "%Y%m%d")
                given = [one.strftime("%Y%m%d") for one in rrulestr(event["RRULE"], dtstart=start).between(start, datetime.datetime(2036, 12, 31), inc=True)]
                problems.expect(given == turns and turns, f"for ever: {event['SUMMARY']}: {event['RRULE']} gives {given[:5]}, not {turns[:5]}")
    for problem in problems[:40]:
        print(problem)
    print(f"{problems.checked} things checked, {len(problems)} problems; the package icalendar is {'absent' if icalendar is None else 'present'}")
    return 1 if problems or problems.checked < 1000 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
