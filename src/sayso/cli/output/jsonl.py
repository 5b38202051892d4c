"""JSON Lines: one object of `sayso.reading/1` a report, written whole."""

from __future__ import annotations

import json
import re

from sayso.record import Reading
from sayso.record.clean import ODD
from sayso.record.wire import to_wire

# Equal data, but inert on a terminal, and no reader that splits at U+2028 or U+0085 cuts the line.
# They only ever stand inside JSON strings, where an escape is allowed.
_ODD = re.compile(f"[{ODD}]")


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def to_json(value: object) -> str:
    """A value as one line of JSON that any decoder takes and no terminal obeys."""
    return _ODD.sub(_escape, json.dumps(value, ensure_ascii=False, separators=(", ", ": ")))


class JsonLines:
    """Readings as JSON Lines."""

    encoding = "utf-8"
    warns = True

    def put(self, reading: Reading) -> str:
        """The line of one reading, its end included."""
        return to_json(to_wire(reading)) + "\n"

    def end(self) -> str:
        """Nothing: a line is whole by itself."""
        return ""
