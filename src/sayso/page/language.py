"""The language of a report, judged only where there is enough of it."""

from __future__ import annotations

import re

FEWEST_WORDS = 30  # below, names and numbers decide: "Zelensky: Kursk, Donetsk" is no Slovene
_SAMPLE = 6_000
# Written without spaces: two characters or so are a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
UNKNOWN = "und"  # ISO 639's code for a language that was not determined


def find_language(words: str) -> str | None:
    """The ISO 639-1 code of a text's language, None below FEWEST_WORDS words.

    A short text in another script than the Latin one is `und`: which language is not told, but it
    is not English.

    Judged on the case-folded text: in capitals, English is taken for German or worse.
    """
    sample = words[:_SAMPLE]
    unspaced = len(_UNSPACED.findall(sample)) // 2
    if len(_WORD.findall(sample)) + unspaced < FEWEST_WORDS:
        letters = sum(len(word) for word in _WORD.findall(sample))
        return UNKNOWN if letters > 2 * len(_LATIN.findall(sample)) else None
    import py3langid  # noqa: PLC0415 - its model loads with it

    code, _ = py3langid.classify(" ".join(sample.casefold().split()))
    return str(code)
