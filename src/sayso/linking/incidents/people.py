"""How many people an incident killed and wounded, as one report tells it.

Reports seldom count: "a man was killed and two women were shot" is one killed and two wounded. So
the people who undergo the report's events are told apart by name, age and sex, and set beside the
counts that it states. What is left open ("in critical condition") stands in the interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sayso.lexicon.events import load_events
from sayso.lexicon.load import load_words
from sayso.linking.events import start_of
from sayso.linking.figures.feared import fears_deaths, is_feared, is_forecast
from sayso.linking.figures.stated import is_part
from sayso.linking.incidents.headlines import count_title, tells_of_living
from sayso.linking.incidents.mentions import Mention
from sayso.linking.numerals import ORDINALS
from sayso.record import Event, Figure, Participant, Reading, words_of

Interval = tuple[int, int, int | None]  # low, best, high; None for open
HIT = frozenset({"shooting", "stabbing", "attack", "bombing", "strike", "shelling"})
_LEAD = 600  # characters in which a report says what it is about
_TELLING = HIT | {"death", "injury"}
# Characters in which a report tells of its own incident's people: what first dies further down is
# mostly of another case ("the second teenager killed this month"), a teaser, a look back.
_TAIL = 500
_TOLLS = frozenset({"killed", "wounded"})
_UNDERGO = frozenset({"dead", "injured", "target"})
# How far a toll read this way lay off the truth in nineteen of twenty incidents (training set);
# that who was wounded may since have died is in the killed's upper end.
_OFF = 4
_YEARS = re.compile(r" (?:y/o|yo|yrs?|years?) ?(?:old)?\b")
_COUNTED = re.compile(r" (?:\w+ )?(?:people|men|women|children|others|\w{3,}ers|residents)\b")
_ANOTHER = frozenset({"another", "other", "others", "surviving", "survivor", "survivors"})
_WHO = ("male", "female", "told_before")  # lists of lexicon/incidents.toml
_ONE = frozenset({"one", "someone", "somebody"})
_NO_NAMES = frozenset({"a", "an", "another", "one", "police", "jr", "jr.", "sr", "sr."})
_HURT = re.compile(
    r"\b(?:accidental(?:ly)? sho|accidental gunshot|self-inflicted|injur|wound|hospital|critical"
    r"|surgery|recovering|hitting an?|hit an?\b)"
)
# Where nothing of the kind is told, those who are counted as wounded are not about to die.
_GRAVE = re.compile(r"\b(?:critical|grave|serious|life[- ]threatening|life support|for their li)")
# One number for both tells neither: "killed or wounded 30", "30 dead or injured".
_EITHER = re.compile(
    r"\b(?:killed|dead) (?:or|and/or) (?:wounded|injured|hurt)\b"
    r"|\b(?:wounded|injured|hurt) (?:or|and/or) (?:killed|dead)\b"
)
_FEARED = re.compile(r"\bfeared (?:to (?:be|have been) )?(?:dead|killed|drowned|hurt|injured)\b")
_SHELLED = frozenset({"strike", "shelling", "bombing"})  # which hit places, where no person is told
_WORD = re.compile(r"[A-Za-z][\w'’.-]*|\d+")
_AGE = re.compile(r"\b(\d{1,3})[- ]year[- ]old|, (\d{1,2})\b|^(\d{1,2})\b$")


@dataclass(frozen=True, slots=True)
class Toll:
    """Killed and wounded as one report tells it; None where it says nothing of the measure.

    `counted` where a number of its own says so, not people told one by one.
    """

    killed: Interval | None
    wounded: Interval | None
    counted: bool = False


@dataclass(slots=True)
class _Person:
    """Somebody who undergoes an event: what the words tell to know them by."""

    names: frozenset[str]
    age: str | None
    sex: str | None
    points_back: bool
    another: bool = False

    def may_be(self, other: _Person) -> bool:
        """True unless names, ages or sexes speak against it."""
        if self.names and other.names:
            return bool(self.names & other.names)
        if self.age and other.age and self.age != other.age:
            return False
        return not (self.sex and other.sex and self.sex != other.sex)

    def learn(self, other: _Person) -> None:
        """Take over what the other mention of the same person adds."""
        self.names |= other.names
        self.age = self.age or other.age
        self.sex = self.sex or other.sex


class _People:
    """Persons told apart, and the largest number that one sentence counts."""

    def __init__(self) -> None:
        self.persons: list[_Person] = []
        self.counted = 0
        self.group = 0

    def add(self, event: list[tuple[_Person | None, int]]) -> None:
        """Take in the people of one event: single persons, and groups by their number."""
        self.counted = max(self.counted, sum(n for _, n in event))
        self.group = max(self.group, sum(n for person, n in event if person is None))
        taken: list[_Person] = []
        for person, _ in event:
            if person is None:
                continue
            same = next((p for p in self.persons if p not in taken and p.may_be(person)), None)
            if same is None and not (person.points_back and self.persons):
                self.persons.append(person)
                taken.append(person)
            elif same is not None:
                same.learn(person)
                taken.append(same)

    @property
    def number(self) -> int:
        """How many there are at least, by count or by telling them apart."""
        return max(self.counted, len(self.persons))

    def without(self, others: _People) -> list[_Person]:
        """The persons who can be none of the others."""
        return [
            p for p in self.persons if p.another or not any(o.may_be(p) for o in others.persons)
        ]


@dataclass
class _Told:
    """What the events of a mention tell of people, as they are read."""

    killed: _People = field(default_factory=_People)
    wounded: _People = field(default_factory=_People)
    hit: _People = field(default_factory=_People)
    fatal: bool = False
    unsaid: bool = False  # the words tell of people, and not how many were killed or wounded


def read_toll(reading: Reading, mention: Mention) -> Toll:
    """What a report tells of the people killed and wounded in an incident that it mentions."""
    figures = {f.id: f for f in reading.figures}
    text = reading.report.text
    if mention.events and set(mention.events) <= _only_denied(reading):
        return Toll(None, None)
    told = _read_people(reading, mention, figures)
    headline = _plain(reading.report.title or "") if mention.main else ""
    title = count_title(headline)
    if told.fatal:  # "a fatal shooting", where nobody is named
        title["killed"] = max(1, title.get("killed", 0))
    hurt = mention.main and bool(_HURT.search(_plain(f"{reading.report.title} {text[:2000]}")))
    grave = _GRAVE.search(text) is not None
    if told.unsaid:
        told.hit = _People()
        toll = _without_zeros(_sum_up(told, title, hurt=False, grave=grave))
    else:
        toll = _sum_up(told, title, hurt=hurt and bool(mention.types & HIT), grave=grave)
    if toll.wounded == (0, 0, _OFF) and tells_of_living(headline):
        toll = Toll(toll.killed, (0, 1, 1 + _OFF), toll.counted)
    own = [e for e in reading.events if e.id in set(mention.events)]
    return _open_up(toll, _at_least(own, figures, "death"), _at_least(own, figures, "injury"))


def _read_people(reading: Reading, mention: Mention, figures: Mapping[str, Figure]) -> _Told:
    ids, text = set(mention.events), reading.report.text
    told = _Told(unsaid=fears_deaths(text))
    begun = False
    denied = _only_denied(reading)
    for event in sorted(reading.events, key=start_of):
        if event.id not in ids or event.negated or event.hypothetical or event.id in denied:
            continue
        if mention.main and begun and start_of(event) > _TAIL:
            continue
        if event.trigger and is_feared(text, event.trigger):
            told.unsaid = True
            continue
        found = list(_people_of(reading, event, figures))
        begun = begun or bool(found and event.type in _TELLING)
        match event.type:
            case "death":
                told.killed.add(found)
                nobody = not any(p.role == "dead" for p in event.participants)
                told.fatal = told.fatal or ((bool(found) or nobody) and start_of(event) < _LEAD)
            case "injury":
                told.wounded.add(found)
            case "casualties":
                told.unsaid = True
            case kind if kind in HIT:
                told.hit.add(found)
    return told


def _only_denied(reading: Reading) -> set[str]:
    """The events that claims only deny: *denies that its jets hit a bus*.

    Not where the words that deny stand in the content: *the shooting was not random*.
    """
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for claim in reading.claims:
        inside = any(c.covers(s) for c in claim.content for s in claim.certainty_cue)
        told[inside or claim.certainty != "denied"].update(claim.events)
    return told[False] - told[True]


def _plain(text: str) -> str:
    """Lower-case words without those that count neither the killed nor the wounded."""
    return _FEARED.sub("", _EITHER.sub("", text.lower()))


def _without_zeros(toll: Toll) -> Toll:
    """A toll that does not say that nobody was killed where one number counts both."""
    killed, wounded = toll.killed, toll.wounded
    return Toll(
        killed if killed and killed[1] else None,
        wounded if wounded and wounded[1] else None,
        toll.counted,
    )


def _at_least(events: Iterable[Event], figures: Mapping[str, Figure], type_: str) -> float:
    """The largest count that the events of a type leave open above: 9 for *at least nine*."""
    counts = [figures[f] for e in events if e.type == type_ for f in e.figures if f in figures]
    return max((f.best or 0 for f in counts if f.bound == "above"), default=0)


def _open_up(toll: Toll, killed: float, wounded: float) -> Toll:
    """A toll whose ends stay open where its best is the least that the words give."""

    def opened(told: Interval | None, least: float) -> Interval | None:
        return (told[1], told[1], None) if told and told[1] == least and least else told

    return Toll(opened(toll.killed, killed), opened(toll.wounded, wounded), toll.counted)


def _sum_up(told: _Told, title: Mapping[str, int], *, hurt: bool, grave: bool) -> Toll:
    killed, wounded, hit = told.killed, told.wounded, told.hit
    dead = max(killed.number, title.get("killed", 0))
    alive = [p for group in (wounded, hit) for p in group.without(killed)]
    everybody = _apart([*killed.persons, *wounded.persons, *hit.persons])
    apart = min(_apart(alive), max(0, everybody - dead, sum(p.another for p in alive)))
    living = max(apart, wounded.group, wounded.counted if wounded.counted > dead else 0)
    if not dead or title.get("wounded", 0) > 1:
        living = max(living, title.get("wounded", 0))
    shot = max(hit.counted, title.get("hit", 0))
    living = max(living, shot - dead)
    if not dead and not living and (wounded.number or hit.number or hurt):
        living = 1
    if not dead and not living:
        return Toll(None, None)
    counted = max(killed.group, wounded.group, hit.group, *title.values(), 0) > 1
    least = living - _OFF if counted and living > _OFF else 0
    dying = max(1, living) if grave or not counted else 1
    return Toll((max(0, dead - 1), dead, dead + dying), (least, living, living + _OFF), counted)


def _apart(persons: Iterable[_Person]) -> int:
    """How many persons at least: those that may be one are one."""
    found: list[_Person] = []
    for person in persons:
        if not any(p.may_be(person) for p in found):
            found.append(person)
    return len(found)


def _people_of(
    reading: Reading, event: Event, figures: Mapping[str, Figure]
) -> Iterator[tuple[_Person | None, int]]:
    """Those who undergo an event: a person and 1, or None and the number of a group."""
    own = [figures[f] for f in event.figures if f in figures]
    text = reading.report.text
    counts = [
        f for f in own
        if f.scope == "incident" and not _is_age(text, f) and not is_forecast(text, f)
    ]  # fmt: skip
    most = max((f.best or 0 for f in counts), default=0)
    less = [f for f in counts if (f.best or 0) < most]
    # of "killed eight people, five in Oda and three in Saltby"
    is_sum = len(less) > 1 and sum(f.best or 0 for f in less) == most
    parts = less if is_sum else [f for f in less if is_part(text, f.span)]
    counts = [f for f in counts if f not in parts]
    elsewhere = [*parts, *(f for f in own if f.scope != "incident")]
    undergoing = [
        p for p in event.participants
        if p.role in _UNDERGO and not _is_place(reading, p) and not _holds(p, elsewhere)
    ]  # fmt: skip
    for participant in undergoing:
        number = _number_of(participant, counts)
        # "the number of people killed rose to nine": counted elsewhere in the sentence
        if number == 1 and words_of(reading.report.text, participant.text).endswith("people"):
            number = int(max((f.best or 1 for f in counts if f.counts in _TOLLS), default=1))
        if number > 1:
            yield None, number
        elif person := _person(reading.report.text, participant, event):
            yield person, _place_in_row(words_of(reading.report.text, participant.text))
    if not undergoing:
        yield from ((None, int(f.best)) for f in counts if f.best and f.best > 1)


def _holds(participant: Participant, figures: Iterable[Figure]) -> bool:
    """True where one of the figures stands in a participant's words."""
    spans = [span for figure in figures for span in figure.span]
    return any(whole.covers(span) for whole in participant.text for span in spans)


def _is_place(reading: Reading, participant: Participant) -> bool:
    """True for a dateline read as one who undergoes it: "PARIS, Ohio - A girl …"."""
    return any(place.span == participant.text for place in reading.places)


def _place_in_row(words: str) -> int:
    """3 for "a third person" who died: the third of those killed."""
    return next((ORDINALS[w] for w in words.lower().split()[:3] if w in ORDINALS), 1)


def _number_of(participant: Participant, counts: Iterable[Figure]) -> int:
    for figure in counts:
        inside = any(s.covers(part) for s in participant.text for part in figure.span)
        if inside and figure.best is not None and figure.counts != "attackers":
            return int(figure.best)
    return 1


def _is_age(text: str, figure: Figure) -> bool:
    """True for "Jane Roe, 11, died": a bare number behind a comma behind a name."""
    start = figure.span[0].start
    before, after = text[max(0, start - 3) : start], text[figure.span[-1].end :][:1]
    if after == "-" or before[-1:] in ("-", "$") or _YEARS.match(text, figure.span[-1].end):
        return True  # of a telephone number, of "11-year-old"
    if _COUNTED.match(text, figure.span[-1].end):
        return False  # "last month, 12 people"
    return text[start : start + 1].isdigit() and before.endswith(", ") and before[:1].isalpha()


def _person(text: str, participant: Participant, event: Event) -> _Person | None:
    """The person that a participant's words tell of; None for a thing."""
    words = words_of(text, participant.text)
    if words.lower() in ("himself", "herself", "self", "themselves"):
        doers = [p for p in event.participants if p.role == "attacker"]
        words = words_of(text, doers[0].text) if doers else words
    male, female, back = (load_words("incidents", "people", k) for k in _WHO)
    people = load_events().classes["people"] | male | female
    tokens = _WORD.findall(words)
    lower = {t.lower() for t in tokens}
    named = bool(tokens) and tokens[-1][0].isupper()  # not "a 3-year-old Elkhart boy"
    names = frozenset(
        t.lower() for t in tokens if named and t[0].isupper()
        and t.lower() not in back | _NO_NAMES | people
    )  # fmt: skip
    age = _AGE.search(words)
    told = age or lower & (people | back | _ANOTHER | _ONE)
    if not told and (not names or event.type in _SHELLED):
        return None  # "a strike on Oda"
    sex = "m" if lower & male else "f" if lower & female else None
    known = bool(tokens) and tokens[0].lower() in back and not names
    years = next((g for g in age.groups() if g), None) if age else None
    return _Person(names, years, sex, known, bool(lower & _ANOTHER))
