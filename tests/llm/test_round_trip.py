"""What the built-in reader found, said as a model would say it, stands the look-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.intake import read_captures
from sayso.llm.answer import Answer
from sayso.llm.ground import ground
from sayso.llm.ground_content import Known
from sayso.page import find_pages
from sayso.reading.grounding.amounts.find import read_amounts
from sayso.reading.grounding.places.find import read_places
from sayso.reading.grounding.times.find import read_times
from sayso.reading.reader import Reader
from sayso.record import Reading, Spans
from sayso.record.view import path_of


def words(text: str, spans: Spans) -> str:
    """The words of spans, as a model copies them: line ends and runs of blanks are gone."""
    return " ".join(" ".join(text[s.start : s.end] for s in spans).split())


def said_of(reading: Reading) -> Iterator[dict[str, Any]]:
    """The claims of a reading in the form that a model is asked for."""
    text = reading.report.text
    events = {e.id: e for e in reading.events}
    figures = {f.id: f for f in reading.figures}
    for claim in reading.claims:
        first = claim.content[0].start
        around = text[max(0, first - 60) : first + 200]
        yield {
            "words": [words(text, (s,)) for s in claim.content],
            "near": around[around.find(" ") + 1 : around.rfind(" ")],
            "speakers": [
                {"source": words(text, a.source), "cue": words(text, a.cue)}
                for a in path_of(reading, claim)
            ],
            "certainty": claim.certainty,
            "certainty_words": words(text, claim.certainty_cue),
            "polarity": claim.polarity,
            "events": [
                {"type": events[e].type, "trigger": words(text, events[e].trigger)}
                for e in claim.events
            ],
            "figures": [
                {"words": words(text, figures[f].span), "counts": figures[f].counts}
                for f in claim.figures
            ],
        }


def test_little_of_what_is_right_is_left_out(root: Path, reader: Reader) -> None:
    """The look-up is strict with what is not written, and not with what is: 98 in 100 stay."""
    files = [str(root / "examples/marked/claims.jsonl")]
    files += sorted(map(str, root.glob("examples/stories/*/*.txt")))
    given, kept = Counter[str](), Counter[str]()
    for capture in (found for file in files for found in read_captures(file)):
        for page in find_pages(capture):  # type: ignore[arg-type]
            prepared = reader.prepare([page.report])[0]
            reading, parse = reader.finish(prepared), prepared.parse
            assert parse is not None
            claims = list(said_of(reading))
            places, _ = read_places(parse, reader.gazetteer)
            times = read_times(parse.text, reading.report.published)
            known = Known(times, places, read_amounts(parse), reader.ontology)
            found = ground(Answer.model_validate({"claims": claims}), parse, known)
            mine = Counter(c.content for c in reading.claims)
            theirs = Counter(parse.flow.home(c.unit.spans) for c in found.claims)
            given["claims"] += mine.total()
            kept["claims"] += (mine & theirs).total()
            for kind in ("events", "figures"):
                given[kind] += sum(len(c[kind]) for c in claims)
                kept[kind] += sum(len(getattr(c, kind)) for c in found.claims)
    assert given["claims"] > 100
    assert all(kept[kind] >= 0.98 * given[kind] for kind in given), (given, kept)
