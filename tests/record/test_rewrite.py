"""A reading over a text with stretches replaced or left out: what is told of stays told of."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import (
    Attribution,
    Block,
    Claim,
    Event,
    Figure,
    Participant,
    Reading,
    Report,
    Source,
    Span,
    make_id,
    report_id,
    words_of,
)
from sayso.record.rewrite import Cut, NewText, rewrite
from sayso.record.wire import from_wire, to_wire

TEXT = "Jane Roe, a nurse, said 12 people died in Lund. Roe had counted them. The army denied it."
SECRET = re.compile(r"Jane Roe|Roe")


def spans(words: str) -> tuple[Span, ...]:
    """Where words first stand in TEXT."""
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


def made() -> Reading:
    """A reading of TEXT: a nurse says that twelve people died."""
    id_ = report_id(TEXT, "The Paper", "https://paper.example/jane-roe", None)
    report = Report(
        id_, "jane-roe.txt", TEXT, "Jane Roe counts", "The Paper", None, None,
        "https://paper.example/jane-roe", None, (Block("body", 0, len(TEXT)),), "en",
    )  # fmt: skip
    source = Source(
        make_id("source", id_), "Jane Roe", "person", True, None,
        (spans("Jane Roe, a nurse"), (Span(48, 51),)),
    )  # fmt: skip
    figure = Figure(make_id("figure", id_), spans("12")[0:1], 12, 12, 12, "exact", "killed",
                    spans("people"))  # fmt: skip
    event = Event(make_id("event", id_), "death", spans("died"),
                  participants=(Participant("patient", spans("12 people")),),
                  figures=(figure.id,))  # fmt: skip
    said = Attribution(make_id("attribution", id_), source.mentions[0], source.id, spans("said"),
                       spans("12 people died in Lund"))  # fmt: skip
    claim = Claim(make_id("claim", id_), said.content, said.id, "stated", "positive",
                  events=(event.id,), figures=(figure.id,))  # fmt: skip
    return Reading(report, (source,), (said,), (claim,), (event,), (figure,),
                   warnings=("Jane Roe is in the address",))  # fmt: skip


def hide(words: str) -> str:
    """Words with the name in others."""
    return SECRET.sub("Source K7", words.replace("jane-roe", "k7"))


def test_a_name_in_other_words() -> None:
    """Every span still points at what it pointed at, and the name is nowhere."""
    old = made()
    cuts = [Cut(m.start(), m.end(), "Source K7") for m in SECRET.finditer(TEXT)]
    new = rewrite(old, cuts, hide)
    text = new.report.text
    assert text == SECRET.sub("Source K7", TEXT)
    assert words_of(text, new.claims[0].content) == "12 people died in Lund"
    assert [words_of(text, m) for m in new.sources[0].mentions] == [
        "Source K7, a nurse", "Source K7",
    ]  # fmt: skip
    assert words_of(text, new.figures[0].span) == "12"
    wire = repr(to_wire(new))
    assert "Roe" not in wire
    assert "jane" not in wire.lower()
    assert new.claims[0].events == (new.events[0].id,)
    assert new.attributions[0].source_id == new.sources[0].id
    assert from_wire(to_wire(new)) == new


def test_no_id_is_what_it_was() -> None:
    """Ids were hashes over the old text: none goes on, and the same cuts give the same ids."""
    old = made()
    cuts = [Cut(m.start(), m.end(), "K") for m in SECRET.finditer(TEXT)]
    new = rewrite(old, cuts, hide)
    ids = re.compile(r"(?:report|source|attribution|claim|event|figure)-[0-9a-f]{16}")
    assert not set(ids.findall(repr(to_wire(old)))) & set(ids.findall(repr(to_wire(new))))
    assert new == rewrite(old, cuts, hide)


def test_what_loses_its_words_is_left_out() -> None:
    """Cut the claim's sentence: no claim, event or figure is left, and nothing points there."""
    old = made()
    end = TEXT.index("Roe had")
    new = rewrite(old, [Cut(0, end)], hide)
    assert new.report.text == TEXT[end:]
    assert (new.claims, new.events, new.figures, new.attributions) == ((), (), (), ())
    assert [words_of(new.report.text, m) for m in new.sources[0].mentions] == ["Roe"]
    assert from_wire(to_wire(new)) == new


@given(st.text("ab ", min_size=1, max_size=40), st.data())
def test_spans_move_with_their_words(text: str, data: st.DataObject) -> None:
    """A span that no cut meets has its words; one that a cut meets takes in the new ones whole."""
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    cuts = [Cut(a, b, data.draw(st.sampled_from(["", "X", "XYZ"]))) for a, b in pairs]
    new = NewText(text, cuts)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    moved = new.span(Span(start, end))
    met = [c for c in cuts if c.start < end and start < c.end]
    words = "" if moved is None else new.text[moved.start : moved.end]
    if not met:
        assert words == text[start:end]
    for cut in met:
        assert cut.words in words
    left = "".join(c for n, c in enumerate(text) if not any(k.start <= n < k.end for k in cuts))
    assert "".join(c for c in new.text if c not in "XYZ") == left
