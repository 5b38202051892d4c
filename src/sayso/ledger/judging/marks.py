"""How reports are marked, and what follows for all that rests on them when that changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError
from sayso.ledger.seeing.behind import entries_of, incidents_of, twins_of, versions_with
from sayso.ledger.seeing.shade import MARK, shade
from sayso.ledger.store import schema
from sayso.ledger.store.engines import delete_where
from sayso.record.marking import MARKINGS

if TYPE_CHECKING:
    from sayso.ledger.entries.commit import Commit


def check_marking(marking: object) -> None:
    """Raises UsageError for what is no marking of TLP 2.0."""
    if marking not in MARKINGS:
        raise UsageError(f"{marking!r:.40} is no marking; TLP 2.0 has {', '.join(MARKINGS)}")


def mark_content(report: str, marking: str, by: str, *, again: bool = False) -> dict[str, Any]:
    """What the judgement says by which a report comes in, or comes in again, with a marking."""
    reason = "it came in again, so marked" if again else "it came in so marked"
    return {"action": MARK, "target": report, "by": by, "reason": reason,
            "detail": {"marking": marking}}  # fmt: skip


def mark_anew(commit: Commit, reports: Iterable[int]) -> set[int]:
    """The incidents that reports were ever in, after who may see them changed for all about them.

    What those who may not see all were told of these incidents goes: it rested on another marking.
    """
    conn = commit.conn
    commit.flush()
    family = {r for some in versions_with(conn, reports).values() for r in some}
    family |= twins_of(conn, family, back=True).keys()
    entries = entries_of(conn, family)
    nums = incidents_of(conn, entries)
    delete_where(conn, schema.line_below, "incident", sorted(nums))
    shade(conn, entries)
    commit.anew |= nums
    return nums
