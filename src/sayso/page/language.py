"""The language of a report: judged where there is enough of it, else told by small words."""

from __future__ import annotations

import functools
import re

from sayso.lexicon.load import load_table

FEWEST_WORDS = 30  # below, names and numbers decide: "Zelensky: Kursk, Donetsk" is no Slovene
_SAMPLE = 6_000
# Written without spaces: two characters or so are a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_AS_WRITTEN = re.compile(r"[^\W\d_]+|[^\w\s]")
_ENGLISH = "en"
_ENOUGH = 2  # small words of another language that a short text has
UNKNOWN = "und"  # ISO 639's code for a language that was not determined


def find_language(words: str) -> str | None:
    """The ISO 639-1 code of a text's language, None where too little tells it.

    Below FEWEST_WORDS words that is `und` for another script than the Latin one, which is not
    English, and a code only where small words (lexicon/languages.toml) tell another language.
    Longer texts are judged on the case-folded text: in capitals, English is taken for German.
    """
    sample = words[:_SAMPLE]
    unspaced = len(_UNSPACED.findall(sample)) // 2
    if len(_WORD.findall(sample)) + unspaced < FEWEST_WORDS:
        letters = sum(len(word) for word in _WORD.findall(sample))
        if letters > 2 * len(_LATIN.findall(sample)):
            return UNKNOWN
        return _by_small_words(sample)
    import py3langid  # noqa: PLC0415 - its model loads with it

    code, _ = py3langid.classify(" ".join(sample.casefold().split()))
    return str(code)


def _by_small_words(text: str) -> str | None:
    """Another language than English of which a short text has two small words, and more."""
    lists = _small_words()
    held = set(_lower_words(text))
    counts = {code: len(held & words) for code, words in lists.items()}
    english = counts.pop(_ENGLISH)
    most = max(counts.values())
    if most < max(_ENOUGH, english + 1):
        return None
    best = [code for code, count in counts.items() if count == most]
    return best[0] if len(best) == 1 else UNKNOWN


def _lower_words(text: str) -> list[str]:
    """The words written small, and the first; not the joints of names: *San Luis de la Reina*."""
    tokens: list[str] = _AS_WRITTEN.findall(text)
    joints = frozenset(load_table("languages")["words"]["joints"])
    found = [tokens[0].lower()] if tokens else []
    for n, token in enumerate(tokens[1:], 1):
        if not token[0].islower():
            continue
        left, right = n - 1, n + 1
        while left > 0 and tokens[left] in joints:
            left -= 1
        while right < len(tokens) - 1 and tokens[right] in joints:
            right += 1
        beside = tokens[left][0].isupper() and right < len(tokens) and tokens[right][0].isupper()
        if not (token in joints and beside):
            found.append(token)
    return found


@functools.cache
def _small_words() -> dict[str, frozenset[str]]:
    table: dict[str, list[str]] = load_table("languages")["words"]
    return {code: frozenset(words) for code, words in table.items() if code != "joints"}
