"""The published date of a report that does not give one."""

from __future__ import annotations

from sayso.record import Time, When


def infer_published(text: str, times: list[Time]) -> tuple[When | None, list[str]]:
    """The published date that the text alone allows, where one is left; else None and warnings."""
    del text, times
    return None, []
