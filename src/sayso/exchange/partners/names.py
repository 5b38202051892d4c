"""The ids under which protected sources go to a partner: random, by partner and source.

What a partner is told holds no protected name: below red, the ledger has a label in its place. That
label is for one's own house, the same for everybody there; a partner is told another, that no other
partner knows, so that two who compare what they were told learn nothing from it.
"""

from __future__ import annotations

import dataclasses
import re
import secrets

from sayso.exchange.partners.partner import Partner
from sayso.ledger import Ledger
from sayso.ledger.entries.partnered import labels_of
from sayso.record import Reading
from sayso.record.rewrite import Cut, rewrite

IDS = "ids"  # of the row that holds sources by their ids: erasing reaches values, not keys


def id_for(ledger: Ledger, partner: Partner, source: str) -> str:
    """What a source of ours is called with a partner, drawn the first time that it is asked for."""
    made = f"source-{secrets.token_hex(8)}"

    def with_it(held: dict[str, str] | None) -> dict[str, str]:
        known = held or {}
        return known if source in known.values() else {**known, made: source}

    kept = ledger.alter("compared", f"{IDS}-{partner.id}", with_it)
    assert kept is not None  # noqa: S101 - for the type checker
    return next(id_ for id_, own in kept.value.items() if own == source)


def ours(ledger: Ledger, partner: Partner, id_: str) -> str | None:
    """The source of ours that has an id with a partner; None where none has."""
    kept = ledger.kept("compared", f"{IDS}-{partner.id}")
    return kept[0].value.get(id_) if kept else None


def veil_labels(ledger: Ledger, partner: Partner, reading: Reading) -> Reading:
    """The reading with a partner's ids in the place of labels of the house."""
    labels = labels_of(ledger.whole)
    if not labels:
        return reading
    pattern = re.compile("|".join(map(re.escape, sorted(labels))), re.IGNORECASE)
    folded = {label.casefold(): key for label, key in labels.items()}

    def told(found: re.Match[str]) -> str:
        return id_for(ledger, partner, folded[found[0].casefold()])

    text = reading.report.text
    cuts = [Cut(m.start(), m.end(), told(m)) for m in pattern.finditer(text)]
    made = rewrite(reading, cuts, lambda words: pattern.sub(told, words))
    sources = tuple(
        dataclasses.replace(s, named=False) if "source-" in s.name and pattern.search(old.name)
        else s
        for old, s in zip(reading.sources, made.sources, strict=True)
    )  # fmt: skip
    return dataclasses.replace(made, sources=sources)
