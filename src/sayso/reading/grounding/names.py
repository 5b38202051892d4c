"""Names as they are looked up: case, accents, apostrophes and short forms folded away."""

from __future__ import annotations

import functools
import re
import unicodedata

# Letters that Unicode doesn't take apart into a base and an accent.
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
    "ə": "a", "ħ": "h", "ŋ": "n",
    "’": None, "‘": None, "ʻ": None, "ʼ": None, "ʾ": None, "ʿ": None, "'": None, "`": None,
    "´": None, ".": None, "-": " ", "–": " ", "/": " ", ",": " ",
})  # fmt: skip
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@functools.lru_cache(maxsize=8192)
def fold_name(name: str) -> str:
    """A name folded for lookup: `Luhans’k` and `luhansk`, `St. Louis` and `saint louis` agree."""
    if name.isascii():  # nothing to take apart
        plain = name.lower()
    else:
        apart = unicodedata.normalize("NFKD", name).casefold()
        plain = "".join(c for c in apart if not unicodedata.combining(c))
    plain = plain.translate(_LETTERS)
    words = plain.split()
    if len(words) > 1:
        words = [_SHORT.get(word, word) for word in words]
    return " ".join(words)


def drop_possessive(words: str) -> str:
    """The words without a closing `'s` or `s'` apostrophe and without a leading `the`."""
    words = _POSSESSIVE.sub("", words.strip())
    return words[4:].lstrip() if words[:4].lower() == "the " else words
