"""Reports to incidents: what joins, what stays apart, and that each step can be answered for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

import pytest

from sayso.linking.incidents.grounds import grounds_of
from sayso.linking.incidents.link import IncidentLinker
from sayso.linking.incidents.steps import Decision
from sayso.linking.rows import link_readings, rows_of
from sayso.record import (
    Claim,
    Event,
    Figure,
    Participant,
    Place,
    Reading,
    Report,
    Span,
    When,
    report_id,
)

TOWNS = {"Harrow Falls": "Oregon", "Milton Bend": "Oregon", "Saltby": "Maine"}

FIRST = (
    "HARROW FALLS, Ore. - A 34-year-old welder was shot outside the Blue Heron tavern on Quarry "
    "Lane late Tuesday, Harrow Falls police said. Dana Okafor was taken to Mercy hospital in "
    "critical condition. Sergeant Lou Pratt said that two men in a grey pickup drove off. "
    "Neighbours on Quarry Lane heard five shots shortly before the tavern closed."
)
SECOND = (
    "The welder who was shot outside the Blue Heron tavern in Harrow Falls has died, police said "
    "on Thursday. Dana Okafor, 34, died at Mercy hospital two days after she was shot on Quarry "
    "Lane. Sergeant Lou Pratt said that the grey pickup was found in a quarry near the town and "
    "that detectives look for two men."
)
NEIGHBOUR = (
    "MILTON BEND, Ore. - A 19-year-old clerk was shot at a petrol station on Ferry Road late "
    "Tuesday, Milton Bend police said. Owen Tate was struck in the leg and is expected to live. "
    "Chief Marta Ruiz said that a masked man asked for the till and fled on a bicycle along the "
    "river. The station's cameras were not working that night."
)
ELSEWHERE = (
    "SALTBY, Maine - A fishing boat burned in the harbour of Saltby on Wednesday and its skipper "
    "was taken ashore with burns, the coast guard said. Skipper Ned Hale had been mending the "
    "engine when fuel caught fire. The boat sank within an hour and oil booms were laid around "
    "the quay, harbour master Ilse Brandt said."
)


def span(text: str, words: str) -> Span:
    """Where words first stand."""
    return Span(text.index(words), text.index(words) + len(words))


def day(iso: str) -> When:
    """A day as a time."""
    return When(iso, iso, "day", "resolved")


def event(  # noqa: PLR0917 - a row of facts
    text: str, number: int, type_: str, trigger: str, who: Mapping[str, str], on: str, town: str
) -> Event:
    """An event told by words of the text."""
    people = tuple(Participant(role, (span(text, words),)) for role, words in who.items())
    where = Place((span(text, town),), town, None, "USA", TOWNS[town], None, None, "town")
    return Event(
        f"event-{number}", type_, (span(text, trigger),), participants=people, time=day(on),
        place=where,
    )  # fmt: skip


def reading(text: str, published: str, name: str, town: str, *events: Event) -> Reading:
    """A reading made by hand: its events, the town that it names, one claim."""
    when = When(published, published, "day", "given")
    report = Report(
        id=report_id(text, None, None, when), name=name, text=text, title=None, publisher=None,
        credit=None, byline=None, url=None, published=when, blocks=(), language="en",
    )  # fmt: skip
    places = tuple(
        Place((span(text, town),), town, None, "USA", TOWNS[town], None, None, "town") for _ in [0]
    )
    claim = Claim(
        "claim-1", (Span(0, len(text)),), None, "stated", "positive",
        events=tuple(e.id for e in events),
    )  # fmt: skip
    return Reading(report, claims=(claim,), events=events, places=places)


@pytest.fixture
def first() -> Reading:
    """A woman is shot."""
    shot = event(
        FIRST, 1, "shooting", "was shot", {"target": "A 34-year-old welder"}, "2024-03-05",
        "Harrow Falls",
    )  # fmt: skip
    return reading(FIRST, "2024-03-06", "first", "Harrow Falls", shot)


@pytest.fixture
def second() -> Reading:
    """She has died."""
    died = event(
        SECOND, 1, "death", "has died", {"dead": "The welder"}, "2024-03-07", "Harrow Falls"
    )
    shot = event(
        SECOND, 2, "shooting", "who was shot", {"target": "The welder"}, "2024-03-05",
        "Harrow Falls",
    )  # fmt: skip
    return reading(SECOND, "2024-03-07", "second", "Harrow Falls", died, shot)


@pytest.fixture
def neighbour() -> Reading:
    """Another is shot on the same night, in the next town."""
    shot = event(
        NEIGHBOUR, 1, "shooting", "was shot", {"target": "A 19-year-old clerk"}, "2024-03-05",
        "Milton Bend",
    )  # fmt: skip
    return reading(NEIGHBOUR, "2024-03-06", "neighbour", "Milton Bend", shot)


@pytest.fixture
def elsewhere() -> Reading:
    """A boat burns far away."""
    burnt = event(
        ELSEWHERE, 1, "injury", "taken ashore with burns", {"injured": "its skipper"},
        "2024-03-06", "Saltby",
    )  # fmt: skip
    return reading(ELSEWHERE, "2024-03-06", "elsewhere", "Saltby", burnt)


def mains(*readings: Reading) -> set[tuple[str, ...]]:
    """The reports that are about one incident each."""
    return {tuple(row["main"]) for row in rows_of(link_readings(readings)) if row["main"]}


def test_a_status_change_stays_one_incident(first: Reading, second: Reading) -> None:
    """Shot on Tuesday, dead on Thursday: one incident, and the later toll is the most recent.

    The first report says that he was shot, and nothing of any dead: nobody counts none.
    """
    (row,) = [r for r in rows_of(link_readings([first, second])) if r["main"]]
    assert row["main"] == ["first", "second"]
    assert row["figures"]["killed"]["most_recent"][1] == 1
    assert row["figures"]["killed"]["lowest"][1] == 1
    assert "wounded" not in row["figures"]
    assert row["estimate"]["wounded"][1] == 0
    assert row["type"] == "shooting"
    assert row["place"]["name"] == "Harrow Falls"


def test_neighbours_on_one_day_stay_apart(first: Reading, neighbour: Reading) -> None:
    """Two shootings on one night in neighbouring towns are two incidents."""
    assert mains(first, neighbour) == {("first",), ("neighbour",)}


def test_order_changes_nothing(
    first: Reading, second: Reading, neighbour: Reading, elsewhere: Reading
) -> None:
    """Any order of the files prints the same rows."""
    all_ = (first, second, neighbour, elsewhere)
    expected = list(rows_of(link_readings(all_)))
    for order in itertools.permutations(all_):
        assert list(rows_of(link_readings(order))) == expected


def test_each_report_is_main_once(
    first: Reading, second: Reading, neighbour: Reading, elsewhere: Reading
) -> None:
    """Exactly one row's `main` holds each report, and its `reports` do too."""
    rows = list(rows_of(link_readings([first, second, neighbour, elsewhere])))
    names = [name for row in rows for name in row["main"]]
    assert sorted(names) == ["elsewhere", "first", "neighbour", "second"]
    assert all(set(row["main"]) <= set(row["reports"]) for row in rows)


def test_one_text_under_two_names_is_one_report(first: Reading) -> None:
    """Both names are listed."""
    import dataclasses  # noqa: PLC0415 - for this one copy

    again = dataclasses.replace(first, report=dataclasses.replace(first.report, name="again"))
    (row,) = rows_of(link_readings([first, again]))
    assert row["main"] == ["again", "first"]


def test_the_same_report_twice_changes_nothing(first: Reading) -> None:
    """Linking again is idempotent."""
    linker = IncidentLinker()
    linker.add(first)
    assert linker.add(first) == []
    assert len(list(linker.incidents())) == 1


def test_decisions_carry_their_grounds(first: Reading, second: Reading) -> None:
    """A join names the closest mention and what weighed, in numbers and in words."""
    linker = IncidentLinker()
    (opened,) = linker.add(first)
    joined = next(d for d in linker.add(second) if d.step == "joins")
    assert opened.step == "opens"
    assert joined.closest == opened.mention
    assert joined.incident == opened.incident
    assert joined.score is not None
    assert joined.score > 0
    assert joined.features["words"] > 0
    assert joined.words == "the same incident"
    speaks_for, against = grounds_of(joined.features)
    assert "alike in their words" in speaks_for
    assert not set(speaks_for) & set(against)


def replay(log: Iterable[Decision]) -> dict[str, str]:
    """Mention to incident, from decisions in their order."""
    found: dict[str, str] = {}
    for decision in log:
        if decision.step == "merges":
            found = {m: decision.incident if i == decision.other else i for m, i in found.items()}
        else:
            found[decision.mention] = decision.incident
    return found


def test_an_earlier_grouping_can_be_answered(
    first: Reading, second: Reading, neighbour: Reading
) -> None:
    """Replaying the log gives the grouping as it is, and as it was after each decision."""
    linker = IncidentLinker()
    for one in (first, neighbour, second):
        linker.add(one)
    now = {m.id: i.id for i in linker.incidents() for m in i.mentions}
    assert replay(linker.log) == now
    assert len(replay(linker.log[:1])) == 1
    assert [d.step for d in linker.log].count("opens") == 2


def test_a_mention_leaves_where_it_no_longer_fits(first: Reading, elsewhere: Reading) -> None:
    """What was joined by mistake is moved out again when it is looked at, and the log says so."""
    linker = IncidentLinker()
    (opened,) = linker.add(first)
    (other,) = linker.add(elsewhere)
    linker._members[opened.incident].append(other.mention)
    linker._members.pop(other.incident)
    linker._incident[other.mention] = opened.incident
    moved = [d for d in linker.settle() if d.step == "leaves"]
    assert linker.incident_of(opened.mention) != linker.incident_of(other.mention)
    assert not moved or moved[0].other == opened.incident


def test_a_persons_word_is_never_undone(first: Reading, second: Reading) -> None:
    """What a person splits stays split, however well it fits."""
    linker = IncidentLinker()
    linker.add(first)
    (joined, *_) = linker.add(second)
    judged = linker.judge(joined.mention, "incident-own", "two shootings, says the coroner")
    assert judged.other == joined.incident
    assert linker.settle() == []
    assert linker.incident_of(joined.mention) == "incident-own"
    assert replay(linker.log)[joined.mention] == "incident-own"


def test_a_background_mention_drags_nothing_in(neighbour: Reading) -> None:
    """A report that recalls an earlier case in its last line is about its own."""
    recalled = FIRST + " A deckhand was killed in Saltby in 2019, and nobody was charged."
    shot = event(
        recalled, 1, "shooting", "was shot", {"target": "A 34-year-old welder"}, "2024-03-05",
        "Harrow Falls",
    )  # fmt: skip
    old = Event(
        "event-2", "death", (span(recalled, "was killed"),),
        participants=(Participant("dead", (span(recalled, "A deckhand"),)),),
        time=When("2019-01-01", "2019-12-31", "year", "stated"),
    )  # fmt: skip
    report = reading(recalled, "2024-03-06", "recalling", "Harrow Falls", shot, old)
    rows = list(rows_of(link_readings([report, neighbour])))
    own = next(r for r in rows if r["main"] == ["recalling"])
    assert "killed" not in own["figures"]
    assert own["estimate"]["killed"][1] == 0
    past = [r for r in rows if r["reports"] == ["recalling"] and not r["main"]]
    assert [r["type"] for r in past] == ["death"]


def test_figures_that_are_stated_large_keep_their_claims() -> None:
    """A toll beyond twenty is taken from what is stated, not told person by person."""
    text = "SALTBY, Maine - A ferry sank off Saltby on Monday. Forty people died, police said."
    died = event(text, 1, "death", "died", {"dead": "Forty people"}, "2024-03-04", "Saltby")
    forty = Figure("figure-1", (span(text, "Forty"),), 40, 40, 40, "exact", "killed")
    import dataclasses  # noqa: PLC0415 - for this one copy

    died = dataclasses.replace(died, figures=("figure-1",))
    one = reading(text, "2024-03-05", "ferry", "Saltby", died)
    claim = dataclasses.replace(one.claims[0], figures=("figure-1",))
    one = dataclasses.replace(one, figures=(forty,), claims=(claim,))
    (row,) = rows_of(link_readings([one]))
    assert row["figures"]["killed"]["most_recent"] == [40, 40, 40]
