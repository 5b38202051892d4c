"""What a judgement says that protects a source: the forms of its name, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError
from sayso.ledger.asking.sources import find_source
from sayso.ledger.entries.aliases import groups_of
from sayso.ledger.layout.called import is_anybodys, is_pronoun, names_in
from sayso.ledger.layout.masking import NAME
from sayso.ledger.seeing.cover import Cover, label_of, new_label

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEAST = 3  # letters of a form: a shorter one would stand in words of all kinds


def protection(conn: Connection, key: str, detail: dict[str, Any]) -> dict[str, Any]:
    """What the judgement says that protects a source: the forms of its name, and its label.

    Without names= the forms of its own name in all that it is called in the latest reports, and the
    last word of each; also= are forms beside these, a first name alone say.
    """
    keys = groups_of(conn, [key], None).group(key)
    names = [str(n).strip() for n in detail.get("names", ())] or _forms(conn, keys)
    names += [n for each in detail.get("also", ()) if (n := str(each).strip()) not in names]
    if not names:
        raise UsageError(f"no form of a name in what {key!r:.80} is called; give names=")
    for name in names:
        if sum(c.isalnum() for c in name) < LEAST:
            raise UsageError(f"a form of a name has {LEAST} letters at least; give names=")
        if is_pronoun(name):
            raise UsageError(f"{name!r:.40} may be anybody, and would hide what others said")
    return {"names": names, "label": label_of(conn, keys) or new_label()}


def other_words(conn: Connection, key: str, names: Sequence[str]) -> list[str]:
    """The words of what a source is called that are hidden as no form: a first name, say."""
    keys = groups_of(conn, [key], None).group(key)
    sources = [find_source(conn, key, None) for key in keys]
    called = " ".join(name for s in sources for name in (s.name, *s.aliases))
    runs = [run for run in NAME.findall(called) if not is_anybodys(run)]
    words = dict.fromkeys(w for run in runs for w in run.split() if _alone(w))
    cover = Cover(dict.fromkeys(names, ""))
    return [word for word in words if not (is_anybodys(word) or cover.cuts(word))]


def _forms(conn: Connection, keys: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for key in keys:
        source = find_source(conn, key, None)
        found |= dict.fromkeys(names_in(source.name, own=True))
        found |= dict.fromkeys(form for called in source.aliases for form in names_in(called))
    return [form for form in found if sum(c.isalnum() for c in form) >= LEAST]


def _alone(word: str) -> bool:
    """True of a word that may be a name by itself."""
    return word[:1].isupper() and len(word) >= LEAST
