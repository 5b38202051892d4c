"""A not that denies what stands behind it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_contrast(negation: Token) -> bool:
    """True for the not of "two people died, not six": another number is denied, not the deaths."""
    tokens, at = negation.doc, negation.i
    behind = at > 0 and tokens[at - 1].text == "," and negation.lower_ == "not"
    return behind and at + 1 < len(tokens) and bool(tokens[at + 1].like_num)
