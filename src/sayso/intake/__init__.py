"""Fetch and receive: paths, standard input and (later) addresses become captures."""

from sayso.intake.receive import (
    LARGEST_CAPTURE,
    LARGEST_TEXT,
    STDIN_NAME,
    make_capture,
    read_captures,
)

__all__ = ["LARGEST_CAPTURE", "LARGEST_TEXT", "STDIN_NAME", "make_capture", "read_captures"]
