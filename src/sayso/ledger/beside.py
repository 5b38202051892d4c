"""What a ledger keeps beside the chain: feeds, views, webhooks, partners, a team's own lists.

Asked for in `questions_beside.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sayso.ledger.entries.kept import (
    Check,
    Kept,
    Kind,
    alter,
    forget,
    forget_of,
    keep,
    keep_newest,
    keep_only,
    look_first,
    saw,
)
from sayso.ledger.entries.listed import (
    Listed,
    ListKind,
    Taken,
    drop_rows,
    take_rows,
    weigh_rows,
)
from sayso.ledger.layout.instants import now
from sayso.ledger.questions_beside import QuestionsBeside
from sayso.ledger.store import engines


class Beside(QuestionsBeside):
    """Each method is one transaction."""

    def keep(
        self, kind: Kind, value: dict[str, Any], id_: str | None = None,
        *, check: Check | None = None,
    ) -> Kept:  # fmt: skip
        """Keep one of a kind, or say anew what is kept under an id; see `entries/kept.py`.

        `check` is asked of all of the kind first, and what raises there keeps nothing.
        """
        with engines.writing(self.whole) as conn:
            look_first(conn, kind, check)
            return keep(conn, kind, value, id_, now())

    def alter(
        self, kind: Kind, id_: str,
        change: Callable[[dict[str, Any] | None], dict[str, Any] | None],
        *, most: int | None = None, check: Check | None = None,
    ) -> Kept | None:  # fmt: skip
        """Change what is kept under an id, in one go; `most` of the kind, those changed last.

        `check` as in `keep`.
        """
        with engines.writing(self.whole) as conn:
            look_first(conn, kind, check)
            found = alter(conn, kind, id_, change, now())
            if most is not None:
                keep_newest(conn, kind, most)
            return found

    def forget(
        self, kind: Kind, id_: str, *, check: Check | None = None, of: Sequence[Kind] = ()
    ) -> bool:
        """Forget one of a kind; True where it was kept. `check` as in `keep`.

        With it goes what is kept `of` other kinds whose value names it under its kind.
        """
        with engines.writing(self.whole) as conn:
            look_first(conn, kind, check)
            forget_of(conn, kind, id_, of)
            return forget(conn, kind, id_)

    def saw(self, feed: str, items: Sequence[str], *, shown: Sequence[str] | None = None) -> None:
        """Note that items were looked at; of `shown`, all that the feed shows, the rest goes."""
        with engines.writing(self.whole) as conn:
            saw(conn, feed, items, now())
            if shown is not None:
                keep_only(conn, feed, shown)

    def take_listed(
        self, rows: Sequence[Listed], *, by: str, replace: bool = False, dry: bool = False
    ) -> list[Taken]:
        """Take in rows of one kind; what is held and says otherwise stays without `replace`.

        With `dry` nothing is taken in: it is what would become of them.
        """
        if dry:
            with engines.reading(self.engine) as conn:
                return list(weigh_rows(conn, rows, replace=replace))
        with engines.writing(self.whole) as conn:
            return take_rows(conn, rows, by, now(), replace=replace)

    def drop_listed(self, kind: ListKind, ids: Sequence[str]) -> None:
        """Forget rows of a list."""
        with engines.writing(self.whole) as conn:
            drop_rows(conn, kind, ids)
