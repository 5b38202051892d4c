"""The two sides of an incident as data sets of conflicts code them, where the claims tell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from sayso.exchange.countries import state_of
from sayso.lexicon.events import Ontology
from sayso.lexicon.load import load_words
from sayso.record.incident import ActorLine

Class = Literal["state", "armed", "civilians"]
STATE = {"military": "Military Forces", "police": "Police Forces", "government": "Government",
         "intelligence": "Government"}  # fmt: skip
ARMED = frozenset({"rebels", "criminals"})
_listed = partial(load_words, "shapes", "sides")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: what the claims call it, of which class, what it does.

    `names` are all that a list may know it by, the first is the one written. `does` where it
    attacks, captures, kills; `suffers` where that happens to it; both of a side in a clash.
    """

    group: Class
    names: tuple[str, ...]
    country: str | None
    kind: str | None
    does: bool
    suffers: bool
    claims: tuple[str, ...]
    named: bool = True  # False where the words call it `gunmen` or `soldiers`, nobody's own

    @property
    def name(self) -> str:
        """The name that is written where no list has another."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands against whom; None where the claims do not tell."""

    a: Party | None = None
    b: Party | None = None
    at: bool = False  # civilians are the aim, not only among the dead

    @property
    def type_of_violence(self) -> int | None:
        """UCDP's: 1 state-based, 2 non-state, 3 one-sided; None where the actors do not tell.

        Its conflicts are between organised actors: who is only called gunmen may be anybody.
        """
        if self.a is None or self.b is None or not (self.a.named and self.b.named):
            return None
        if self.b.group == "civilians":
            return 3 if self.at else None
        return 1 if "state" in (self.a.group, self.b.group) else 2

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that tell of the two."""
        held = [c for party in (self.a, self.b) if party for c in party.claims]
        return tuple(dict.fromkeys(held))


def class_of(line: ActorLine, ontology: Ontology) -> Class | None:
    """What an actor is in a conflict; None for a thing, a bystander, or who may be anybody."""
    words = words_in(line)
    head = words[-1] if words else ""
    if head in _listed("deeds") or _is_thing(head, ontology):
        return None
    if line.kind in STATE:
        # a mayor who is shot is no army
        office = line.kind == "government" and line.country is None
        return None if office and line.role not in ("side", "attacker", "killer") else "state"
    if line.kind in ARMED:
        return "armed"
    if line.kind == "civilians":
        return None if head in _listed("anybody") else "civilians"
    return None


def _is_thing(noun: str, ontology: Ontology) -> bool:
    things = (ontology.classes.get(c, frozenset()) for c in _listed("things"))
    return any(w in held for held in things for w in forms(noun))


def words_in(line: ActorLine) -> list[str]:
    """The words that an actor is called by, in small letters."""
    return re.findall(r"[a-z-]+", (line.name or line.words).casefold())


def forms(word: str) -> tuple[str, ...]:
    """A noun and what its singular may be: the classes hold `gunman`."""
    return word, word.removesuffix("s"), re.sub(r"men$", "man", word)


def is_proper(name: str, ontology: Ontology) -> bool:
    """True where a name has a word of its own: `al-Shabaab`; not `Gunmen` at a sentence's start."""
    common = [ontology.classes.get(c, frozenset()) for c in _listed("called")]
    for word in re.findall(r"[^\W\d_][\w’'-]*", name):
        own = word[0].isupper() or ("-" in word and any(p[:1].isupper() for p in word.split("-")))
        if own and not any(w in held for held in common for w in forms(word.casefold())):
            return True
    return False


def find_sides(lines: Sequence[ActorLine], ontology: Ontology) -> Sides:
    """The sides of an incident, by who does what to whom in its events."""
    parties = list(_parties(lines, ontology))
    armed = [p for p in parties if p.group != "civilians"]
    found = _against(armed)
    if found:
        return found
    if armed:
        civilians = next((p for p in parties if p.group == "civilians" and p.suffers), None)
        doer = next((p for p in armed if p.does), None)
        if doer and civilians:
            return Sides(doer, civilians, _aimed_at(lines, ontology))
        if doer or armed[0].group == "state":
            return Sides(doer or armed[0])
        return Sides(None, armed[0])
    return Sides()


def _against(armed: Sequence[Party]) -> Sides | None:
    """The two who do something to each other; a state stands first, as UCDP writes it."""
    for one in armed:
        for other in armed:
            if one is not other and one.does and other.suffers and _apart(one, other):
                swap = other.group == "state" and one.group != "state"
                return Sides(other, one) if swap else Sides(one, other)
    return None


def _apart(one: Party, other: Party) -> bool:
    """False where both may be the same: `forces` of no country may be of either side."""
    if one.group != other.group:
        return True
    if one.group == "state":
        return bool(one.country and other.country and one.country != other.country)
    return one.named and other.named


def _aimed_at(lines: Iterable[ActorLine], ontology: Ontology) -> bool:
    """True where civilians are who is attacked or taken, not only among the dead of a shelling.

    *They attacked a village, killing nine villagers* aims at them; a bomb among fighters may not.
    """
    held = list(lines)
    told = {line.event for line in held}
    at_hand = _listed("at_hand")
    if told & at_hand and not told & _listed("at_large"):
        at_hand |= {"death"}
    return any(
        line.event in at_hand
        and role_of(line, ontology) == 1
        and class_of(line, ontology) == "civilians"
        for line in held
    )


def is_hit(line: ActorLine, ontology: Ontology) -> bool:
    """True of people whom no words make fighters, and who are attacked, taken, hurt or killed."""
    hurting = _listed("at_hand") | _listed("hurt")
    return line.event in hurting and role_of(line, ontology) == 1 and line.kind == "civilians"


def role_of(line: ActorLine, ontology: Ontology) -> int | None:
    """0 for who does it, 1 for whom it happens to, None for a means."""
    if line.event not in ontology.types:
        return None
    roles = ontology.types[line.event].roles
    return roles.index(line.role) if line.role in roles[:2] else None


def _parties(lines: Sequence[ActorLine], ontology: Ontology) -> Iterator[Party]:
    """The parties, those that most claims name first."""
    held: dict[tuple[Class, str], list[tuple[ActorLine, int, bool]]] = {}
    families = _listed("families")
    for line in lines:
        if line.event not in ontology.types or ontology.family(line.event) not in families:
            continue
        role, group = role_of(line, ontology), class_of(line, ontology)
        if role is None or group is None:
            continue
        both = len(set(ontology.types[line.event].roles[:2])) == 1  # side against side
        held.setdefault((group, _key(line, group)), []).append((line, role, both))
    made = [_party(group, rows, ontology) for (group, _), rows in held.items()]
    yield from sorted(made, key=lambda p: (-len(p.claims), p.name))


def _key(line: ActorLine, group: Class) -> str:
    """What makes two lines one party: a state's forces by the state, others by their name."""
    if group == "state":
        return line.country or f"{line.kind}:{line.name or line.words}".casefold()
    return "" if group == "civilians" else (line.name or line.words).casefold()


def _party(
    group: Class, rows: Sequence[tuple[ActorLine, int, bool]], ontology: Ontology
) -> Party:  # fmt: skip
    lines = [line for line, _, _ in rows]
    country = next((line.country for line in lines if line.country), None)
    kind = next((line.kind for line in lines if line.kind), None)
    both = any(each for _, _, each in rows)
    told = [(name, is_proper(name, ontology)) for name in map(_bare, lines)]
    told.sort(key=lambda t: not t[1])
    names = list(_conventional(group, country, kind))
    if group != "civilians":
        names += [name if proper else name.casefold() for name, proper in told]
    return Party(
        group, tuple(dict.fromkeys(names)), country, kind,
        both or any(role == 0 for _, role, _ in rows),
        both or any(role == 1 for _, role, _ in rows),
        tuple(dict.fromkeys(c for line in lines for c in line.claims)),
        group == "civilians" or country is not None or any(proper for _, proper in told),
    )  # fmt: skip


def _conventional(group: Class, country: str | None, kind: str | None) -> Iterator[str]:
    """What data sets call civilians and a state's forces."""
    state = state_of(country)
    if group == "civilians":
        yield "Civilians"
    elif group == "state" and state is not None:
        yield f"{STATE[kind or 'government']} of {state.name}"
        yield f"Government of {state.name}"


def _bare(line: ActorLine) -> str:
    """What a claim calls somebody, without article: `the militia` is `militia`."""
    name = line.name or line.words
    return re.sub(r"^(?:the|an?|its|their|his|our) ", "", name, flags=re.IGNORECASE)
