"""What a source is called: which words of it are a name of its own, and which stand for anybody."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any

from sayso.ledger.layout.masking import NAME
from sayso.lexicon.load import load_table

PRONOUNS = frozenset(
    "i me he him she her they them it we us you who whom whoever this that these those one ones "
    "some others another anyone someone everyone nobody somebody anybody everybody none both all "
    "each few many most several himself herself themselves itself ourselves his hers theirs "
    "its their our my".split()
)
_ARTICLES = frozenset(("the", "a", "an"))
_TITLES = frozenset(
    "dr mr mrs ms miss prof professor gen general col colonel capt captain lt lieutenant sgt "
    "sergeant maj major rev sir lady lord dame saint st former acting deputy first senior chief "
    "ex hon honourable".split()
)
_TITLE_BEFORE = re.compile(rf"(?i)^(?:(?:{'|'.join(sorted(_TITLES))})\.?[ \t]+)+")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# behind these another's name begins: "a spokesman for Ukraine's General Staff"
_OF_ANOTHER = re.compile(r"(?i)\b(?:of|for|from|at|in|on|near|by|to|with|and)(?: the)?\s+$")
_TURNS = re.compile(r"(?<![ \t])[ \t]+(?:of|for|from|at|in|on|by|to|with|and|the)[ \t]+")
_PARTICLE = re.compile(r"^[a-z]{1,3}[-’'](?=[A-Z])")
_OWNS = re.compile(r"[’']s?$")


def is_pronoun(words: str) -> bool:
    """True of *She*, *they*, *the others*: whoever is spoken of, and so nobody's name."""
    held = [w for w in _plain(words) if w not in _ARTICLES]
    return all(w in PRONOUNS for w in held)


def is_anybodys(words: str) -> bool:
    """True of words that stand for many: pronouns, bare titles, offices, peoples and countries.

    *The agency*, *President*, *the Norwegian minister*: hidden, they would hide what others said.
    """
    return all(w in PRONOUNS or w in _ARTICLES or w in _common() for w in _plain(words))


def names_in(called: str, *, own: bool = False) -> list[str]:
    """The forms of a source's own name in what it is called, the whole first, then its last word.

    None in words that are anybody's, but for the name that the source is known by (`own`) where
    that is of several words: *South Korea's National Intelligence Service*. What follows *of*,
    *for* and the like is another's name.
    """
    whole = " ".join(called.split())
    found = [form for run in _own_runs(whole) for form in (run, *_before_turn(run), *_last(run))]
    if own and not found:
        found = [run for m in NAME.finditer(whole) if " " in (run := _without_article(m[0]))]
    return list(dict.fromkeys((whole, *found))) if found else []


def _own_runs(called: str) -> Iterator[str]:
    """Runs of capitalised words that are its own, titles and all."""
    runs = [m for m in NAME.finditer(called) if not is_anybodys(m[0])]
    own = [m[0] for m in runs if not _OF_ANOTHER.search(called[: m.start()])]
    if own or runs:
        # "a friend of Ilse Marrow" has no other name, and stands in reports as a whole
        yield from (_without_article(run) for run in (own or [called]))
        return
    first = called.partition(",")[0]  # "Baek, of the opposition"
    words = _TITLE_BEFORE.sub("", _without_article(first))
    if words[:1].isupper() and " " not in words and not is_anybodys(words):
        yield words
    if called.islower() and (name := _in_small_letters(called)):  # "mayor carlos galan"
        yield name


def _in_small_letters(called: str) -> str:
    """*carlos galan* of *mayor carlos galan*, of a text without capitals; else nothing.

    Its last word is no form: of *officials briefed yesterday* it would be anybody's word.
    """
    words = called.split()
    name = list(itertools.dropwhile(is_anybodys, words))
    titled = len(name) < len(words) and words[-len(name) - 1] in _offices()  # not of many
    plain = all(w.replace("-", "").replace("'", "").isalpha() for w in name)
    ours = any(w in PRONOUNS or w in _ARTICLES or _OF_ANOTHER.search(f"{w} ") for w in words)
    return " ".join(name) if titled and plain and not ours and len(name) in (2, 3) else ""


def _without_article(run: str) -> str:
    first, _, rest = run.partition(" ")
    return rest if first.lower() in _ARTICLES and rest else run


def _before_turn(run: str) -> Iterator[str]:
    """*Seo Ji-won* of *Seo Ji-won of the Ruling Party*."""
    name = _TURNS.split(run)[0]
    if " " in name and not is_anybodys(name):
        yield name


def _last(run: str) -> Iterator[str]:
    """What later mentions say of a person's name: without what stands before it, and its last word.

    *Salma Holm* and *Holm* of *Volunteer Salma Holm*. Not that of an institution: *Service*,
    *Watch*, *Network* are words of others' names.
    """
    words = _TURNS.split(run)[0].split()
    titled = False
    while len(words) > 1 and is_anybodys(words[0]):  # "Norwegian Foreign Minister Ingrid Solberg"
        titled = next(_plain(words.pop(0)), "") in _offices()
    *first, last = words
    if first and all(map(is_anybodys, (*first[1:], last))) and len(first) > 1:
        return  # "Gaza Health Ministry"
    own = last.removesuffix("’s").removesuffix("'s")
    bare = _PARTICLE.sub("", own)  # "Najjar" of "al-Najjar"
    if any(_OWNS.search(w) for w in first) or not bare[:1].isupper():
        return
    for at, word in enumerate(first):  # what is no title that we know is a first name, or none
        if not word.islower():  # "de la Cruz" is its last word with what belongs to it
            yield " ".join((*first[at:], own))
    if first or (titled and not is_anybodys(bare)):  # "King" of "Stephen King"
        yield from dict.fromkeys((last, bare))


def _plain(words: str) -> Iterator[str]:
    for found in _WORD.finditer(words):
        yield found[0].casefold().replace("’", "'").removesuffix("'s").rstrip("'")


@functools.cache
def _offices() -> frozenset[str]:
    """Words before a name, one by one: offices, callings, kin, titles."""
    roles, bodies = load_table("roles"), load_table("institutions")
    phrases = [w for part in ("role", "wide", "private", "office") for w in _flat(roles[part])]
    phrases += [w for part in ("vague", "organ", "speaks_for") for w in _flat(bodies[part])]
    return frozenset(w for phrase in phrases for w in _plain(phrase)) | _TITLES | _MORE


@functools.cache
def _common() -> frozenset[str]:
    """These in the plural too, and countries and peoples whose word is not a person's name."""
    rows = [row for row in load_table("countries").values() if isinstance(row, dict)]
    lands = {
        word for row in rows if not row.get("also_a_name")
        for name in (row["name"], *row.get("demonyms", ())) for word in [name.casefold()]
        if " " not in word
    }  # fmt: skip
    single = _offices() | lands | {"korea", "kingdom", "states"}
    return single | {word + "s" for word in single}


_MORE = frozenset(
    "foreign defence defense interior health finance prime vice ministry group statement report "
    "photo video spokesman north south east west new state national federal local".split()
)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _flat(each)
    elif isinstance(value, list):
        for each in value:
            yield from _flat(each)
