"""XML that would hold its parser for hours, told by its bytes."""

from __future__ import annotations

import re

MOST_EQUALS = 5_000  # between two elements' starts; libxml2 and expat compare attributes in pairs
_CROWDED = re.compile(rb"<[^<=]*+(?:=[^<=]*+){%d}" % MOST_EQUALS)


def is_crowded(content: bytes) -> bool:
    """True where an element may have thousands of attributes.

    Time to parse it grows by the square of their number. XML allows no `<` in an attribute, so they
    all stand before the next one, whatever its encoding.
    """
    return _CROWDED.search(content) is not None
