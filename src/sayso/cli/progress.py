"""How far a long run is, on one line of standard error, for people only."""

from __future__ import annotations

import sys


class Progress:
    """A line that says how many reports were read; silent where it is off or nobody looks.

    It is taken away before anything else is written, so that it never stands among rows.
    """

    def __init__(self, *, on: bool) -> None:
        self._on = on and sys.stderr.isatty()
        self._shown = False

    def show(self, read: int, refused: int) -> None:
        """Say how far the run is."""
        self.say(f"{read} read" + (f", {refused} not" if refused else ""))

    def say(self, words: str) -> None:
        """Say it in place of what the line said before."""
        if self._on:
            self.clear()
            sys.stderr.write(f"{words} …")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False
