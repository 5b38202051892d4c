"""Text that comes from outside on a terminal: cleaned, and no markup of rich's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.record.clean import clean_line

if TYPE_CHECKING:
    from rich.text import Text


def clean_text(words: str, style: str = "") -> Text:
    """Words as rich shows them, cleaned; brackets in them are no markup."""
    from rich.text import Text

    return Text(clean_line(words), style=style)
