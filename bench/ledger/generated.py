"""Readings made up by a seeded generator: for tests and measurements, never for quality.

Each says so itself: its publisher is "Generated", its text begins with that word.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from sayso.record import (
    Actor,
    Attribution,
    Block,
    Certainty,
    Claim,
    Counts,
    Event,
    Figure,
    Participant,
    Place,
    Reading,
    Report,
    Source,
    Span,
    When,
    make_id,
    report_id,
)

TOWNS = [f"{a}{b}" for a in "Kor Bel Tar Vash Mir Ostr Dun Hal Pol Zel".split()
         for b in "ava ino esk anka omir ugrad itsa ovka".split()]  # fmt: skip
# words that stand between the others, so that texts are no more alike than texts are
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zan ter lin mor".split()
SERVICES = "Service Ministry Command Directorate Guard Council".split()
FIRST = "Anton Bela Clara Dmitri Elena Farid Greta Hana Ivo Jana".split()
LAST = "Tarnow Belk Corven Dask Elmer Farouq Grell Hovan Ister Jorik".split()
COUNTRIES = "UKR RUS SDN PRK KOR SYR MMR ETH COD MLI".split()
TYPES = "attack capture death deployment displacement explosion protest arrest".split()
COUNTS: tuple[Counts, ...] = ("killed", "wounded", "captured", "deployed", "missing")
CERTAINTIES: tuple[Certainty, ...] = (
    "stated",
    "stated",
    "stated",
    "confirmed",
    "purported",
    "possible",
    "denied",
)
SINCE = date(2015, 1, 1)
A_DAY = 25  # reports
STORY = 3  # reports of one story
OWN = 0.7  # of a report's claims are about its story's town, the others recall other places
VOCABULARY = 40  # words of a story that other stories do not have


class _Maker:
    """One report in the making: its text grows, and spans are taken from it as it does."""

    def __init__(self, seed: int, number: int) -> None:
        self.pick = random.Random(f"{seed}/{number}")  # noqa: S311 - made-up news, not secrets
        self.number = number
        self.text = ""
        self.rows: list[tuple[Source, Attribution, Claim, Event, Figure]] = []

    def say(self, words: str) -> tuple[Span, ...]:
        start = len(self.text)
        self.text += words
        return (Span(start, len(self.text)),)

    def word(self) -> str:
        """A word that few texts hold."""
        return "".join(self.pick.choices(SYLLABLES, k=self.pick.randint(2, 4)))

    def tell(self, about: random.Random) -> None:
        """A paragraph in the story's own words, in an order of this report's."""
        words = ["".join(about.choices(SYLLABLES, k=3)) for _ in range(VOCABULARY)]
        people = [f"{about.choice(FIRST)} {w.capitalize()}" for w in words[:4]]
        self.pick.shuffle(words)
        for person in people:
            self.say(f"{' '.join(words[:8])} {person} {' '.join(words[8:12])}. ")
            self.pick.shuffle(words)
        self.say("\n\n")

    def elsewhere(self) -> list[str]:
        """Another place, what happened there, a country, a service."""
        pick = self.pick
        service = f"{self.word().capitalize()} {pick.choice(SERVICES)}"
        return [pick.choice(TOWNS), pick.choice(TYPES), pick.choice(COUNTRIES), service]

    def claim(self, n: int, day: date, story: list[str]) -> None:
        pick, make = self.pick, self._id
        own = pick.random() < OWN
        town, kind, country, *services = story if own else self.elsewhere()
        named = pick.random() < 0.3
        last = pick.choice(LAST) if pick.random() < 0.3 else self.word().capitalize()
        person = f"{pick.choice(FIRST)} {last}"
        speaker = person if named else f"the {pick.choice(services)}"
        counts = pick.choice(COUNTS)
        count = pick.randint(1, 3_000)
        start = len(self.text)
        self.say(f"In {town} ")
        number = self.say(f"{count}")
        of = self.say(f" {self.word()} troops of the {self.word()} {pick.choice(services)}")
        trigger = self.say(f" were {counts} in a {self.word()} {kind}")
        content = (Span(start, len(self.text)),)
        self.say(", ")
        source = self.say(speaker)
        self.say(" ")
        cue = self.say("said")
        self.say(f" {self.word()} {self.word()}.\n\n")
        when = When(day.isoformat(), day.isoformat(), "day", "resolved")
        place = Place(
            (Span(start + 3, start + 3 + len(town)),), town, f"made-up:{town}", country, None, None,
            None, "town",
        )  # fmt: skip
        figure = Figure(make("figure", n), number, count, count, count, "exact", counts, of)
        patient = Participant("patient", of, Actor("troops", country, "military"))
        event = Event(
            make("event", n), kind, trigger, participants=(patient,), time=when, place=place,
            figures=(figure.id,),
        )  # fmt: skip
        who = Source(
            make("source", n), speaker, "person" if named else "agency", bool(speaker),
            Actor(speaker, country, "government"), (source,),
        )  # fmt: skip
        said = Attribution(make("attribution", n), source, who.id, cue, content)
        claim = Claim(
            make("claim", n), content, said.id, pick.choice(CERTAINTIES), "positive",
            events=(event.id,), figures=(figure.id,),
        )  # fmt: skip
        self.rows.append((who, said, claim, event, figure))

    def _id(self, kind: str, n: int) -> str:
        return make_id(kind, "generated", self.number, n)

    def reading(self, claims: int, day: date) -> Reading:
        about = random.Random(f"story/{self.number // STORY}")  # noqa: S311
        story = [about.choice(TOWNS), about.choice(TYPES), about.choice(COUNTRIES)]
        made = ["".join(about.choices(SYLLABLES, k=3)).capitalize() for _ in range(5)]
        story += [f"{name} {about.choice(SERVICES)}" for name in made[:3]]
        headline = self.say(f"Generated report {self.number}")
        self.say("\n\n")
        self.tell(about)
        for n in range(claims):
            self.claim(n, day - timedelta(self.pick.randint(0, 3)), story)
        published = When(day.isoformat(), day.isoformat(), "day", "given")
        url = f"https://generated.example/{self.number}"
        end = len(self.text)
        report = Report(
            report_id(self.text, "Generated", url, published), f"generated-{self.number}",
            self.text, f"Generated: {' '.join(made[3:])} {self.number}", "Generated", None, None,
            url, published,
            (Block("headline", headline[0].start, headline[0].end),
             Block("body", headline[0].end + 2, end)), "en",
        )  # fmt: skip
        sources, attributions, found, events, figures = zip(*self.rows, strict=True)
        return Reading(report, sources, attributions, found, events, figures)


def day_of(report: int) -> date:
    """The day of the n-th report: so many come a day, however many there are."""
    return SINCE + timedelta(report // A_DAY % 100_000)


def generate(
    reports: int, *, start: int = 0, claims: int = 10, seed: int = 1, on: date | None = None
) -> Iterator[Reading]:
    """Readings numbered from `start`, all of the day `on` where it is given.

    The same seed, the same readings.
    """
    for number in range(start, start + reports):
        yield _Maker(seed, number).reading(claims, on or day_of(number))
