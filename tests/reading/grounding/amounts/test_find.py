"""Amounts: what a text counts, within the bounds that its words give."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading.grounding.amounts.find import Amount, bound_number, read_amounts
from sayso.reading.parsing.parse import Parse

Bounds = tuple[float | None, float | None, float | None, str]
Found = tuple[str, float | None, float | None, float | None, str]


def _rows(parse: Parse) -> list[Found]:
    return [(parse.words(a.span), a.low, a.best, a.high, a.bound) for a in read_amounts(parse)]


def _exact(words: str, n: float) -> Found:
    return (words, n, n, n, "exact")


def _above(words: str, n: float) -> Found:
    return (words, n, n, None, "above")


def _below(words: str, n: float) -> Found:
    return (words, None, n, n, "below")


def _about(words: str, n: float) -> Found:
    return (words, None, n, None, "about")


def _between(words: str, low: float, high: float) -> Found:
    return (words, low, None, high, "range")


def _vague(words: str) -> Found:
    return (words, None, None, None, "vague")


# The thirty kinds of phrase of the project's note on grounding, in sentences of our own.
PHRASES: list[tuple[str, list[Found]]] = [
    ("Around 9,000 recruits crossed the river.", [_about("Around 9,000", 9000)]),
    ("The army lost nearly 4,000 killed or wounded.", [_below("nearly 4,000", 4000)]),
    ("They put the number of dead at 2,000.", [_exact("2,000", 2000)]),
    ("They took one wounded sailor.", [_exact("one", 1)]),
    ("They saw dozens of tanks.", [_vague("dozens")]),
    ("At least 14 miners died.", [_above("At least 14", 14)]),
    ("More than 300 rebels gave up.", [_above("More than 300", 300)]),
    ("They shot down between 6 and 9 rockets.", [_between("between 6 and 9", 6, 9)]),
    ("They saw hundreds of civilians.", [_vague("hundreds")]),
    ("Several people fled.", [_vague("Several")]),
    ("A handful of guards stayed.", [_vague("A handful")]),
    ("The gang holds as many as 60 captives.", [_below("as many as 60", 60)]),
    ("The group has up to 2,500 Ardan fighters.", [_below("up to 2,500", 2500)]),
    ("No fewer than 35 farmers were hurt.", [_above("No fewer than 35", 35)]),
    ("They freed some 20 to 30 detainees.", [_between("some 20 to 30", 20, 30)]),
    (
        "Thirty-one people died, including six children.",
        [_exact("Thirty-one", 31), _exact("six", 6)],
    ),
    ("They counted two dozen graves.", [_exact("two dozen", 24)]),
    ("Half a million villagers left.", [_exact("Half a million", 500000)]),
    ("The war drove out 1.4 million people.", [_exact("1.4 million", 1400000)]),
    ("They sent about 3,000-4,000 troops.", [_between("about 3,000-4,000", 3000, 4000)]),
    ("The flood drove out tens of thousands.", [_vague("tens of thousands")]),
    ("They lost a dozen trucks.", [_exact("a dozen", 12)]),
    ("A few hundred men came.", [_vague("A few hundred")]),
    ("Over 70 percent of the houses fell.", [_above("Over 70 percent", 70)]),
    ("Scores of nurses marched.", [_vague("Scores")]),
    ("A family of seven was found.", [_exact("seven", 7)]),
    ("No casualties were reported.", []),  # a negated count holds no figure
    ("They claim 15k soldiers.", [_exact("15k", 15000)]),
    ("A 152-mm shell hit the 47th Brigade on Nov. 3rd.", []),
    ("They took a third of the village.", [("a third", None, None, None, "exact")]),
]


@pytest.mark.parametrize(("text", "found"), PHRASES)
def test_a_count_has_the_bounds_of_its_words(
    text: str, found: list[Found], parse: Callable[[str], Parse]
) -> None:
    """Each phrase gives its counts with their hedges, and nothing that the words leave open."""
    assert _rows(parse(text)) == found


OTHERS: list[tuple[str, list[Found]]] = [
    ("The toll exceeded 150.", [_above("exceeded 150", 150)]),
    ("Two or three hundred men fled.", [_between("Two or three hundred", 200, 300)]),
    ("Repairs cost between US$200 and 300 billion.",
     [_between("between US$200 and 300 billion", 2e11, 3e11)]),
    ("It hosts over two-and-a-half million guests.",
     [_above("over two-and-a-half million", 2500000)]),
    ("An estimated six million Daros live abroad.", [_about("An estimated six million", 6000000)]),
    ("They paid a two million US dollar ransom.", [_exact("two million US dollar", 2000000)]),
    ("Of those, 40% were hurt.", [_exact("40%", 40)]),
    ("They need 200 or more beds.", [_above("200 or more", 200)]),
    ("A dozen or so guards came.", [_about("A dozen or so", 12)]),
    ("The toll rose from 20 to 35.", [_exact("20", 20), _exact("35", 35)]),
    ("Nearly half of the crew left.", [("Nearly half", None, None, None, "below")]),
    ("Some victims walked home over some ground.", [_vague("Some")]),
    ("In 2019 troops shelled 3,000 homes.", [_exact("3,000", 3000)]),
    ("Two lakh voters came.", [_exact("Two lakh", 200000)]),
    ("Four guards were killed and 12 hurt.", [_exact("Four", 4), _exact("12", 12)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The bus left at 0815 (1415 GMT) with nine people.", ["nine"]),
        ("The blast at 1215 hurt a guard.", []),
        ("By 1215 soldiers the hill was held.", ["1215"]),
    ],
)
def test_hours_are_no_amounts(parse: Callable[[str], Parse], text: str, numbers: list[str]) -> None:
    """Four digits after "at" or before GMT tell the hour, unless something follows to count."""
    assert [words for words, *_ in _rows(parse(text))] == numbers


@pytest.mark.parametrize(("text", "found"), OTHERS)
def test_other_manners_of_counting(
    text: str, found: list[Found], parse: Callable[[str], Parse]
) -> None:
    """Money, shares, scales that two numbers share, changes and hedges behind the number."""
    assert _rows(parse(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "A 20-year-old man, aged 34, and Petra Novak, 45, came.",
        "It struck at 4:30 p.m. on Friday 14.",
        "The well is 160 km away, 30 miles off the road.",
        "A Su-34 and an M777 stood at 10 Downing Street.",
        "Flight 302 was a Boeing 737.",
        "They won 3-1 at home.",
        "Ministers of the Group of Seven met.",
        "No one saw it. One must hope. It is one of the biggest ships.",
        "They waited three days, and in May 2019 for two weeks.",
        "The five-storey block fell in the second raid.",
        "Resolution 2254 was read.",
    ],
)
def test_numbers_that_count_nothing_are_left_alone(
    text: str, parse: Callable[[str], Parse]
) -> None:
    """Ages, times, measures, models, names, scores and idle ones are no amounts."""
    assert _rows(parse(text)) == []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Nearly 3,000 Norian troops fell.", "troops"),
        ("Hundreds of civilians fled.", "civilians"),
        ("One of the guards fell.", "guards"),
        ("Zora said 190 were dead.", None),
    ],
)
def test_what_is_counted_is_the_noun_behind(
    text: str, counted: str | None, parse: Callable[[str], Parse]
) -> None:
    """The token that a number counts is its noun, None where none follows."""
    parsed = parse(text)
    (amount,) = read_amounts(parsed)
    found = parsed.tokens[amount.counted].text if amount.counted is not None else None
    assert found == counted


def test_percent_and_money_say_so(parse: Callable[[str], Parse]) -> None:
    """A percentage and a sum of money carry their unit and their mark."""
    share, money = read_amounts(parse("Some 40 percent of the aid, $5 million, was lost."))
    assert (share.unit, share.is_percent, share.is_money) == ("%", True, False)
    assert (money.unit, money.is_percent, money.is_money) == ("USD", False, True)


def test_a_share_keeps_its_value_apart(parse: Callable[[str], Parse]) -> None:
    """A share is no count: its value stands apart from the bounds."""
    (amount,) = read_amounts(parse("They took a third of the village."))
    assert amount.share == pytest.approx(1 / 3)
    assert amount.best is None


@pytest.mark.parametrize(
    ("hedge", "bounds"),
    [
        ("exact", (9, 9, 9, "exact")), ("below", (None, 9, 9, "below")),
        ("above", (9, 9, None, "above")), ("about", (None, 9, None, "about")),
    ],
)  # fmt: skip
def test_a_hedge_bounds_a_number(hedge: Any, bounds: Bounds) -> None:
    """What the words leave open stays None, as the guide has it."""
    assert bound_number(9, hedge) == bounds


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            "nearly more than between 5 and 7 to 1,000 - million dozen half a of one two hundred "
            "% $ US$ dollars men Friday 2019 several some few or so + 92nd , . 1e9 12.000 k".split()
        ),
        max_size=12,
    )
)
def test_any_run_of_the_words_of_counting_is_read(
    parse: Callable[[str], Parse], pieces: list[str]
) -> None:
    """Spans lie in the text, in order and apart; low is never above high."""
    parsed = parse(" ".join(pieces) or "x")
    amounts: list[Amount] = read_amounts(parsed)
    for amount, after in pairwise(amounts):
        assert amount.span.end <= after.span.start
    for amount in amounts:
        assert amount.span.covers(amount.number)
        assert 0 <= amount.span.start < amount.span.end <= len(parsed.text)
        assert amount.low is None or amount.high is None or amount.low <= amount.high


def test_a_long_row_of_numbers_is_read_without_recursion(parse: Callable[[str], Parse]) -> None:
    """Two thousand numbers joined by "and" are read one after the other."""
    assert len(read_amounts(parse("1 and " * 2000))) > 0


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The man, 44, died of his wounds.", []),
        ("A woman, 31, was killed.", []),
        ("Kofi Mensah (34) was shot dead.", []),
        ("A man, 44, and his son, 12, were killed.", []),
        ("The boy, 9, was wounded.", []),
        ("The driver, 29, was arrested.", []),
        ("A shell killed two women, 61 and 70.", ["two"]),
        ("Two men, 23 and 31, were shot.", ["Two"]),
        ("Three girls, 7, 9 and 12, drowned.", ["Three"]),
        ("His sons, 9 and 12, were killed.", []),
        ("Last month, 12 people died.", ["12"]),
        ("In Gao, 12 were killed.", ["12"]),
        ("On Monday, 14 died.", ["14"]),
        ("Police buried the dead, 12 of them children.", ["12"]),
        ("Most were killed in Gao (12) and in Mopti (9).", ["12", "9"]),
        ("Of the women, 61 died and 70 were hurt.", ["61", "70"]),
    ],
)
def test_a_bare_number_behind_a_person_is_an_age(
    parse: Callable[[str], Parse], text: str, numbers: list[str]
) -> None:
    """An age counts nobody; a number that opens a clause behind a comma does."""
    assert [text[a.number.start : a.number.end] for a in read_amounts(parse(text))] == numbers
