"""Names that are protected, and the words that stand in their place for who may not see them."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger import chain, schema
from sayso.ledger.masking import BETWEEN, pattern_of
from sayso.record.rewrite import Cut

PROTECT = "protect"
LETTERS = "BCDFGHJKLMNPQRSTVWXZ2456789"  # none is taken for another, no word comes about
LONG = 5  # of a label's own letters


def new_label() -> str:
    """What a source is called from now on where its name may not stand: a function of nothing."""
    return "protected source " + "".join(secrets.choice(LETTERS) for _ in range(LONG))


class Cover:
    """The forms of protected names, and the label of each."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._pattern = pattern_of(labels)
        self._labels = {_folded(name): label for name, label in labels.items()}

    def cuts(self, text: str) -> list[Cut]:
        """Where names stand in a text, and the labels to put there."""
        found = self._pattern.finditer(text) if self._pattern else ()
        return [Cut(m.start(), m.end(), self._labels[_folded(m[0])]) for m in found]

    def reword(self, words: str) -> str:
        """Words with labels in the names' places."""
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda m: self._labels[_folded(m[0])], words)

    def meets(self, words: str) -> bool:
        """True where a name stands in the words."""
        return bool(self._pattern and self._pattern.search(words))

    def is_label(self, name: str) -> bool:
        """True of a name in which a label stands."""
        return any(label in name for label in self._labels.values())


def _folded(name: str) -> str:
    return " ".join(re.split(BETWEEN, name.casefold()))


def cover_of(conn: Connection) -> Cover | None:
    """The names that are protected now; None where none is."""
    table = schema.judgement
    query = select(table.c.view).where(table.c.action == PROTECT, table.c.until.is_(None))
    said = [json.loads(view) for view in conn.scalars(query.order_by(table.c.entry))]
    labels = {name: each["label"] for each in said for name in each["names"]}
    return Cover(labels) if labels else None


def action_of(conn: Connection, handle: str) -> str | None:
    """What a judgement ("e40") did; None for what is none."""
    number = handle[1:]
    if not number.isdecimal():
        return None
    return conn.scalar(select(schema.judgement.c.action).filter_by(entry=int(number[:18])))


def label_of(conn: Connection, keys: Iterable[str]) -> str | None:
    """The label that a source was given before, by any of its keys: it stays the same."""
    table = schema.judgement
    for key in keys:
        query = select(table.c.view).where(table.c.action == PROTECT, table.c.target == key)
        for view in conn.scalars(query.order_by(table.c.entry.desc()).limit(1)):
            label: str = json.loads(view)["label"]
            return label
    return None


def decisions_with(conn: Connection, cover: Cover) -> set[int]:
    """The judgements, and what took one back, in whose words a protected name stands."""
    table = schema.judgement
    rows = conn.execute(select(table.c.entry, table.c.target, table.c.view))
    found = {r.entry for r in rows if cover.meets(r.target) or cover.meets(r.view)}
    entry, payload = schema.entry, schema.payload
    ends = (
        select(entry.c.id, payload.c.content)
        .join(payload, payload.c.entry == entry.c.id)
        .where(entry.c.kind == "withdrawal")
    )
    return found | {r.id for r in conn.execute(ends) if meets_in(cover, chain.decode(r.content))}


def held_decisions(conn: Connection) -> set[int]:
    """The decisions that not all may see."""
    table, shaded = schema.entry, schema.shade
    query = select(table.c.id).join(shaded, shaded.c.entry == table.c.id)
    return set(conn.scalars(query.where(table.c.kind.in_(("judgement", "withdrawal")))))


def meets_in(cover: Cover, said: Any) -> bool:
    """True where a protected name stands in what an entry says."""
    return cover.meets(json.dumps(said, ensure_ascii=False))
