"""Two readings of one report side by side: what both found, what differs, what only one has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sayso.record import Claim, Figure, Reading, Source, Spans, words_of
from sayso.record.claim_words import figure_words
from sayso.record.match import HALF, match_by_words
from sayso.record.view import ClaimView, view_claims

SCHEMA = "sayso.compare/1"
Kind = Literal["speaker", "claim", "figure"]
Standing = Literal["both", "differs", "only_a", "only_b"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that a reader found: its words, what each reader says of it, what differs.

    `spans` are those of the reader that has it, of A where both do. A side is None where that
    reader has nothing there; `differs` names its facts that are not the same.
    """

    kind: Kind
    standing: Standing
    words: str
    spans: Spans
    a: Facts | None
    b: Facts | None
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that two readers found in a report, kind by kind in the order of the text."""

    report: str
    readers: tuple[str, str]
    rows: tuple[Compared, ...]

    def counts(self) -> dict[Kind, dict[Standing, int]]:
        """How many rows of each kind stand how."""
        found = Counter((row.kind, row.standing) for row in self.rows)
        return {kind: {s: found[kind, s] for s in STANDINGS} for kind in KINDS}

    def to_wire(self) -> dict[str, Any]:
        """One JSON object of `sayso.compare/1`."""
        return {
            "schema": SCHEMA, "report": self.report, "readers": list(self.readers),
            "counts": self.counts(),
            "rows": [
                {
                    "kind": r.kind, "standing": r.standing, "words": r.words,
                    "spans": [[s.start, s.end] for s in r.spans], "a": r.a, "b": r.b,
                    "differs": list(r.differs),
                }
                for r in self.rows
            ],
        }  # fmt: skip


def compare(a: Reading, b: Reading, readers: tuple[str, str]) -> Comparison:
    """The comparison of two readings of one text; claims are one by the words that they share."""
    text = a.report.text
    rows = _rows("claim", _claims(a), _claims(b), text, HALF)
    rows += _rows("figure", _figures(a), _figures(b), text, 0.0)
    rows += _rows("speaker", _speakers(a), _speakers(b), text, 0.0)
    rows.sort(key=lambda r: (KINDS.index(r.kind), r.spans[0].start if r.spans else 0))
    return Comparison(a.report.name, readers, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Of:
    """A thing of one reading: where it stands, and what is said of it."""

    spans: Spans
    facts: Facts
    also: Spans = ()  # other places of the same thing

    @property
    def places(self) -> Spans:
        """All of them."""
        return (*self.spans, *self.also)


def _claims(reading: Reading) -> list[_Of]:
    return [_Of(v.claim.content, _claim_facts(v)) for v in view_claims(reading)]


def _claim_facts(view: ClaimView) -> Facts:
    claim: Claim = view.claim
    return {
        "speakers": " › ".join(hop.name for hop in view.hops),
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "events": ", ".join(sorted({event.type for event in view.events})),
    }


def _figures(reading: Reading) -> list[_Of]:
    text = reading.report.text
    return [_Of(f.span, _figure_facts(f, text)) for f in reading.figures]


def _figure_facts(figure: Figure, text: str) -> Facts:
    bounds = (figure.low, figure.best, figure.high)
    return {
        "counts": figure.counts,
        "bounds": " ".join("?" if n is None else f"{n:g}" for n in bounds),
        "scope": figure.scope,
        "words": figure_words(figure, text),
    }


def _speakers(reading: Reading) -> list[_Of]:
    heard = {a.source_id for a in reading.attributions}
    return [_speaker(source) for source in reading.sources if source.id in heard]


def _speaker(source: Source) -> _Of:
    country = source.actor.country if source.actor else None
    facts = {"kind": source.kind, "country": country or ""}
    mentions = [span for spans in source.mentions for span in spans]
    return _Of(tuple(mentions[:1]), facts, tuple(mentions[1:]))


def _rows(
    kind: Kind, a: Sequence[_Of], b: Sequence[_Of], text: str, least: float
) -> list[Compared]:
    """The rows of a kind: each thing of A with that of B that shares most with it."""
    pairs = match_by_words([x.places for x in a], [y.places for y in b], least)
    of_a, taken = dict(pairs), {j for _, j in pairs}
    rows = []
    for i, x in enumerate(a):
        y = b[of_a[i]] if i in of_a else None
        rows.append(_row(kind, x, y, text))
    rows += [
        Compared(kind, "only_b", words_of(text, y.spans), y.spans, None, y.facts, ())
        for j, y in enumerate(b) if j not in taken
    ]  # fmt: skip
    return rows


def _row(kind: Kind, a: _Of, b: _Of | None, text: str) -> Compared:
    words = words_of(text, a.spans)
    if b is None:
        return Compared(kind, "only_a", words, a.spans, a.facts, None, ())
    differs = tuple(k for k in a.facts if a.facts[k] != b.facts[k] and k != "words")
    standing: Standing = "differs" if differs else "both"
    return Compared(kind, standing, words, a.spans, a.facts, b.facts, differs)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of `sayso compare --format jsonl`."""
    count = {"type": "integer", "minimum": 0}
    facts = {"anyOf": [
        {"type": "object", "additionalProperties": {"type": "string"}}, {"type": "null"},
    ]}  # fmt: skip
    row = {
        "kind": {"enum": list(KINDS)}, "standing": {"enum": list(STANDINGS)},
        "words": {"type": "string"},
        "spans": {"type": "array", "items": {"type": "array", "items": count, "minItems": 2,
                                             "maxItems": 2}},
        "a": facts, "b": facts, "differs": {"type": "array", "items": {"type": "string"}},
    }  # fmt: skip
    counts = {kind: _object(dict.fromkeys(STANDINGS, count)) for kind in KINDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA,
        **_object({
            "schema": {"const": SCHEMA}, "report": {"type": "string"},
            "readers": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
            "counts": _object(counts), "rows": {"type": "array", "items": _object(row)},
        }),
    }  # fmt: skip


def _object(properties: dict[Any, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip
