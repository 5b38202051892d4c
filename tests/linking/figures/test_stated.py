from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from sayso.linking.figures.compare import compare_all, compare_figures, of_the_toll
from sayso.linking.figures.policies import fill_cells
from sayso.linking.figures.stated import reach, read_statements
from sayso.record import Figure, Span
from sayso.record.links import FigureComparison, Statement

Make = Callable[..., Any]
Refs = Callable[..., Any]
PAPER = "Harbour Gazette"


def statements(readings: list[Any], refs_of: Refs) -> tuple[Statement, ...]:
    """The statements of all claims of readings."""
    return read_statements(readings, refs_of(readings))


def pair(
    story: Make, refs_of: Refs, one: dict[str, Any], other: dict[str, Any]
) -> FigureComparison:
    """Two sayings in two reports, compared."""
    readings = []
    for name, how in (("a", dict(one)), ("b", dict(other))):
        who = how.pop("who", "the Malian army")
        published = how.pop("published", "2024-05-02")
        how.setdefault("country", "MLI" if who.endswith("army") else None)
        how.setdefault("actor_kind", "military" if who.endswith("army") else "medical")
        content = f"{how.get('figure_words', 'some')} were hit"
        readings.append(story(name, published=published).says(who, content, **how).reading())
    first, second = sorted(
        statements(readings, refs_of), key=lambda s: s.ref.report != readings[0].report.id
    )
    return compare_figures(first, second)


def of(
    number: float, words: str | None = None, bound: str = "exact", **more: Any
) -> dict[str, Any]:
    """A figure as its words bound it."""
    low = number if bound in ("exact", "above") else None
    high = number if bound in ("exact", "below") else None
    return {"figure": (low, number, high, bound), "figure_words": words or str(number), **more}


def test_nearly_three_thousand_and_a_thousand(story: Make, refs_of: Refs) -> None:
    """Two speakers, no dates that settle it: they differ, and growth is not excluded."""
    how = {"counts": "killed_or_wounded", "event": "casualties"}
    found = pair(
        story,
        refs_of,
        of(1000, "1,000", **how),
        of(3000, "nearly 3,000", "below", who="a field hospital", **how),
    )
    assert found.verdict == "differs"
    assert "growth is not excluded" in found.words


def test_another_measure_is_not_compared(story: Make, refs_of: Refs) -> None:
    """Troops deployed are no casualties, however the numbers lie."""
    found = pair(story, refs_of, of(12000, counts="deployed"), of(1000, counts="killed_or_wounded"))
    assert found.verdict == "not_comparable"
    assert "another measure" in found.words


def test_killed_lie_within_killed_or_wounded(story: Make, refs_of: Refs) -> None:
    """A part that fits its whole says nothing; one that is larger contradicts it."""
    whole = {"counts": "killed_or_wounded"}
    assert pair(story, refs_of, of(5), of(9, **whole)).verdict == "not_comparable"
    assert pair(story, refs_of, of(15), of(9, who="a clinic", **whole)).verdict == "disagreement"


def test_other_people_are_not_compared(story: Make, refs_of: Refs) -> None:
    """Soldiers of two countries are counted apart; an untold country may be the same."""
    here: dict[str, Any] = {"people": ("MLI", "military")}
    there: dict[str, Any] = {"people": ("NER", "military")}
    assert pair(story, refs_of, of(5, **here), of(9, **there)).verdict == "not_comparable"
    untold: dict[str, Any] = {"people": (None, None)}
    assert pair(story, refs_of, of(5, **here), of(5, **untold)).verdict == "agrees"


def test_an_incident_and_a_total_are_not_compared(story: Make, refs_of: Refs) -> None:
    """One attack's dead are not the dead since January."""
    found = pair(story, refs_of, of(5), of(900, scope="cumulative"))
    assert found.verdict == "not_comparable"
    assert "scope" in found.words


def test_growth_and_revision_of_one_speaker(story: Make, refs_of: Refs) -> None:
    """A toll that rises grows, one that falls is revised; what may fall again does neither."""
    later = {"published": "2024-05-04"}
    assert pair(story, refs_of, of(3), of(5, **later)).verdict == "growth"
    assert pair(story, refs_of, of(5), of(3, **later)).verdict == "revision"
    missing = {"counts": "missing"}
    assert pair(story, refs_of, of(3, **missing), of(5, **missing, **later)).verdict == "differs"


def test_two_speakers(story: Make, refs_of: Refs) -> None:
    """The higher and later may have grown; a later and lower count disagrees."""
    other = {"who": "a clinic", "published": "2024-05-04"}
    assert pair(story, refs_of, of(3), of(5, **other)).verdict == "differs"
    assert pair(story, refs_of, of(5), of(3, **other)).verdict == "disagreement"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (of(3000, "nearly 3,000", "below"), of(2750, "2,750"), "agrees"),
        (of(3000, "nearly 3,000", "below"), of(2600, "2,600"), "differs"),
        (of(12000, "around 12,000", "about"), of(12400, "12,400"), "agrees"),
        (of(12000, "around 12,000", "about"), of(12600, "12,600"), "differs"),
        (of(50, "about 50", "about"), of(48), "agrees"),
        (of(40, "at least 40", "above"), of(55), "agrees"),
        (of(40, "more than 40", "above"), of(55), "differs"),
        (of(60, "up to 60", "below"), of(35), "agrees"),
    ],
)  # fmt: skip
def test_widths_of_hedges(
    story: Make, refs_of: Refs, one: dict[str, Any], other: dict[str, Any], verdict: str
) -> None:
    """A hedged count reaches as far as the lexicon declares, no further."""
    assert pair(story, refs_of, one, {**other, "who": "a clinic"}).verdict == verdict


def test_what_the_words_bound_is_kept_apart(story: Make, refs_of: Refs) -> None:
    """The declared width is another field than the bounds of the words."""
    report = story("a").says("the army", "nearly 3,000 fell", **of(3000, "nearly 3,000", "below"))
    (statement,) = statements([report.reading()], refs_of)
    assert (statement.low, statement.best, statement.high) == (None, 3000, 3000)
    assert (statement.from_, statement.to) == (2700, 3000)


def test_comparing_is_symmetric(story: Make, refs_of: Refs) -> None:
    """Whichever is given first, the comparison is the same."""
    report = story("a").says("the army", "3 fell", **of(3)).says("a clinic", "5 fell", **of(5))
    one, other = statements([report.reading()], refs_of)
    assert compare_figures(one, other) == compare_figures(other, one)
    assert len(compare_all((one, other))) == 1


def tolls(story: Make) -> list[Any]:
    """Three speakers over three days: 10, then 14 twice; one speaker changes from 10 to 12."""
    vague = {"figure": (None, None, None, "vague"), "figure_words": "dozens"}
    return [
        story("a", published="2024-05-01").says("the army", "10 fell", **of(10)).reading(),
        story("b", published="2024-05-02").says("a clinic", "14 fell", **of(14)).reading(),
        story("c", published="2024-05-03").says("a charity", "14 fell", **of(14)).reading(),
        story("d", published="2024-05-04").says("the army", "12 fell", **of(12)).reading(),
        story("e", published="2024-05-01").says("a driver", "dozens fell", **vague).reading(),
    ]


def test_policies(story: Make, refs_of: Refs) -> None:
    """Each policy makes its own cell, and each cell names the claims that it rests on."""
    readings = tolls(story)
    cells = fill_cells(statements(readings, refs_of))["killed"]
    best = {name: cell.best for name, cell in cells.items()}
    assert best == {
        "lowest": 10, "highest": 24, "ucdp": 14, "acled": 10, "majority": None, "most_recent": 12,
    }  # fmt: skip
    assert (cells["ucdp"].low, cells["ucdp"].high) == (10, 99)
    by_id = {r.report.id: r.report.name for r in readings}
    assert {by_id[c.report] for c in cells["lowest"].claims} == {"a"}
    assert cells["most_recent"].low == 12
    assert cells["majority"].claims == ()


def test_acled_reads_vague_amounts_conservatively(story: Make, refs_of: Refs) -> None:
    """Dozens are 12 and hundreds 100."""
    for words, number in (("dozens", 12), ("hundreds", 100)):
        vague = {"figure": (None, None, None, "vague"), "figure_words": words}
        report = story("a").says("a driver", f"{words} fell", **vague)
        cells = fill_cells(statements([report.reading()], refs_of))
        assert cells["killed"]["acled"].best == number


def test_killed_or_wounded_never_fills_a_fatality_cell(story: Make, refs_of: Refs) -> None:
    """A count of casualties makes no cell of the killed."""
    report = story("a").says("the army", "30 were hit", **of(30, counts="killed_or_wounded"))
    assert set(fill_cells(statements([report.reading()], refs_of))) == {"killed_or_wounded"}


def test_parts_of_a_toll_are_no_tolls(story: Make, refs_of: Refs) -> None:
    """Of one speaker's counts in one report the greatest is the toll: *five, two of them girls*."""
    report = story("a").says("the army", "5 fell", **of(5)).says("the army", "2 fell", **of(2))
    cells = fill_cells(statements([report.reading()], refs_of))
    assert cells["killed"]["lowest"].best == 5


def test_a_denied_figure_is_no_statement(story: Make, refs_of: Refs) -> None:
    """What a speaker denies, they do not state."""
    report = story("a").says("the army", "5 fell", certainty="denied", **of(5))
    assert statements([report.reading()], refs_of) == ()


@pytest.mark.parametrize("certainty", ["unknown", "denied"])
def test_what_nobody_knows_is_no_figure(story: Make, refs_of: Refs, certainty: str) -> None:
    """*Nobody knows how many died* counts nobody."""
    report = story("a").says("a nurse", "many died", certainty=certainty, **of(5, "many"))
    assert statements([report.reading()], refs_of) == ()


def test_a_question_is_no_figure(story: Make, refs_of: Refs) -> None:
    """*How many died* asks."""
    report = story("a").says("a nurse", "it is asked how many died", **of(5, "many"))
    assert statements([report.reading()], refs_of) == ()


def test_what_is_contrasted_is_no_figure(
    read_dated: Callable[..., list[Any]], refs_of: Refs
) -> None:
    """*Two people died, not six*: six is nobody's word, and that two died is no denial."""
    readings = read_dated([("2024-05-07", "The army said two people died in Odda, not six.")])
    assert [s.best for s in statements(readings, refs_of)] == [2]


def test_what_a_toll_rose_from_is_left_behind(story: Make, refs_of: Refs) -> None:
    """*Rose to 45 from 38* states 45: the 38 is read as an earlier count."""
    how = {"content": "it rose to 45 from 38"}
    rose = story("a").says("a clinic", how["content"], **of(45, "45"))
    left = story("b").says("a clinic", how["content"], **of(38, "38"), scope="earlier")
    (statement,) = statements([rose.reading(), left.reading()], refs_of)
    assert statement.best == 45


def told(story: Make, refs_of: Refs, *said: tuple[str, str, int, str]) -> Any:
    """Statements of sayings (speaker, words, number, its words), with the texts they stand in."""
    readings = [
        story(f"r{n}", published=f"2024-05-0{n + 1}")
        .says(who, words, figure=(number, number, number, "exact"), figure_words=as_words)
        .reading()
        for n, (who, words, number, as_words) in enumerate(said)
    ]
    return statements(readings, refs_of), {r.report.id: r.report.text for r in readings}


@pytest.mark.parametrize(
    ("words", "as_words"),
    [
        ("divers brought up the bodies of 4 more dockers", "4"),
        ("they recovered 4 more bodies", "4 more"),
        ("another 4 had drowned", "4"),
        ("a further 4 died in hospital", "4"),
    ],
)
def test_an_addition_is_no_rival_toll(
    story: Make, refs_of: Refs, words: str, as_words: str
) -> None:
    """Four more bodies neither contradict a toll of eleven nor are the lowest of its counts."""
    held, texts = told(
        story, refs_of,
        ("the harbour master", "11 dockers drowned", 11, "11"),
        ("a port hospital", words, 4, as_words),
    )  # fmt: skip
    (found,) = compare_all(held, texts)
    assert (found.verdict, found.words) == ("not_comparable", "an addition to an earlier count")
    assert [s.best for s in of_the_toll(held, texts)] == [11]


def test_more_than_is_no_addition(story: Make, refs_of: Refs) -> None:
    """More than four is a bound, not four on top of others."""
    held, texts = told(story, refs_of, ("the harbour master", "more than 4 drowned", 4, "4"))
    assert of_the_toll(held, texts) == held


def test_others_hurt_beside_the_dead_are_the_wounded(story: Make, refs_of: Refs) -> None:
    """Three died and another five were hurt: the five are all the wounded that are told."""
    words = "3 died and another 5 were hurt"
    reading = story("a").says("a port hospital", words, counts="wounded",
                              figure=(5, 5, 5, "exact"), figure_words="5").reading()  # fmt: skip
    held = statements([reading], refs_of)
    assert of_the_toll(held, {reading.report.id: reading.report.text}) == held


def test_a_count_told_as_earlier_was_left_behind(story: Make, refs_of: Refs) -> None:
    """An earlier nine, recalled after somebody said twelve, contradicts nobody."""
    held, texts = told(
        story, refs_of,
        ("the harbour master", "12 dockers drowned", 12, "12"),
        ("a port hospital", "the guild had earlier put the toll at 9", 9, "9"),
    )  # fmt: skip
    (found,) = compare_all(held, texts)
    assert found.verdict == "growth"
    assert compare_all(held)[0].verdict == "disagreement"


def test_soldiers_are_not_passengers(story: Make, refs_of: Refs) -> None:
    """Soldiers killed and passengers killed are other people, and policies keep to one sort."""
    held, texts = told(
        story, refs_of,
        ("the harbour master", "5 ferry passengers were killed", 5, "5"),
        ("a port hospital", "6 passengers were killed", 6, "6"),
        ("the Malian army", "30 soldiers were killed", 30, "30"),
    )  # fmt: skip
    whom = ("ferry passengers", "passengers", "soldiers")
    held = [dataclasses.replace(s, of=next(w for n, w in zip((5, 6, 30), whom, strict=True)
                                           if n == s.best)) for s in held]  # fmt: skip
    verdicts = {(c.a.best, c.b.best): c.verdict for c in compare_all(held, texts)}
    assert verdicts[(5, 30)] == verdicts[(6, 30)] == "not_comparable"
    assert verdicts[(5, 6)] == "differs"
    cells = fill_cells(of_the_toll(held, texts))["killed"]
    assert (cells["highest"].best, cells["lowest"].best) == (6, 5)


@pytest.mark.parametrize(
    ("words", "is_stated"),
    [
        ("the toll could rise to 500", False),
        ("the number of dead is expected to climb past 500", False),
        ("the toll may well exceed 500", False),
        ("the toll rose to 500", True),
        ("the river could rise, and 500 died", True),
    ],
)
def test_what_is_foreseen_is_no_figure(
    story: Make,
    refs_of: Refs,
    words: str,
    is_stated: bool,  # noqa: FBT001 - a row of facts
) -> None:
    """Nobody has counted them yet."""
    report = story("a").says("a rescuer", words, **of(500, "500"))
    assert bool(statements([report.reading()], refs_of)) is is_stated


def test_a_reach_has_no_fractions_of_binary_numbers() -> None:
    """More than 12 million reaches to 13.2 million, and to nothing beside it."""
    figure = Figure("f", (Span(0, 20),), 12e6, 12e6, None, "above", "displaced", (), "incident")
    assert reach(figure, "More than 12 million") == (12e6, 13_200_000)


@pytest.mark.parametrize(
    "words",
    ["12 people, including four children,", "12 people, four of them children,",
     "12 people, among them four children,"],
)  # fmt: skip
def test_a_part_says_nothing_of_the_whole(
    read_dated: Callable[..., list[Any]], refs_of: Refs, words: str
) -> None:
    """Of twelve people four are children: the twelve are of no sort, and do not differ with 4."""
    text = f"A strike killed {words} in Odda on Monday, the health ministry said."
    whole = "A strike killed 12 people in Odda on Monday, the mayor said."
    more = "A strike killed 13 people in Odda on Monday, including five children, the mayor said."
    readings = read_dated([("2024-05-07", t) for t in (text, whole, more)])
    texts = {r.report.id: r.report.text for r in readings}

    def compared(*of: int) -> dict[frozenset[float | None], str]:
        found = statements([readings[i] for i in of], refs_of)
        return {frozenset({c.a.best, c.b.best}): c.verdict for c in compare_all(found, texts)}

    assert {s.best: s.people for s in statements(readings[:1], refs_of)} == {
        12: None,
        4: "/children",
    }
    assert compared(0) == {frozenset({12, 4}): "not_comparable"}
    assert compared(0, 1) == {frozenset({12}): "agrees", frozenset({12, 4}): "not_comparable"}
    both = compared(0, 2)
    assert {pair for pair, told in both.items() if told != "not_comparable"} == {
        frozenset({12, 13}),
        frozenset({4, 5}),
    }
