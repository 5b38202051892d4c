"""Text as HTML: escaped, and with no character that acts."""

from __future__ import annotations

import re
from html import escape

from sayso.record.clean import ODD, clean_line, name_odd

_ODD = re.compile(f"[{ODD}]")


def plain(text: str) -> str:
    """Words of ours or of a report as one line of HTML text, fit for an attribute as well."""
    return escape(clean_line(text))


def shown(text: str) -> str:
    """A report's own words as HTML, none of them lost.

    What HTML can't hold or would obey is shown by its number; `data-odd` keeps it. A carriage
    return is written as a reference, since a parser would make it a line feed.
    """
    parts = _ODD.split(text)
    odd = [_show(char) for char in _ODD.findall(text)]
    words = [escape(part, quote=False).replace("\r", "&#13;") for part in parts]
    return words[0] + "".join(a + b for a, b in zip(odd, words[1:], strict=True))


def _show(char: str) -> str:
    code = f"{ord(char):04X}"
    return f'<span class="odd" data-odd="{code}" title="{escape(name_odd(char))}"></span>'
