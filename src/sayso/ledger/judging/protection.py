"""What a judgement says that protects a source: the forms of its name, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError
from sayso.ledger.asking.sources import find_source
from sayso.ledger.entries.aliases import groups_of
from sayso.ledger.layout.masking import NAME
from sayso.ledger.seeing.cover import Cover, label_of, new_label

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEAST = 3  # letters of a form: a shorter one would stand in words of all kinds


def protection(conn: Connection, key: str, detail: dict[str, Any]) -> dict[str, Any]:
    """What the judgement says that protects a source: the forms of its name, and its label.

    Without names= all that the source is called in the latest reports, the runs of capitalised
    words in that, and the last word of each; also= are forms beside these, a first name alone say.
    """
    keys = groups_of(conn, [key], None).group(key)
    names = [str(n).strip() for n in detail.get("names", ())] or _forms(conn, keys)
    names += [n for each in detail.get("also", ()) if (n := str(each).strip()) not in names]
    if not names or any(sum(c.isalnum() for c in n) < LEAST for n in names):
        raise UsageError(f"a form of a name has {LEAST} letters at least; give names=")
    return {"names": names, "label": label_of(conn, keys) or new_label()}


def other_words(conn: Connection, key: str, names: Sequence[str]) -> list[str]:
    """The words of what a source is called that are hidden as no form: a first name, say."""
    keys = groups_of(conn, [key], None).group(key)
    sources = [find_source(conn, key, None) for key in keys]
    called = " ".join(name for s in sources for name in (s.name, *s.aliases))
    words = dict.fromkeys(w for run in NAME.findall(called) for w in run.split() if _alone(w))
    cover = Cover(dict.fromkeys(names, ""))
    return [word for word in words if not cover.cuts(word)]


def _forms(conn: Connection, keys: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for key in keys:
        source = find_source(conn, key, None)
        for called in (source.name, *source.aliases):
            for run in NAME.findall(called) or _alone(called):
                found |= dict.fromkeys((called, run, *_alone(run.split()[-1])))
    return list(found)


def _alone(word: str) -> list[str]:
    """The word, where it may be a name by itself."""
    return [word] if word[:1].isupper() and " " not in word and len(word) >= LEAST else []
