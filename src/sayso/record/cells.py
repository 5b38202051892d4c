"""CSV (RFC 4180) that no spreadsheet runs and no terminal obeys: cells, and pages of them.

UTF-8 without a byte order mark, CRLF, quotes doubled.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from sayso.record.clean import clean_line

# What a spreadsheet takes for a formula, full-width forms included (OWASP, CSV injection).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
Value = str | float | None


def joined(values: Iterable[Value]) -> str:
    """Several values in one cell, parted by "; "; the place of an unknown one is kept."""
    held = [_plain(v) for v in values]
    return "; ".join(held) if any(held) else ""


def _plain(value: Value) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return "" if value is None else str(value)


def guard(text: str) -> str:
    """A text that no spreadsheet runs; a plain number stays a number."""
    runs = text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if runs else text


def safe_cell(value: Value) -> str:
    """A cell that no spreadsheet runs and no terminal obeys."""
    return clean_line(guard(_plain(value)))


def to_csv(header: Iterable[str], rows: Iterable[Sequence[Value]]) -> str:
    """CSV (RFC 4180) that no spreadsheet runs."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return page.getvalue()
