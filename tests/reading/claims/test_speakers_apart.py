"""Who only says it is none of those to whom it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.intake import make_capture
from sayso.page import find_reports
from sayso.record import words_of

if TYPE_CHECKING:
    from sayso.reading.reader import Reader


def told(reader: Reader, text: str) -> tuple[set[str], set[str]]:
    """The words of those to whom something happened, and those of the figures."""
    (report,) = find_reports(make_capture("t.txt", text.encode()))
    reading = reader.read(report)
    people = {
        words_of(text, p.text)
        for e in reading.events
        for p in e.participants
        if p.role in ("dead", "injured")
    }
    return people, {words_of(text, f.span) for f in reading.figures}


@pytest.mark.parametrize(
    ("text", "people", "figures"),
    [
        (
            "A shell hit a school in Oda, killing seven people, including three cooks, two nurses "
            "at the gate said.",
            {"seven people", "three cooks"}, {"seven", "three"},
        ),
        (
            "A bomb hit a bus near Oda, killing its driver and wounding three passengers, the "
            "regional governor, Ivan Marchenko, said on Telegram.",
            {"its driver", "three passengers"}, {"its driver", "three"},
        ),
    ],
)  # fmt: skip
def test_a_speaker_after_a_list_is_no_victim(
    reader: Reader, text: str, people: set[str], figures: set[str]
) -> None:
    """The one who says it at the sentence's end is none of the dead and wounded before."""
    assert told(reader, text) == (people, figures)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Two wounded guards told reporters that their post had been shelled.",
         "Two wounded guards"),
        ("A guard, who was wounded in the raid, said that the gate had been open.", "A guard"),
    ],
)  # fmt: skip
def test_a_victim_who_speaks_stays_one(reader: Reader, text: str, person: str) -> None:
    """What is told inside the speaker's own words holds."""
    assert person in told(reader, text)[0]
