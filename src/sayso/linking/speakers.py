"""Who a source is, and when two sources are one: names, institutions, descriptions.

A speaker is a person by name, an institution (an organ of a country, an organisation by name, a
publisher), or is not told apart: officials, residents, *a security source*.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Literal

from sayso.lexicon.load import load_table
from sayso.lexicon.publishers import find_by_name
from sayso.record import Actor, Source

Form = Literal["person", "institution", "medium", "vague"]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_MINISTRY = re.compile(
    r"\b(?:ministry|minister|ministers|secretary|department) (?:of|for) (?:the )?(?P<of>[a-z]+)"
    r"|\b(?P<before>[a-z]+) (?:ministry|minister|ministers|ministry's|minister's)\b"
)
_NO_MINISTRY = frozenset("prime deputy first the a former chief cabinet state junior".split())
_SPELLED = {"defense": "defence", "interior": "interior", "affairs": "foreign", "home": "interior"}
_EMPTY = frozenset("the a an of in for and its their his her to at from this that s".split())
_CAPITAL_RUN = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]+(?: (?:(?:al|bin|van|de|von|el|da)[ -])?[A-ZÀ-Þ][\w'’.-]+)+"
)
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
_TITLE = re.compile(
    r"(?i)^(?:dr|mr|mrs|ms|prof|gen|col|capt|lt|sgt|maj|rev|sir|lady|lord|father)\.? "
)
_PRONOUNS = frozenset("he she they it we who one some others".split())
_WHOSE = frozenset("its his her their".split())
_STATE = frozenset("government intelligence military police judiciary legislature".split())
# words that make a capitalised run an organisation's name and not a person's
_ORGANISATION = frozenset(
    "service agency ministry army force forces movement office committee state group observatory"
    " police guard council organization organisation department network front union nations"
    " command court government news press times ledger gazette post association centre center"
    " intelligence security party commission authority bureau institute corps watch cross".split()
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a speaker apart. `organ` is what a country has one of; `words` describe.

    `group` is the organisation of lexicon/roles.toml that the name holds ("SOHR").
    """

    form: Form
    name: str
    person: tuple[str, ...] = ()
    organ: str | None = None
    country: str | None = None
    kind: str | None = None
    words: frozenset[str] = frozenset()
    group: str | None = None
    speaks: bool = False
    plural: bool = False
    apart: bool = False
    actor: Actor | None = None

    @property
    def is_told_apart(self) -> bool:
        """True for all but those that are only described."""
        return self.form != "vague"


def fold(name: str) -> str:
    """A name without accents, case, articles and punctuation."""
    flat = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    words = re.findall(r"[^\W_]+", "".join(c for c in flat if not unicodedata.combining(c)))
    return " ".join(w for w in words if w not in ("the", "s"))


def _singular(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'").strip(".")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@functools.cache
def _table(section: str, key: str) -> frozenset[str]:
    return frozenset(load_table("institutions")[section][key])


@functools.cache
def _organs() -> tuple[tuple[str, str], ...]:
    """(words, organ), the longest words first: *national police* before *police*."""
    table: dict[str, list[str]] = load_table("institutions")["organ"]
    pairs = [(words, organ) for organ, listed in table.items() for words in listed]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


def find_organ(name: str) -> str | None:
    """The organ of a state that a name holds: "health ministry" for a health minister too."""
    low = " ".join(_singular(w) for w in _WORD.findall(name))
    padded = f" {low} "
    for words, organ in _organs():
        if words.endswith("minister") and f" {words} " in padded:
            return organ
    match = _MINISTRY.search(low)
    if match:
        area = match["of"] or match["before"]
        area = _SPELLED.get(area, area)
        if area not in _NO_MINISTRY:
            return f"{area} ministry"
    folded = [(f" {' '.join(_singular(w) for w in words.split())} ", o) for words, o in _organs()]
    found = next((organ for words, organ in folded if words in padded), "none")
    return None if found == "none" else found


@functools.cache
def _groups() -> tuple[tuple[str, str], ...]:
    """(name as written, organisation), the longest names first."""
    rows: dict[str, dict[str, Any]] = load_table("roles")["group"]
    pairs = [(n, r["name"]) for r in rows.values() for n in (r["name"], *r.get("names", ()))]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


def find_group(name: str) -> str | None:
    """The organisation that a name holds as a whole word, in its own capitals: "SOHR" is one."""
    padded = f" {' '.join(_WORD.findall(name))} "
    return next((group for alias, group in _groups() if f" {alias} " in padded), None)


def _person_in(name: str, actor: Actor | None, kind: str) -> tuple[str, ...]:
    """The words of a person's name that a source holds, folded; none where it names none."""
    own = actor.name if actor else ""
    words = own.split()
    if (
        words
        and kind in ("official", "person", "witness", "unnamed", "agency")
        and len(own) < len(name.removeprefix("the ").removeprefix("The "))
        and all(w[0].isupper() or w in ("al", "bin", "van", "de", "von") for w in words)
        and not _ORGANISATION & {w.lower() for w in words}
    ):
        return tuple(fold(_TITLE.sub("", own)).split())
    if kind in ("person", "witness"):
        run = _CAPITAL_RUN.search(_TITLE.sub("", name))
        if run and not _ORGANISATION & set(run[0].lower().split()):
            return tuple(fold(run[0]).split())
        if kind == "person" and name[:1].isupper() and len(name.split()) == 1:
            return tuple(fold(name).split())
    return ()


@functools.lru_cache(maxsize=8192)
def _identify(name: str, kind: str, named: bool, actor: Actor | None) -> Identity:  # noqa: FBT001 - cached by all four
    words = frozenset(_singular(w) for w in _WORD.findall(name)) - _EMPTY
    tokens = [w.lower() for w in _WORD.findall(name)]
    head = _head(tokens)
    actor_kind = actor.kind if actor else None
    who = Identity(
        "institution",
        name,
        organ=find_organ(name) if actor_kind in (None, *_STATE) else None,
        group=find_group(name),
        country=actor.country if actor else None,
        kind=actor_kind,
        words=words,
        speaks="spokes" in name.lower(),
        plural=head != _singular(head),
        apart=bool(words & _table("vague", "apart")),
        actor=actor,
    )
    person = _person_in(name, actor, kind)
    if person:
        speaks = who.speaks or bool(words & _table("speaks_for", "words"))
        organ = who.organ if speaks else None
        group = who.group if speaks and organ is None else None
        return replace(who, form="person", person=person, organ=organ, group=group, speaks=speaks)
    only_described = who.organ is None and not _CAPITAL.search(name[1:])
    if len(tokens) == 1 and (named or kind == "media") and name[:1].isupper():
        only_described = False  # "Hamas" opens a sentence with the capital that "Medics" has
    if only_described or _is_vague(tokens, kind, named=named):  # before media: "reports on X"
        # local media have it from whoever they have it from
        kind_of = None if kind == "media" or actor_kind in ("media", "agency") else actor_kind
        return replace(who, form="vague", organ=None, group=None, kind=kind_of)
    if kind == "media" or find_by_name(name):
        return replace(who, form="medium", organ=None)
    return who


def _head(tokens: list[str]) -> str:
    """The word that a noun phrase is about: the last before *of*, *in*, *with* and the like."""
    stops = {"of", "in", "with", "from", "at", "who", "that", "for", "on", "near", "to", "by"}
    before: list[str] = []
    for token in tokens:
        if token in stops and before:
            break
        before.append(token)
    return before[-1] if before else ""


def _is_vague(tokens: list[str], kind: str, *, named: bool) -> bool:
    if not tokens or kind == "unnamed" or (len(tokens) == 1 and tokens[0] in _PRONOUNS):
        return True
    if tokens[0] in _WHOSE or (kind == "document" and tokens[0] in ("a", "an")):
        return True  # "its spokesman", "a photo posted on Telegram": whose?
    head = _head(tokens)
    single = _singular(head)
    if single in _table("vague", "collective") and (head != single or single == "people"):
        return True
    if kind == "witness" and not named:
        return True
    return tokens[0] in ("a", "an", "another", "one") and single in _table("vague", "unnamed")


def identify(source: Source | None) -> Identity:
    """Who a source is; an unnamed hop (*it was reported that*) is nobody told apart."""
    if source is None:
        return Identity("vague", "an unnamed source", apart=False)
    return _identify(source.name, source.kind, source.named, source.actor)


def _is_same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True where surnames agree and first names do not differ: *O. Danylko*, *Danylko*."""
    last_a, last_b = _spelled(a[-1]), _spelled(b[-1])
    if last_a != last_b:
        # East Asian names stand surname first, and reports write them either way
        return len(a) > 1 and sorted(a) == sorted(b)
    return all(
        x == y or (len(x) == 1 and y.startswith(x)) or (len(y) == 1 and x.startswith(y))
        for x, y in zip(a[:-1][:1], b[:-1][:1], strict=False)
    )


def _is_surname(bare: Identity, person: Identity) -> bool:
    """True where a lone name is the other's surname: *Zelenskiy said*, his title elsewhere."""
    if not person.person or bare.person or bare.organ or bare.group or " " in bare.name:
        return False
    return bare.form == "institution" and _spelled(fold(bare.name)) == _spelled(person.person[-1])


def _spelled(surname: str) -> str:
    """A surname as the transliterations of it agree: *Zelensky*, *Zelenskyy*, *Zelenskii*."""
    return re.sub(r"(?:yy|iy|ii|yi|y|i|j)$", "i", surname).replace("kh", "h").replace("ph", "f")


def agree(a: str | None, b: str | None) -> bool:
    """True where two values are the same or one is not known."""
    return a is None or b is None or a == b


def same_speaker(a: Identity, b: Identity) -> tuple[str, str] | None:
    """The rule and its words by which two sources of different reports are one, or None."""
    if not agree(a.country, b.country):
        return None
    if a.person and b.person and _is_same_person(a.person, b.person):
        titles = "" if fold(a.name) == fold(b.name) else f": {a.name}; {b.name}"
        return "same speaker", f"one person by name{titles}"
    surname = (_is_surname(a, b) and a.name) or (_is_surname(b, a) and b.name)
    if surname:
        return "same speaker", f"one person by surname: {surname}"
    if a.form == b.form == "vague":
        return _described_alike(a, b)
    if "vague" in (a.form, b.form):
        return None
    if not a.person and not b.person and _is_one_name(a, b):
        return "same speaker", f"one name: {a.name}; {b.name}"
    return _one_institution(a, b)


def _one_institution(a: Identity, b: Identity) -> tuple[str, str] | None:
    """The rule by which an institution's names, spokespeople and heads are one source, or None."""
    named = _holds_name(a, b) or _holds_name(b, a)
    group = a.group if a.group == b.group and a.organ == b.organ else None
    one = group or (a.organ if a.organ == b.organ else None)
    if not named and one is None:
        return None
    if named or a.person or b.person or a.speaks or b.speaks:
        which = f": the {one}" if one else ""
        return "speaks for", f"{a.name} and {b.name} speak for one institution{which}"
    return "same speaker", f"one institution under two names: {a.name}; {b.name}"


def _holds_name(speaker: Identity, other: Identity) -> bool:
    """True where a spokesperson's title holds the institution's own name: *White House*."""
    if not speaker.speaks or other.person or other.form != "institution":
        return False
    name = fold(other.name)
    return (
        bool(name)
        and _CAPITAL.search(other.name) is not None
        and (fold(speaker.name).startswith(f"{name} "))
    )


def _is_one_name(a: Identity, b: Identity) -> bool:
    one, other = fold(a.name), fold(b.name)
    if one == other:
        return True
    if a.actor and b.actor and fold(a.actor.name) == fold(b.actor.name) and a.form == b.form:
        # "Security" alone is no name: a name that was read by half joins nobody
        return bool(a.organ == b.organ) and (" " in a.actor.name or a.actor.name.isupper())
    found = find_by_name(a.name), find_by_name(b.name)
    return found[0] is not None and found[0] is found[1]


def _described_alike(a: Identity, b: Identity) -> tuple[str, str] | None:
    if not (a.words and b.words) or a.country != b.country or a.kind != b.kind:
        return None
    if a.apart or b.apart or a.plural != b.plural:
        return None
    shared, all_ = len(a.words & b.words), len(a.words | b.words)
    if shared / all_ < 0.75:
        return None
    return "described alike", f"nothing tells {a.name} and {b.name} apart"


def one_upstream(a: Identity, b: Identity) -> tuple[str, str] | None:
    """As `same_speaker`, for the sources that one speaker names: two wordings of one upstream.

    *An allied country's intelligence agency* and *an allied intelligence agency*: what the shorter
    says, the longer says too.
    """
    if a.person or b.person:
        return None
    if not (agree(a.country, b.country) and agree(a.kind, b.kind)) or a.apart or b.apart:
        return None
    small, large = sorted((a.words, b.words), key=len)
    if small and small <= large and len(small) > 1:
        return "one upstream", f"one upstream under two wordings: {a.name}; {b.name}"
    return None


def fits_lead(lead: Identity, source: Identity) -> bool:
    """True where a vaguer lead may be the source that the same report goes on to quote.

    *South Korean officials said* and *the NIS said*; a lone unnamed source is no lead, and of whom
    no kind is known leads nowhere.
    """
    if lead.form != "vague" or not lead.plural or "source" in lead.words or lead.apart:
        return False
    if not source.is_told_apart or source.form == "medium" or None in (lead.kind, source.kind):
        return False
    return could_be(lead, source)


def could_be(vague: Identity, other: Identity) -> bool:
    """True where nothing speaks against a vague source's being the other one."""
    if other.form == "medium" or not agree(vague.country, other.country):
        return False
    if _is_witness(vague) != _is_witness(other) and None not in (vague.kind, other.kind):
        return False
    if vague.kind is None or vague.kind == other.kind:
        return True
    if other.kind is None:  # medics may be a woman by name, not an institution of any kind
        return other.form != "institution"
    if vague.kind == "government" and other.kind in _STATE:
        return True
    return other.form == "vague" and other.kind == "government" and vague.kind in _STATE


def _is_witness(who: Identity) -> bool:
    return bool(who.words & {"witness", "eyewitness", "resident", "villager", "survivor", "local"})


def may_be_words(vague: Identity, other: Identity) -> str:
    """What is said of a vague source that may be another; a person is never named."""
    if other.form != "institution":
        return "may be one already counted"
    same = [w for w, x, y in (("country", vague.country, other.country),
                              ("kind", vague.kind, other.kind)) if x and x == y]  # fmt: skip
    if not same:  # that nothing speaks against it is no reason to name anyone
        return "may be one already counted"
    return f"may be {other.name}: {', '.join(f'same {w}' for w in same)}"
