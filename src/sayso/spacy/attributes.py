"""What a document of spaCy says of its claims: `doc._.claims`, `doc._.attributions`, and so on.

All of it is read off one text of JSON in `doc.user_data`, the reading in `sayso.reading/1`, which
spaCy carries through bytes, pickles and processes. Importing this module registers the names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from sayso.errors import UsageError
from sayso.record import Attribution, Claim, Event, Figure, Spans
from sayso.record.view import ClaimView, view_claims

if TYPE_CHECKING:
    from spacy.tokens import Span

    from sayso.api.reading import Reading

KEY = "sayso.reading/1"
WARNING = "sayso.warning"
KEPT = 32  # readings at hand: asked for claim by claim
Places = tuple["Span", ...]  # a stretch of language may be several spans


@dataclass(frozen=True, slots=True)
class DocAttribution:
    """An act of saying in a document: its spans, and the noun of sayso that they belong to.

    `speaker` is the fullest name of who speaks, `within` the attribution that it stands in.
    """

    source: Places
    cue: Places
    content: Places
    speaker: str | None
    within: DocAttribution | None
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class DocClaim:
    """A claim in a document: its spans, on whose word, how sure.

    `chain` are the names of who speaks, the outermost first; `speaker` the innermost, None for the
    document's own voice. `events` and `figures` are sayso's nouns.
    """

    content: Places
    source: Places
    cue: Places
    speaker: str | None
    chain: tuple[str, ...]
    certainty: str
    polarity: str
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    claim: Claim


def places(doc: Doc, spans: Spans, label: str) -> Places:
    """Spans of a document that hold the characters of sayso's, whole words."""
    found = (doc.char_span(s.start, s.end, label=label, alignment_mode="expand") for s in spans)
    return tuple(span for span in found if span is not None and len(span))


@lru_cache(KEPT)
def _reading(text: str) -> Reading:
    from sayso.api.reading import Reading  # noqa: PLC0415 - dear, and of no use to other pipelines

    return Reading.from_dict(json.loads(text))


def reading_of(doc: Doc) -> Reading | None:
    """The reading of a document; None where the component has not read it, or could not."""
    text = doc.user_data.get(KEY)
    return _reading(text) if text else None


def keep_reading(doc: Doc, reading: Reading) -> None:
    """Keep a reading in a document."""
    doc.user_data[KEY] = json.dumps(reading.to_dict(), ensure_ascii=False)


def claims_of(doc: Doc) -> list[DocClaim]:
    """The claims of a document in the order of its text."""
    reading = reading_of(doc)
    return [_claim(doc, view) for view in view_claims(reading)] if reading else []


def _claim(doc: Doc, view: ClaimView) -> DocClaim:
    chain = tuple(hop.name for hop in view.hops)
    inner = view.hops[-1].attribution if view.hops else None
    return DocClaim(
        places(doc, view.claim.content, CONTENT),
        places(doc, inner.source, SOURCE) if inner else (),
        places(doc, inner.cue, CUE) if inner else (),
        chain[-1] if chain else None, chain, view.claim.certainty, view.claim.polarity,
        view.events, view.figures, view.claim,
    )  # fmt: skip


def attributions_of(doc: Doc) -> list[DocAttribution]:
    """The attributions of a document, each after the one that it stands within."""
    reading = reading_of(doc)
    if reading is None:
        return []
    names = {source.id: source.name for source in reading.sources}
    held = {each.id: each for each in reading.attributions}
    made: dict[str, DocAttribution] = {}

    def make(each: Attribution, open_: frozenset[str]) -> DocAttribution:
        if each.id not in made:
            outer = held.get(each.within or "")
            above = make(outer, open_ | {each.id}) if outer and outer.id not in open_ else None
            made[each.id] = DocAttribution(
                places(doc, each.source, SOURCE), places(doc, each.cue, CUE),
                places(doc, each.content, CONTENT), names.get(each.source_id or ""), above, each,
            )  # fmt: skip
        return made[each.id]

    return [make(each, frozenset({each.id})) for each in reading.attributions]


SOURCE, CUE, CONTENT = LABELS = ("SOURCE", "CUE", "CONTENT")


def _register() -> None:
    asked: dict[str, dict[str, Any]] = {
        "attributions": {"getter": attributions_of},
        "claims": {"getter": claims_of},
        "reading": {"getter": reading_of},
        "published": {"default": None},
        "publisher": {"default": None},
    }
    for name, how in asked.items():
        if Doc.has_extension(name):
            getter = Doc.get_extension(name)[2]
            ours = how.get("getter")
            if ours and getattr(getter, "__module__", None) != __name__:
                raise UsageError(f"doc._.{name} is another component's; remove one of the two")
            if not ours:
                continue
        Doc.set_extension(name, force=True, **how)


_register()
