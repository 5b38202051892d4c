"""Times: every mention of a time in a text, as an interval with its precision and basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.record import Time, When


def read_times(text: str, published: When | None, *, narrative: bool = False) -> list[Time]:
    """The times that a text mentions, in its order; without a published date, symbolic values.

    `narrative`: dates without a year hang on the date mentioned before, not on the published one
    (history, not news).
    """
    del text, published, narrative
    return []


def infer_published(text: str, times: list[Time]) -> tuple[When | None, list[str]]:
    """The published date that the text alone allows, where one is left; else None and warnings."""
    del text, times
    return None, []


def read_date_line(line: str) -> When | None:
    """The date of a line that is a date and nothing more ("Thursday, January 24, 2019")."""
    del line
    return None
