"""What was taken back: sentences that say so, and the claims that they reach."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.origins.count import count_origins
from sayso.linking.saying.withdrawn_words import taken_back
from sayso.record import Reading, Span, Time
from sayso.record.links import OriginCount

Make = Callable[..., Any]
Refs = Callable[..., Any]
POLICE = {"country": "NGA", "actor_kind": "police"}


def count_of(refs_of: Refs, *readings: Reading) -> OriginCount:
    """The count over all claims."""
    return count_origins(readings, refs_of(list(readings)))


@pytest.mark.parametrize(
    ("sentence", "what", "this"),
    [
        ("Meridian has withdrawn its report of 11 June on the mill", "report", False),
        ("We retract our story on the mill", "report", False),
        ("This report has been withdrawn", "report", True),
        ("This story was retracted after the witness changed his account", "report", True),
        ("The report on the mill has been withdrawn by Meridian", "report", False),
        ("The ministry took back its statement on the mill", "statement", False),
        ("The statement had been issued in error, the ministry said", "statement", False),
    ],
)
def test_who_takes_back_what(sentence: str, what: str, this: bool) -> None:  # noqa: FBT001
    """A publisher takes back a report, a speaker a statement; a note the text that it stands in."""
    (found,) = taken_back(sentence + ". The rest follows.")
    assert (found.what, found.this) == (what, this)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army withdrew its troops from Oda",
        "A report said that the troops were withdrawn",
        "Meridian has not withdrawn its report",
        "The ministry called on Meridian to retract its report",
        "Meridian refused to withdraw the story",
        "An earlier version of this report named another street",
        "The guard was withdrawn after the report",
    ],
)
def test_what_takes_nothing_back(sentence: str) -> None:
    """Troops that are withdrawn, and reports that are only asked back, take nothing back."""
    assert not list(taken_back(sentence + "."))


def test_a_publisher_takes_back_all_that_its_report_quotes(story: Make, refs_of: Refs) -> None:
    """With the report goes who is quoted in it; the police, who told another paper, stay."""
    old = story("a", publisher="Meridian", published="2024-06-11")
    old.says("a shopkeeper", "nine died", kind="witness")
    other = story("b", publisher="Northlight", published="2024-06-12")
    other.says("the state police", "four died", **POLICE)
    back = story("c", publisher="Meridian", published="2024-06-13")
    back.text = "Meridian has withdrawn its report on the bomb. "
    before = count_of(refs_of, old.reading(), other.reading())
    count = count_of(refs_of, old.reading(), other.reading(), back.reading())
    assert before.at_most == 2
    assert [o.name for o in count.origins] == ["the state police"]
    assert (count.at_least, count.at_most, len(count.withdrawn)) == (1, 1, 1)


def test_interval_and_ground_say_who_took_it_back(story: Make, refs_of: Refs) -> None:
    """The words of the interval name whose word is not counted, the ground quotes the sentence."""
    old = story("a", publisher="Meridian", published="2024-06-11").says(None, "nine died")
    back = story("c", publisher="Meridian", published="2024-06-13")
    back.text = "We retract our report on the bomb. "
    count = count_of(refs_of, old.reading(), back.reading())
    (ground,) = [j.ground for j in count.joins if j.ground.kind == "withdrawn"]
    assert ground.words == "taken back by Meridian: We retract our report on the bomb"
    assert count.words.endswith("not counted, as it was taken back: what Meridian said")


def test_a_report_of_another_day_stands(story: Make, refs_of: Refs) -> None:
    """*Its report of 11 June* is not its report of the 14th."""
    first = story("a", publisher="Meridian", published="2024-06-11").says(None, "nine died")
    second = story("b", publisher="Meridian", published="2024-06-14").says(None, "three died")
    back = story("c", publisher="Meridian", published="2024-06-15")
    back.text = "Meridian has withdrawn its report of 11 June. "
    at = back.text.index("11 June")
    day = Time((Span(at, at + 7),), "2024-06-11", "2024-06-11", "day", "stated", "2024-06-11")
    made = back.reading()
    taken = Reading(made.report, times=(day,))
    count = count_of(refs_of, first.reading(), second.reading(), taken)
    assert [r.report for r in count.withdrawn] == [first.reading().report.id]


def test_a_wire_that_is_taken_back_goes_with_its_copies(story: Make, refs_of: Refs) -> None:
    """A paper that carried the agency's text has nothing of its own left."""
    paper = story("a", publisher="Harbour Gazette", credit="AFP", published="2024-06-11")
    paper.says(None, "nine died")
    back = story("c", publisher="AFP", published="2024-06-13")
    back.text = "AFP has retracted its story on the bomb. "
    assert count_of(refs_of, paper.reading(), back.reading()).at_most == 0


def test_who_calls_anothers_report_false_takes_nothing_back(story: Make, refs_of: Refs) -> None:
    """*The Meridian report was false, the army said* leaves Meridian's word as it is."""
    old = story("a", publisher="Meridian", published="2024-06-11").says(None, "nine died")
    other = story("c", publisher="Northlight", published="2024-06-13")
    other.text = "The Meridian report was false, the army said. "
    assert count_of(refs_of, old.reading(), other.reading()).at_most == 1


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        (
            "The army told Meridian on Friday that it had withdrawn its report on the mine",
            "The army",
        ),
        ("Meridian said on Friday that the ministry had withdrawn its report", "the ministry had"),
        ("The ministry, Meridian reported, withdrew its statement on the mine", "The ministry"),
        ("Meridian said that it has withdrawn its report on the mine", "Meridian"),
        ("Meridian, which said that six had died, has withdrawn its report", "Meridian"),
        ("Oda said Meridian told the army that it had withdrawn its report", "Meridian"),
        ("On Friday Meridian withdrew its report on the mine", "On Friday Meridian"),
    ],
)
def test_who_tells_of_it_is_not_who_takes_back(sentence: str, who: str) -> None:
    """The words that may name who takes back are the verb's subject, not who tells or is told."""
    text = sentence + "."
    (found,) = taken_back(text)
    assert text[found.who[0].start : found.who[0].end].strip() == who


@pytest.mark.parametrize(
    "sentence",
    [
        "The army told Meridian on Friday that it had withdrawn its report on the mine",
        "Meridian said on Friday that the ministry had withdrawn its report on the mine",
        "The ministry, Meridian reported, withdrew its statement on the mine",
    ],
)
def test_a_paper_that_is_only_named_keeps_its_word(
    sentence: str, story: Make, refs_of: Refs
) -> None:
    """Another's report of a withdrawal empties no report of the paper that it mentions."""
    old = story("a", publisher="Meridian", published="2024-06-11").says(None, "nine died")
    other = story("c", publisher="Northlight", published="2024-06-13")
    other.text = sentence + ". "
    assert count_of(refs_of, old.reading(), other.reading()).at_most == 1


def test_a_note_withdraws_the_text_that_it_stands_in(story: Make, refs_of: Refs) -> None:
    """*This report has been withdrawn* above a text leaves nothing of it."""
    noted = story("a", publisher="Meridian")
    noted.text = "Editor's note: This report has been withdrawn.\n\n"
    noted.says("a guard", "nine died", kind="witness")
    count = count_of(refs_of, noted.reading())
    assert (count.at_least, count.at_most, len(count.withdrawn)) == (0, 0, 1)


def test_ground_names_no_paper_that_only_tells(story: Make, refs_of: Refs) -> None:
    """*The ministry withdrew its statement that six died*: not taken back by the paper."""
    told = story("a", publisher="Northlight", published="2024-06-13")
    told.text = "The ministry withdrew its statement that "
    told.says("the ministry", "six soldiers died")
    told.text += ". "
    made = told.reading()
    count = count_of(refs_of, made)
    grounds = [j.ground.words for j in count.joins if j.ground.kind == "withdrawn"]
    assert grounds
    assert not any("Northlight" in words for words in grounds)


@given(st.text(max_size=300))
def test_spans_lie_in_the_text(text: str) -> None:
    """Whatever stands in a text, what is found lies in it."""
    words = f"We withdrew {text} our report of 11 June. This story {text} was retracted by us"
    for found in taken_back(words):
        for span in (found.span, *found.who, *found.days):
            assert 0 <= span.start <= span.end <= len(words)


@pytest.mark.parametrize(
    "part", ["report ", "withdrew ", "not ", " ", "a", "report was ", "withdrew the report of "]
)
def test_a_hostile_text_costs_no_more_than_its_length(part: str) -> None:
    """A megabyte of one phrase costs under two seconds of the processor."""
    start = time.process_time()
    list(taken_back(part * (1_000_000 // len(part))))
    assert time.process_time() - start < 2
