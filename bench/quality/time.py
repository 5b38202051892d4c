"""Times, in the form that a TIMEX3 scorer reads: one object a text, its mentions with values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sayso.reading.grounding.times.find import read_times
from sayso.record import Time, When

_JOINT = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b|\buntil\b|\bthrough\b|\btill\b)\s*")


def _type_of(timex: str) -> str:
    if timex.startswith("P") and timex[1:2] in "0123456789XT":
        return "DURATION"
    if timex.startswith("XXXX") and "/" not in timex:
        return "SET"
    return "TIME" if re.search(r"\dT", timex) else "DATE"


def mentions_of(text: str, time: Time) -> list[dict[str, Any]]:
    """One mention, or two where ours is a range: TIMEX3 marks its two ends."""
    start, end = time.span[0].start, time.span[0].end
    parts = [(start, end, time.timex)]
    if "/" in time.timex:
        joint = next(
            (m for m in _JOINT.finditer(text, start, end) if start < m.start() < m.end() < end),
            None,
        )
        if joint:
            low, high = time.timex.split("/", 1)
            parts = [(start, joint.start(), low), (joint.end(), end, high)]
    return [{"start": a, "end": b, "type": _type_of(v), "value": v} for a, b, v in parts]


def predict(gold: Path, out: Path) -> None:
    """Write, for each text of a gold file, the times that sayso reads in it.

    A text's creation time is given as its published date; histories (`wikiwars` in the file's
    name) are read as narratives, whose dates hang on the date before.
    """
    narrative = "wikiwars" in gold.name
    with gold.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as rows:
        for line in lines:
            given = json.loads(line)
            day = given.get("dct")
            published = When(day[:10], day[:10], "day", "given") if day else None
            times = read_times(given["text"], published, narrative=narrative)
            mentions = [m for t in times for m in mentions_of(given["text"], t)]
            rows.write(json.dumps({"id": given["id"], "timexes": mentions}) + "\n")
