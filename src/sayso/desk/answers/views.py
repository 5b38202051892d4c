"""Saved views: a name for what an address of the list asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sayso.errors import UsageError
from sayso.ledger import Ledger

ASKS = ("q", "place", "actor", "type", "measure", "speaker", "certainty", "from", "to", "flag")
MOST_NAME = 100


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: what it asks for, under a name, and the addresses of its list and its feed."""

    id: str
    name: str
    asks: dict[str, str]
    by: str
    list: str
    feed: str


def views(ledger: Ledger) -> list[View]:
    """All saved views, the oldest first."""
    return [_view(each.id, each.value) for each in ledger.kept("view")]


def save_view(ledger: Ledger, name: str, asks: dict[str, str], by: str) -> View:
    """Save what is asked for under a name; the same question keeps its id and takes the name."""
    name = " ".join(name.split())
    kept = {k: v.strip() for k in ASKS if (v := asks.get(k, "")) and v.strip()}
    if not name or len(name) > MOST_NAME:
        raise UsageError(f"a view needs a name of at most {MOST_NAME} characters")
    held = next((v.id for v in views(ledger) if v.asks == kept), None)
    saved = ledger.keep("view", {"name": name, "asks": kept, "by": by}, held)
    return _view(saved.id, saved.value)


def _view(id_: str, value: dict[str, Any]) -> View:
    asks: dict[str, str] = value["asks"]
    question = f"?{urlencode(asks)}" if asks else ""
    return View(
        id_, value["name"], asks, value["by"], f"/incidents{question}", f"/incidents.atom{question}"
    )
