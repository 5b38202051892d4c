"""Whatever a model answers: a reading whose every word is in the text, or none, and no crash."""

from __future__ import annotations

import functools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.lexicon.events import load_events
from sayso.llm.answer import Answer
from sayso.llm.ground import ground
from sayso.llm.ground_content import Known
from sayso.reading.attribution.sources import SourceFinder
from sayso.reading.attribution.speech import find_speech_times
from sayso.reading.grounding.actors.find import ground_actor
from sayso.reading.grounding.amounts.find import read_amounts
from sayso.reading.grounding.places.find import read_places
from sayso.reading.grounding.times.find import read_times
from sayso.reading.lift import Draft, lift
from sayso.reading.parsing.parse import Parse
from sayso.reading.reader import Reader
from tests.llm.conftest import TEXT, make_report

REPORT = make_report()


@functools.cache
def parsed() -> tuple[Parse, Known]:
    """The parse of the report, and what our own rooms find in it."""
    reader = Reader(learned=False)
    parse = reader.prepare([REPORT])[0].parse
    assert parse is not None
    places, _ = read_places(parse, reader.gazetteer)
    times = read_times(parse.text, REPORT.published)
    return parse, Known(times, places, read_amounts(parse), reader.ontology)


bounds = st.tuples(st.integers(0, len(TEXT)), st.integers(1, 80))
pieces = bounds.map(lambda b: TEXT[b[0] : b[0] + b[1]])
tokens = st.sampled_from([*TEXT.split(), ",", ".", '"', "two", "said", "armed men"])
words = st.one_of(pieces, tokens, st.text(max_size=8)).map(lambda w: w or "x")
speakers = st.fixed_dictionaries({"source": st.one_of(st.just(""), words), "cue": words})
events = st.fixed_dictionaries({
    "type": st.sampled_from(sorted(load_events().types)), "trigger": words, "time": words,
    "place": words, "participants": st.lists(
        st.fixed_dictionaries({"words": words, "part": st.sampled_from(["doer", "means"])}),
        max_size=2,
    ),
})  # fmt: skip
figures = st.fixed_dictionaries(
    {"words": words, "counts": st.sampled_from(["killed", "captured", "other"])}
)
claims = st.fixed_dictionaries({
    "words": st.lists(words, min_size=1, max_size=3), "near": words,
    "speakers": st.lists(speakers, max_size=3), "certainty": st.sampled_from(["stated", "denied"]),
    "certainty_words": words, "events": st.lists(events, max_size=2),
    "figures": st.lists(figures, max_size=2),
})  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(claims, max_size=4))
def test_any_answer_is_grounded_or_dropped(said: list[dict[str, Any]]) -> None:
    """Spans fit, ids lead somewhere, a claim and its speaker never overlap, numbers are ours."""
    parse, known = parsed()
    found = ground(Answer.model_validate({"claims": said}), parse, known)
    finder = SourceFinder(found.scene, ground_actor)
    people = finder.join(found.hops)
    spoken = find_speech_times(found.scene, found.hops, list(known.times), people, lambda *_: False)
    draft = Draft(found.hops, finder, people, spoken, found.claims, found.events, found.figures)
    reading = lift(REPORT, parse, draft, list(known.times), list(known.places), [])
    attributions = {a.id: a for a in reading.attributions}
    ids = {each.id for each in (*reading.events, *reading.figures)}
    assert len(ids) == len(reading.events) + len(reading.figures)
    for claim in reading.claims:
        assert {*claim.events, *claim.figures} <= ids
        assert all(0 <= s.start < s.end <= len(TEXT) for s in claim.content)
        at = claim.attribution
        while at is not None:
            hop = attributions[at]
            assert not any(s.meets(c) for s in (*hop.source, *hop.cue) for c in claim.content)
            at = hop.within
    numbers = {(a.low, a.best, a.high) for a in known.amounts} | {(1, 1, 1)}
    assert {(f.low, f.best, f.high) for f in reading.figures} <= numbers
