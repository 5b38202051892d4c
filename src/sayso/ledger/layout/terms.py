"""Terms: the keys under which a claim is found, and the words of a text.

A filter is one term, so that one range of one index answers it: a name is entered under each run
of its words ("russia's kursk region": kursk, kursk region, …), folded for case and accents. A term
is stored as 64 bits of a hash; collisions are less likely than a disk that lies.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MOST_WORDS = 6  # of a name: 21 runs at most
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Case and accents folded away: "Kyïv" and "KYIV" are one."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The words of a text, folded: letters and digits, nothing between them."""
    return WORD.findall(fold(text))


def term(kind: str, value: str) -> int:
    """The term's number: signed, 64 bits."""
    code = f"{kind}\0{value}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(code, digest_size=8).digest(), signed=True)


def runs_of(name: str) -> Iterator[str]:
    """Each run of words in a name."""
    words = words_of(name)[:MOST_WORDS]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])


def asked(kind: str, value: str) -> int:
    """The term that a filter's value asks for."""
    return term(kind, " ".join(words_of(value)[:MOST_WORDS]))


@lru_cache(maxsize=50_000)  # a few names stand in many claims
def held(kind: str, name: str | None) -> tuple[int, ...]:
    """The terms under which a name is found."""
    return tuple(term(kind, run) for run in runs_of(name)) if name else ()
