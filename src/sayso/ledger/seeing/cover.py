"""Names that are protected, and the words that stand in their place for who may not see them."""

from __future__ import annotations

import functools
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.layout.masking import BEGINS, ENDS, mask_wire
from sayso.ledger.store import chain, schema
from sayso.ledger.store.engines import among, in_chunks
from sayso.record.rewrite import Cut

PROTECT = "protect"
TWIN = "twin"  # of a decision: the one about a twin that it says of the report above
LETTERS = "BCDFGHJKLMNPQRSTVWXZ2456789"  # none is taken for another, no word comes about
LONG = 5  # of a label's own letters


def new_label() -> str:
    """What a source is called from now on where its name may not stand: a function of nothing."""
    return "protected source " + "".join(secrets.choice(LETTERS) for _ in range(LONG))


class Cover:
    """The forms of protected names, and the label of each."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.forms = frozenset(labels)
        forms = sorted(labels, key=len, reverse=True)
        self._labels = tuple(labels[form] for form in forms)
        every = "|".join(f"({_loose(form)})" for form in forms)
        self._pattern = re.compile(f"{BEGINS}(?:{every})s?{ENDS}", re.IGNORECASE)

    def cuts(self, text: str) -> list[Cut]:
        """Where names stand in a text, and the labels to put there."""
        return [Cut(m.start(), m.end(), self._label(m)) for m in self._pattern.finditer(text)]

    def reword(self, words: str) -> str:
        """Words with labels in the names' places."""
        return self._pattern.sub(self._label, words)

    def _label(self, found: re.Match[str]) -> str:
        return self._labels[(found.lastindex or 1) - 1]

    def meets(self, said: Any) -> bool:
        """True where a name stands in what an entry says, as JSON values: our own words aside."""
        return bool(mask_wire(said, self.reword) != said)

    def is_label(self, name: str) -> bool:
        """True of a name in which a label stands."""
        return any(label in name for label in self._labels)


# "jane-roe", "Jane%20Roe", "JaneRoe"; a name is not torn further apart than by a few signs
APART = r"(?:[\W_]|%20){0,6}"
# accents by themselves, soft hyphens, what has no width
MARKS = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060]*"
APOSTROPHES = "'\u2019\u2018\u02bc`\u00b4"
LATIN = ((0xC0, 0x250), (0x1E00, 0x1F00), (0xFF21, 0xFF5B))
BARRED = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h"}  # no accents, and yet written without


@functools.cache
def _letters() -> dict[str, str]:
    """By letter all that are written for it: é, è and ẽ for e."""
    found: dict[str, set[str]] = {}
    for first, end in LATIN:
        for each in map(chr, range(first, end)):
            found.setdefault(_bare(each), set()).add(each)
    return {bare: "".join(sorted(some)) for bare, some in found.items() if len(bare) == 1}


def _bare(letter: str) -> str:
    """A letter in lower case without its accents."""
    flat = unicodedata.normalize("NFKD", letter.casefold())
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    return BARRED.get(bare, bare)


def _loose(form: str) -> str:
    """The pattern of a form of a name, however its accents, hyphens and apostrophes are written."""
    return APART.join("".join(map(_sign, _plain(word))) for word in form.split())


def _plain(word: str) -> str:
    return "".join(_bare(c) if c.isalpha() else c for c in unicodedata.normalize("NFC", word))


def _sign(sign: str) -> str:
    if sign in APOSTROPHES:
        return f"[{APOSTROPHES}]?"
    if not sign.isalnum():
        return r"[\W_]{0,3}"
    return f"[{re.escape(sign)}{re.escape(_letters().get(sign, ''))}]{MARKS}"


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


def decisions_with(
    conn: Connection, cover: Cover, entries: Iterable[int] | None = None
) -> set[int]:
    """The judgements, and what took one back, in whose words a protected name stands.

    Of some `entries`, else of all.
    """
    table, entry, payload = schema.judgement, schema.entry, schema.payload
    judged = select(table.c.entry, table.c.target, table.c.view)
    ends = (
        select(entry.c.id, payload.c.content)
        .join(payload, payload.c.entry == entry.c.id)
        .where(entry.c.kind == "withdrawal")
    )
    parts = [(judged, ends)] if entries is None else [
        (judged.where(among(conn, table.c.entry, some)), ends.where(among(conn, entry.c.id, some)))
        for some in in_chunks(entries)
    ]  # fmt: skip
    found: set[int] = set()
    for of_judgements, of_ends in parts:
        found |= {r.entry for r in conn.execute(of_judgements)
                  if cover.meets([r.target, json.loads(r.view)])}  # fmt: skip
        found |= {r.id for r in conn.execute(of_ends) if cover.meets(chain.decode(r.content))}
    return found


def held_decisions(conn: Connection) -> set[int]:
    """The decisions that not all may see."""
    table, shaded = schema.entry, schema.shade
    query = select(table.c.id).join(shaded, shaded.c.entry == table.c.id)
    return set(conn.scalars(query.where(table.c.kind.in_(("judgement", "withdrawal")))))
