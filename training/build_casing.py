"""Writes src/sayso/lexicon/casing.txt: how English news writes its words where they are no names.

usage: python training/build_casing.py TEXTS.jsonl…    each line an object with its "text"

Counted is how a word stands inside a sentence, where a capital means something. Only counts of
single words leave the texts. A word that is seen twice or more, mostly in small letters, gets a
line; what is left out is taken for a name by whoever reads the file.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src/sayso/lexicon/casing.txt"
_WORD = re.compile(r"[^\W\d_]{2,}")
_OPENING = re.compile(r"(?:^|[.!?:\n\"“”'’‘(\[–—*-])\s*$")  # a capital says nothing after these
_HEAD = """\
# How English news writes its words inside a sentence (training/build_casing.py; single words only).
# `word` small; `word 3` a capital in three of ten; `word U` all capitals (an acronym). A word that
# is not here is taken for a name.
"""


def count(text: str, small: Counter[str], title: Counter[str], upper: Counter[str]) -> None:
    """Add a text's words to the counts."""
    for match in _WORD.finditer(text):
        word = match.group()
        if _OPENING.search(text, max(0, match.start() - 3), match.start()) or match.start() == 0:
            continue
        if word.islower():
            small[word] += 1
        elif word.isupper():
            upper[word.lower()] += 1
        elif word[1:].islower():
            title[word.lower()] += 1


def main(paths: list[str]) -> None:
    """Write the file from the counts of all texts."""
    small: Counter[str] = Counter()
    title: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for path in paths:
        with Path(path).open(encoding="utf-8") as lines:
            for line in lines:
                count(json.loads(line)["text"], small, title, upper)
    rows = []
    for word in sorted({*small, *title, *upper}):
        if not word.isascii():
            continue
        s, t, u = small[word], title[word], upper[word]
        if u >= 3 and u > 2 * (s + t):
            rows.append(f"{word} U")
        elif s >= 2 and s / (s + t) >= 0.3:
            tenths = round(10 * t / (s + t))
            rows.append(f"{word} {tenths}" if tenths > 1 else word)
    OUT.write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
