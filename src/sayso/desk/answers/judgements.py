"""What people decide, and take back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sayso.ledger import Judged, Ledger
from sayso.record.incident import Action

# what an action needs beyond its target, who and why
DETAIL: dict[str, tuple[str, ...]] = {
    "correct": ("field", "new", "also"),
    "join": ("other",),
    "split": ("apart", "into"),
    "undo": ("incident", "reports"),
    "grade": ("grade",),
    "mark": ("marking",),
    "protect": ("names",),
}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The entry by which a judgement, or a hidden name, no longer holds."""

    entry: str
    withdrawn: str


def decide(
    ledger: Ledger, action: Action, target: str, *, by: str, reason: str, said: dict[str, Any]
) -> Judged:
    """The judgement; of what was said, that counts which the action needs."""
    detail = {name: said[name] for name in DETAIL.get(action, ()) if name in said}
    return ledger.judge(action, target, by=by, reason=reason, **detail)


def take_back(ledger: Ledger, entry: str, *, by: str, reason: str) -> Withdrawn:
    """A judgement ("e40") withdrawn; it stays in the log."""
    return Withdrawn(ledger.withdraw(entry, by=by, reason=reason), entry)
