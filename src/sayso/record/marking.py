"""How widely a report may be passed on: the markings of TLP 2.0, the widest first."""

from __future__ import annotations

from typing import Literal, get_args

Marking = Literal["clear", "green", "amber", "amber+strict", "red"]
MARKINGS: tuple[Marking, ...] = get_args(Marking)
TOP = len(MARKINGS) - 1


def level_of(marking: str) -> int:
    """0 for clear to 4 for red, for a marking that there is."""
    return MARKINGS.index(marking)
