"""A reading over a text written anew: stretches of it left out or put in other words.

What is made is a text of its own, with its own offsets and ids: neither a length nor a place, nor
any hash of what stood there before, is left in it.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sayso.record.ids import make_id
from sayso.record.reading import Attribution, Claim, Event, Participant, Reading, Source
from sayso.record.report import Block, Report, report_id
from sayso.record.span import Span
from sayso.record.when_where import Actor, Place

N = TypeVar("N")
Reword = Callable[[str], str]
# what is not of the text and yet may hold its words
WORDED: dict[type, tuple[str, ...]] = {
    Reading: ("warnings",),
    Report: ("name", "title", "publisher", "credit", "byline", "url"),
    Source: ("name",),
    Actor: ("name",),
    Place: ("name",),
}


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """`[start, end)` of a text, and the words that stand there now; none: it is left out."""

    start: int
    end: int
    words: str = ""


class NewText:
    """A text with cuts made, and where each place of the old one now is.

    Cuts must not overlap; they may come in any order.
    """

    def __init__(self, text: str, cuts: Iterable[Cut]) -> None:
        self.cuts = sorted(cuts)
        self._starts = [cut.start for cut in self.cuts]
        self._shifts = [0]  # how far what stands behind each cut has moved
        pieces, at = list[str](), 0
        for cut in self.cuts:
            if cut.start < at:
                raise ValueError(f"two cuts overlap at {cut.start}")
            pieces += (text[at : cut.start], cut.words)
            at = cut.end
            self._shifts.append(self._shifts[-1] + len(cut.words) - (cut.end - cut.start))
        self.text = "".join(pieces) + text[at:]

    def span(self, span: Span) -> Span | None:
        """Where a span now stands; one that begins or ends in a cut takes in its new words.

        None where nothing of it is left.
        """
        start, end = self._place(span.start, ends=False), self._place(span.end, ends=True)
        return Span(start, end) if start < end else None

    def _place(self, place: int, *, ends: bool) -> int:
        """The new place of one in the old text: in a cut, the cut's own beginning or end."""
        behind = bisect_right(self._starts, place - 1 if ends else place)
        if behind and place < self.cuts[behind - 1].end + ends:
            cut = self.cuts[behind - 1]
            return cut.start + self._shifts[behind - 1] + (len(cut.words) if ends else 0)
        return place + self._shifts[behind]


def rewrite(reading: Reading, cuts: Iterable[Cut], reword: Reword, secret: str = "") -> Reading:
    """The reading over the new text; what lost all its words is left out.

    `reword` is asked of every name and title beside the text. With a `secret` the new report's id
    is one that no other text comes to, however alike two are when names are gone.
    """
    new = NewText(reading.report.text, cuts)
    moved = _Mover(new, reword).move(reading)
    report = dataclasses.replace(moved.report, text=new.text)
    id_ = report_id(new.text, report.publisher, report.url, report.published)
    report = dataclasses.replace(report, id=make_id("report", id_, secret) if secret else id_)
    return _renamed(_pruned(dataclasses.replace(moved, report=report)))


class _Mover:
    """Every span moved, every name put in other words."""

    def __init__(self, new: NewText, reword: Reword) -> None:
        self.new = new
        self.reword = reword

    def move(self, value: N) -> N:
        """A noun with all that it holds."""
        changed: dict[str, Any] = {}
        for each in dataclasses.fields(value):  # type: ignore[arg-type]
            held = getattr(value, each.name)
            worded = each.name in WORDED.get(type(value), ())
            if worded and isinstance(held, tuple):
                changed[each.name] = tuple(map(self.reword, held))
            elif worded and held is not None:
                changed[each.name] = self.reword(held)
            elif isinstance(held, tuple):
                changed[each.name] = self._many(held)
            elif dataclasses.is_dataclass(held):
                changed[each.name] = self.move(held)
        return dataclasses.replace(value, **changed)  # type: ignore[type-var]

    def _many(self, held: tuple[Any, ...]) -> tuple[Any, ...]:
        if not held or isinstance(held[0], str):
            return held  # ids
        if isinstance(held[0], Span):
            return tuple(s for s in map(self.new.span, held) if s is not None)
        if isinstance(held[0], Block):
            return tuple(b for b in map(self._block, held) if b is not None)
        if isinstance(held[0], tuple):  # the mentions of a source
            return tuple(some for some in map(self._many, held) if some)
        return tuple(self.move(each) for each in held)

    def _block(self, block: Block) -> Block | None:
        span = self.new.span(Span(block.start, block.end))
        return Block(block.kind, span.start, span.end) if span else None


def _pruned(reading: Reading) -> Reading:
    """Without what stands in no words any more, and without references to it."""
    attributions = {a.id: a for a in reading.attributions if a.content or a.cue}
    figures = {f.id: f for f in reading.figures if f.span}
    events = {e.id: e for e in reading.events if e.trigger}
    claims = [c for c in reading.claims if c.content]

    def known(ids: Iterable[str], held: dict[str, Any]) -> tuple[str, ...]:
        return tuple(id_ for id_ in ids if id_ in held)

    return dataclasses.replace(
        reading,
        attributions=tuple(
            dataclasses.replace(a, within=a.within if a.within in attributions else None)
            for a in attributions.values()
        ),
        figures=tuple(figures.values()),
        events=tuple(
            dataclasses.replace(
                e, figures=known(e.figures, figures),
                participants=tuple(p for p in e.participants if p.text),
            )
            for e in events.values()
        ),
        claims=tuple(
            dataclasses.replace(
                c, events=known(c.events, events), figures=known(c.figures, figures),
                attribution=c.attribution if c.attribution in attributions else None,
            )
            for c in claims
        ),
        times=tuple(t for t in reading.times if t.span),
        places=tuple(p for p in reading.places if p.span),
    )  # fmt: skip


def _renamed(reading: Reading) -> Reading:
    """With ids that are functions of the new report alone."""
    ids: dict[str | None, str | None] = {None: None}
    for kind in ("source", "attribution", "claim", "event", "figure"):
        for n, each in enumerate(getattr(reading, f"{kind}s")):
            ids[each.id] = make_id(kind, reading.report.id, n)

    def new(id_: str | None) -> Any:
        return ids.get(id_)

    def among(some: Iterable[str]) -> tuple[Any, ...]:
        return tuple(ids[id_] for id_ in some)

    def participant(each: Participant) -> Participant:
        return dataclasses.replace(each, source_id=new(each.source_id))

    def event(each: Event) -> Event:
        own = tuple(map(participant, each.participants))
        return dataclasses.replace(
            each, id=new(each.id), participants=own, figures=among(each.figures)
        )

    def attribution(each: Attribution) -> Attribution:
        return dataclasses.replace(
            each, id=new(each.id), source_id=new(each.source_id), within=new(each.within)
        )

    def claim(each: Claim) -> Claim:
        return dataclasses.replace(
            each, id=new(each.id), attribution=new(each.attribution),
            events=among(each.events), figures=among(each.figures),
        )  # fmt: skip

    return dataclasses.replace(
        reading,
        sources=tuple(dataclasses.replace(s, id=new(s.id)) for s in reading.sources),
        attributions=tuple(map(attribution, reading.attributions)),
        claims=tuple(map(claim, reading.claims)),
        events=tuple(map(event, reading.events)),
        figures=tuple(dataclasses.replace(f, id=new(f.id)) for f in reading.figures),
    )
