"""Writes src/sayso/lexicon/scores.toml: how far events, times and places are to be trusted as read.

usage: python -m training.build_scores DATE [DATA]

Run in the repository root. Events are taught by our own reports (examples/marked, the half that is
not set aside); times and places by these and by every second text of the sets in DATA (else
../shared/data): `time/tbaq_timebank.jsonl`, `time/tbaq_aquaint.jsonl`, `place/lgl.jsonl`,
`place/geovirus.jsonl`. `python -m bench.quality calibration` measures on the other halves.

The sets of times mark by rules of their own (lengths as dates, quarters for years): of 45 values
that they gainsay about 12 are wrong, so that for times each set gets a weight that is not kept,
and what is kept says how often we agree with the marks of our own reports.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.quality.calibration import Row, rows_of
from bench.quality.marks import Marked
from bench.quality.place import as_body
from bench.quality.where import ROOT
from sayso.intake.json_lines import read_json_line
from sayso.lexicon.events import load_events
from sayso.page import find_reports
from sayso.reading.events.find import find_signed_events
from sayso.reading.flow import carry_home, make_flow
from sayso.reading.grounding.amounts.find import read_amounts
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import read_signed_places
from sayso.reading.grounding.times.find import read_signed_times
from sayso.reading.parsing.model import load_model
from sayso.reading.parsing.parse import parse_flow
from sayso.record import When
from training.logistic import fit_signs

OUT = ROOT / "src/sayso/lexicon/scores.toml"
OWN = ROOT / "examples/marked/claims.jsonl"
TIMES = ("time/tbaq_timebank.jsonl", "time/tbaq_aquaint.jsonl")
PLACES = ("place/lgl.jsonl", "place/geovirus.jsonl")
_RIDGE = {"events": 4.0, "times": 3.0, "places": 3.0}
_SEEN = {"events": 5, "times": 10, "places": 10}
_SET = "set "  # a sign that says where a finding was marked

Example = tuple[str, set[str], bool]  # kind, signs, right


class Teacher:
    """Reads marked texts into examples; holds what is loaded once."""

    def __init__(self) -> None:
        self.model, self.gazetteer, self.ontology = load_model(), Gazetteer(), load_events()

    def of_report(self, row: Row) -> Iterator[Example]:
        """The findings in one of our reports."""
        report = find_reports(read_json_line(row["id"], 1, json.dumps(row).encode()))[0]
        marked, flow = Marked(row), make_flow(report)
        parse = parse_flow(flow, self.model)
        times = read_signed_times(parse.text, report.published)
        (places, seat), signs = read_signed_places(parse, self.gazetteer)
        events, _ = find_signed_events(
            parse, self.ontology, [t for t, _ in times], places, read_amounts(parse), seat
        )
        for kind, judge, found in (
            ("events", marked.has_event, events),
            ("times", marked.has_time, times),
            ("places", marked.has_place, zip(places, signs, strict=True)),
        ):
            yield from _judged(kind, ((judge(carry_home(x, flow)), signs) for x, signs in found))

    def of_times(self, row: Row) -> Iterator[Example]:
        """The times of a text with TIMEX3 marks."""
        day, marked = row["dct"][:10], Marked(row)
        found = read_signed_times(row["text"], When(day, day, "day", "given"))
        yield from _judged("times", ((marked.has_time(t), signs) for t, signs in found))

    def of_places(self, row: Row) -> Iterator[Example]:
        """The places of a text with marked toponyms."""
        flow, marked = make_flow(as_body(row["id"], row["text"])), Marked(row)
        (places, _), signs = read_signed_places(parse_flow(flow, self.model), self.gazetteer)
        rights = (marked.has_place(carry_home(place, flow)) for place in places)
        yield from _judged("places", zip(rights, signs, strict=True))


def _judged(kind: str, found: Iterable[tuple[bool | None, list[str]]]) -> Iterator[Example]:
    yield from ((kind, set(signs), right) for right, signs in found if right is not None)


def examples_of(data: Path) -> Iterator[Example]:
    """All that teaches: our own reports, and the sets that are there."""
    teacher = Teacher()
    for row in rows_of(OWN, taught=True):
        yield from teacher.of_report(row)
    for name in TIMES:
        for row in rows_of(data / name, taught=True):
            for kind, signs, right in teacher.of_times(row):
                yield kind, {*signs, f"{_SET}{name}"}, right
    for name in PLACES:
        for row in rows_of(data / name, taught=True):
            yield from teacher.of_places(row)


def fit(kind: str, examples: Iterable[Example]) -> dict[str, float]:
    """The weights of a kind of finding."""
    mine = [(signs, right) for k, signs, right in examples if k == kind]
    weights = fit_signs(
        [signs for signs, _ in mine], [right for _, right in mine],
        ridge=_RIDGE[kind], seen=_SEEN[kind], free=_SET,
    )  # fmt: skip
    return {n: round(w, 2) for n, w in weights.items() if not n.startswith(_SET)}


def write(examples: list[Example], date: str) -> None:
    """Write the table."""
    lines = [
        "# How far events, times and places are to be trusted as read: log-odds of signs that add",
        '# up (training/build_scores.py); "" is what a finding without signs has.',
        f'measured = "{date}"',
    ]
    for kind in _RIDGE:
        mine = [right for k, _, right in examples if k == kind]
        lines += ["", f"[{kind}] # {sum(mine)} of {len(mine)} are right"]
        lines += [f"{json.dumps(n)} = {w}" for n, w in fit(kind, examples).items()]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(date: str, data: str = "") -> None:
    """Read what is marked and write the table."""
    write(list(examples_of(Path(data) if data else ROOT.parent / "shared/data")), date)


if __name__ == "__main__":
    main(*sys.argv[1:3])
