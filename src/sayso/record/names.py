"""Names as they are compared where two spellings may mean one: in a team's lists, in data sets."""

from __future__ import annotations

import re
import unicodedata

_ASIDE = re.compile(r"\([^()]{0,80}\)")


def plain_name(name: str) -> str:
    """A name without accents, case, signs, article, and what stands in brackets.

    `Military Forces of Sudan (2019-)` is `military forces of sudan`.
    """
    bare = unicodedata.normalize("NFKD", _ASIDE.sub(" ", name))
    words = re.findall(r"[^\W_]+", "".join(c for c in bare if not unicodedata.combining(c)))
    return " ".join(words).casefold().removeprefix("the ")
