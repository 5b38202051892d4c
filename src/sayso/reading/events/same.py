"""Which events of a report are the same one, so that they share its time and its place."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.lexicon.events import Ontology
from sayso.reading.events.company import is_definite
from sayso.reading.events.setting import EXACT_FIRST, hangs_apart, is_meanwhile
from sayso.reading.events.triggers import Trigger
from sayso.reading.grounding.countries import country_by_code
from sayso.record import Place, When

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

# What an incident is, and what comes of it: both have the incident's time and place.
_INCIDENTS = frozenset({"violence", "mishap"})
_EFFECTS = frozenset({"dying", "hurting", "harm", "damage"})
_JOINED = _INCIDENTS | _EFFECTS | {"fight"}
# What is done to people beside it, in one clause: "killed five and captured two in the hills".
_BESIDE = frozenset({"holding", "absence", "unrest"})
# Named again, these are the ones told of before: "the kidnapping", "the protests".
_NAMED_AGAIN = frozenset({"holding", "unrest", "fight", "freeing", "ground_taking"})
# A war has no day and no town.
_WARS = frozenset({"war", "conflict", "insurgency", "rebellion", "uprising", "warfare"})
# Of these words an event is another than the one that is told of.
_ANOTHER = frozenset({
    "another", "before", "ever", "earlier", "former", "frequently", "often", "once", "other",
    "past", "previous", "previously", "recent", "repeatedly", "similar", "such",
})  # fmt: skip
_FINE_FIRST = ("minute", "hour", "day", "week", "month", "quarter", "year")
_PRONOUNS = frozenset({"he", "him", "she", "her", "they", "them", "it"})
_ONE_COUNTRY = 0.75
_YEAR_DIGITS = 4
_FEW = 3  # places, for a report to be about one country


@dataclass(frozen=True, slots=True)
class Told:
    """An event as its own words tell it.

    `only_clock` is true where the words tell the hour and not the day ("at about 5 a.m."), `beside`
    is the one town that its sentence names.
    """

    trigger: Trigger
    negated: bool
    unreal: bool
    time: When | None
    place: Place | None
    only_clock: bool = False
    beside: Place | None = None
    in_headline: bool = False

    @property
    def happened(self) -> bool:
        """True where the words say that it took place."""
        return not (self.negated or self.unreal)


def fill_settings(
    told: list[Told], ontology: Ontology, home: Place | None = None
) -> list[tuple[When | None, Place | None]]:
    """The time and place of each event: its own, its sentence's incident's, or the report's.

    `home` is the country that the report is about: there is the war that it speaks of.
    """
    told = _share_in_sentence(told, ontology)
    main = _main_incident(told, ontology)
    if main is not None:
        told = [_filled(t, main, ontology, told) for t in told]
    told = [_named_again(told, at, ontology) for at in range(len(told))]
    return [(t.time, t.place or (home if _is_war(t) else None)) for t in told]


def _days_beside(one: Told, told: list[Told]) -> set[str | None]:
    """The days that the sentence of an event tells, but for those of what was done over it.

    "Police arrested nine on Tuesday over the killing of a judge" leaves the killing's day open.
    """
    return {
        t.time.start
        for t in told
        if t.time
        and not t.only_clock
        and t.trigger.sentence == one.trigger.sentence
        and not (t is not one and hangs_apart(one.trigger.head, t.trigger.head))
    }


def _share_in_sentence(told: list[Told], ontology: Ontology) -> list[Told]:
    """An attack and the deaths it caused, told in one sentence, share what either one has."""
    known: dict[int, list[Told]] = {}
    for one in told:
        if (one.time or one.place) and ontology.family(one.trigger.type) in _JOINED | _BESIDE:
            known.setdefault(one.trigger.sentence, []).append(one)
    out = []
    for one in told:
        family = ontology.family(one.trigger.type)
        for other in known.get(one.trigger.sentence, ()) if family in _JOINED | _BESIDE else ():
            if one.time and one.place:
                break
            both = {family, ontology.family(other.trigger.type)}
            if both <= _INCIDENTS and _is_apart(one, other):
                continue
            if _is_near(one, other) and (both <= _JOINED or _is_one_clause(one, other)):
                one = dataclasses.replace(  # noqa: PLW2901 - filled step by step
                    one, time=one.time or other.time, place=one.place or other.place
                )
        out.append(one)
    return out


def _is_near(one: Told, other: Told) -> bool:
    return one.trigger.sentence == other.trigger.sentence and not (
        one.time and other.time and one.time != other.time
    )


def _is_apart(one: Told, other: Told) -> bool:
    """True for two attacks of which one answers or follows the other: "a strike over the raid"."""
    mine, its = one.trigger.head, other.trigger.head
    return one.trigger.sentence == other.trigger.sentence and (
        hangs_apart(mine, its) or hangs_apart(its, mine)
    )


def _is_one_clause(one: Told, other: Told) -> bool:
    """True where two verbs share what tells of both: "killed five and took two in the hills".

    And for what went on meanwhile: "arrested nine in Gao as protesters blocked a road"; and for
    what is counted together: "nine dead and one missing".
    """
    first, last = one.trigger.head, other.trigger.head
    if last.dep_ == "conj" and last.head.i == first.i and first.pos_ == last.pos_ == "VERB":
        return True
    if first.dep_ == "conj" and first.head.i == last.i and first.pos_ != "VERB":
        return True
    return any(
        low.head.i == high.i and is_meanwhile(low) for low, high in ((first, last), (last, first))
    )


def _main_incident(told: list[Told], ontology: Ontology) -> Told | None:
    """The incident that the report is about: the first, with its first stated time and place.

    What came of it stands for it where it is told first ("killed five on Saturday … when the
    gunmen opened fire at 5 a.m."), and tells its day where the next sentence does.
    """
    joined = [t for t in told if ontology.family(t.trigger.type) in _JOINED and t.happened]
    incidents = [t for t in joined if ontology.family(t.trigger.type) in _INCIDENTS]
    if not joined:
        return None
    first = incidents[0] if incidents else joined[0]
    told_first = joined[0].trigger.sentence < first.trigger.sentence
    if incidents and told_first and _is_elsewhere(first, joined[0]):
        first, incidents = joined[0], []  # "killed 22 near Gao … follows a bombing in the capital"
    before = told[: told.index(first)]  # "with air support, troops killed 20": not the deed
    opens = all(
        t.trigger.sentence == first.trigger.sentence
        and ontology.family(t.trigger.type) not in _BESIDE
        for t in before
    )
    if not incidents and (not opens or ontology.family(first.trigger.type) == "fight"):
        return None  # only an effect that the report opens with stands for its cause
    same = [t for t in joined if t is first or not _is_other(t, first)]
    near = [t for t in same if _is_beside(t, first, told)]
    twins = [t for t in incidents[:4] if t in same and _is_twin(first, t, ontology)]
    own = first.trigger.sentence
    opened = any(t.time and t.trigger.sentence < own for t in same)
    # "Scores were killed on Sunday … The massacre …", then a look back: not its day
    beside = [t for t in near if not (opened and t.trigger.sentence > own)]
    timed = [t for t in (first, *twins, *beside) if t.time and not t.only_clock]
    time = timed[0].time if timed else first.time
    place = first.place or next((t.place for t in twins if t.place), None) or first.beside
    around = [t for t in near if t.trigger.sentence <= first.trigger.sentence]
    if first.in_headline:
        around = near  # the body's first sentence says where
    if place is None:  # "held a clerk hostage at a cafe in Gao for hours before police stormed it"
        here = [t for t in told if t.happened and t.trigger.sentence == first.trigger.sentence]
        around += [t for t in here if t in same or t not in joined]
    for other in around:
        if other.place and (place is None or _is_within(other.place, place)):
            place = other.place
    return dataclasses.replace(first, time=time, place=place)


def _is_elsewhere(one: Told, other: Told) -> bool:
    """True where two events have two places of which neither is the other told more exactly."""
    if not (one.place and other.place) or one.place.name == other.place.name:
        return False
    return not (_is_within(one.place, other.place) or _is_within(other.place, one.place))


def _is_beside(one: Told, first: Told, told: list[Told]) -> bool:
    """True for what stands in the sentence before or behind, of those that tell of anything."""
    here, there = sorted((one.trigger.sentence, first.trigger.sentence))
    return not any(here < t.trigger.sentence < there for t in told)


def _is_twin(first: Told, other: Told, ontology: Ontology) -> bool:
    """True where a later mention may be the first incident again: "the attack", no other day."""
    if first.time and other.time and first.time.start != other.time.start:
        return False
    mine, theirs = ontology.types[first.trigger.type], ontology.types[other.trigger.type]
    if mine.family != theirs.family:
        return False
    return mine.name == theirs.name or (theirs.general and is_definite(other.trigger.head))


def _is_other(one: Told, first: Told) -> bool:
    """True for another incident than the first: one known by its date, one that it answers."""
    return _is_apart(one, first) or _is_dated(one) or _is_elsewhere(one, first)


def _is_dated(one: Told) -> bool:
    """True for an event known by its date: "the 2011 attacks", "the 9/11 attacks"."""
    head = one.trigger.head
    return any(
        c.i < head.i and c.text[0].isdigit() and ("/" in c.text or len(c.text) == _YEAR_DIGITS)
        for c in head.children
    )


def _filled(one: Told, main: Told, ontology: Ontology, told: list[Told]) -> Told:
    """The event with what the report's incident tells, where it is that incident or came of it."""
    if one.trigger is not main.trigger and not _is_of_main(one, main, ontology, told):
        return one
    time, place = one.time, one.place
    if one.only_clock and time and main.time:
        time = _at_clock(time, main.time)
    if place is None or (main.place and not one.time and _is_within(main.place, place)):
        place = main.place
    return dataclasses.replace(one, time=time or _reported(main.time), place=place)


def _is_of_main(one: Told, main: Told, ontology: Ontology, told: list[Told]) -> bool:
    """True for what may be the report's incident named again, or have come of it."""
    family = ontology.family(one.trigger.type)
    head = one.trigger.head
    again = _is_again(one)
    if (one.unreal and not again) or family not in _JOINED or _is_another(head):
        return False
    if family == "fight" and not again:
        return False
    if one.trigger.sentence < main.trigger.sentence and not _is_beside(one, main, told):
        return False  # told before the incident was
    # another day or an earlier year: another incident
    if main.time and any(day != main.time.start for day in _days_beside(one, told)):
        return False
    elsewhere = head.pos_ == "NOUN" and not is_definite(head) and one.place
    return not (family in _INCIDENTS and elsewhere)


def _reported(time: When | None) -> When | None:
    """A time that the report tells elsewhere than the event's own words do."""
    return dataclasses.replace(time, basis="report") if time else None


def _is_again(one: Told) -> bool:
    """True for words that name what is known: "the raids", "among the dead", "rallied again"."""
    head = one.trigger.head
    if head.pos_ == "VERB":  # det: the parser's word for "seven of the injured"
        return any(c.dep_ == "det" or c.lower_ == "again" for c in head.children) or any(
            t.lower_ in _PRONOUNS for t in one.trigger.victims
        )
    return is_definite(head) and head.lemma_.lower() not in _WARS


def _is_another(head: Token) -> bool:
    """True for "an earlier killing", "have attacked reporters before", "it targets depots"."""
    if head.tag_ in {"VBZ", "VBP"}:
        return True
    return any(c.lower_ in _ANOTHER and c.dep_ in {"amod", "advmod", "det"} for c in head.children)


def _at_clock(clock: When, day: When) -> When:
    """The hour of one time on the day of another."""
    if not (clock.start and day.start and day.end and day.start[:10] == day.end[:10]):
        return clock
    start = day.start[:10] + clock.start[10:]
    return When(start, start, clock.precision, "report")


def _is_within(inner: Place, outer: Place) -> bool:
    """True where the one place is told more exactly, in the same country."""
    if inner.country != outer.country or outer.precision not in EXACT_FIRST:
        return False
    if inner.admin1 and outer.admin1 and inner.admin1 != outer.admin1:
        return False  # Gao is not in the region of Kidal
    return EXACT_FIRST.index(inner.precision) < EXACT_FIRST.index(outer.precision)


def _named_again(told: list[Told], at: int, ontology: Ontology) -> Told:
    """The event with the time and place of the one that it names again: "the kidnapping"."""
    one = told[at]
    family = ontology.family(one.trigger.type)
    if family not in _NAMED_AGAIN or not _is_again(one):
        return one
    same = [
        t
        for t in told
        if t is not one and ontology.family(t.trigger.type) == family and t.happened
        and not (one.time and t.time and one.time.start != t.time.start)
        and not (one.place and t.place and one.place.name != t.place.name)
    ]  # fmt: skip
    time = one.time or min((t.time for t in same if t.time), key=_coarseness, default=None)
    place = one.place or next((t.place for t in same if t.place), None)
    return dataclasses.replace(one, time=one.time or _reported(time), place=place)


def _coarseness(time: When) -> int:
    """How long a time is: the shorter tells more of one event ("last month … on February 13")."""
    return _FINE_FIRST.index(time.precision) if time.precision in _FINE_FIRST else len(_FINE_FIRST)


def find_home(places: Iterable[Place], seat: Place | None = None) -> Place | None:
    """The country in which nearly all places of the report lie, as the report names it.

    Where the report was written (`seat`), it is enough that most of them lie there.
    """
    there = [p for p in places if p.reads_as == "place" and p.country]
    counts = Counter(p.country for p in (*there, seat) if p and p.country)
    top, times = next(iter(counts.most_common(1)), (None, 0))
    if top is None or not (
        times >= max(_FEW, _ONE_COUNTRY * counts.total()) or (seat and seat.country == top)
    ):
        return None
    for place in places:
        if place.country == top and place.precision == "country":
            return dataclasses.replace(place, reads_as="place")
    country = country_by_code(top)
    if country is None:
        return None
    return Place(
        (), country.name, f"geonames:{country.geonames}", top, None, country.lat, country.lon,
        "country",
    )  # fmt: skip


def _is_war(one: Told) -> bool:
    return one.trigger.head.lemma_.lower() in _WARS
