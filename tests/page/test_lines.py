"""What a line is by its own words."""

from __future__ import annotations

import time

import pytest

from sayso.page.lines import breaks_between, kind_of, shows_picture


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("byline", "By Jane Roe and John Doe, Reuters"),
        ("byline", "By JANE ROE, Associated Press"),
        ("byline", "By Jane Roe, Larne Courier, 24 December 2024"),
        (None, "By Friday, the town had fallen."),
        (None, "By the end of the week, forces had left"),
        ("related", "Related article: Minister Sees Talks Ahead"),
        ("related", "READ ALSO | Minister sees talks ahead"),
        (None, "Related costs rose by a third, the ministry said."),
        (None, "More than forty people were hurt, the ministry said."),
        ("advert", "ADVERTISEMENT - STORY CONTINUES BELOW"),
        ("address", "https://courier.example/author/afp-3"),
        ("address", "Jane Nolan: jane@courier.example, @janenolan"),
        (None, "The list is at https://courier.example/list and was checked."),
        ("navigation", "Home > World > Europe"),
        ("navigation", "██ Held by the rebels"),
        ("navigation", "Sign up for our newsletter"),
        ("navigation", "Home World Business Opinion"),
        ("navigation", "* * *"),
        (None, "Share prices fell on Friday as the front moved."),
        ("credit", "(Reporting by Jane Roe; editing by Sam Poe)"),
        ("credit", "© 2024 The Larne Courier. All rights reserved."),
        ("credit", "bur-sah/dv"),
        ("credit", "Source: AFP"),
        (None, "Sources: officer had warned of the raid"),
        ("dateline", "Thursday, January 24, 2019"),
        ("dateline", "Volga Chronicle | 27 December 2024"),
        ("caption", "A photo purportedly showing two prisoners near the border."),
        ("caption", "FILE PHOTO: A soldier walks through the market"),
        ("caption", "Divers at work off Larne. [Jane Roe/Reuters]"),
        ("caption", "This handout picture taken on Friday shows the raised ferry"),
        (None, "A photo posted by the brigade showed two prisoners near the border."),
        (None, "The footage of the raid drew crowds to the square."),
        (None, "He spoke for the rebel coalition (Fatah/Hamas)."),
        (None, "The party asked him to stop using the image of Larne police officers."),
    ],
)  # fmt: skip
def test_kinds(kind: str | None, words: str) -> None:
    """Each rule with the line that it is for, and the sentence that it must leave alone."""
    assert kind_of(words) == kind


def test_a_long_paragraph_is_read_whatever_it_begins_with() -> None:
    """Words such as "Read more" at the head of a paragraph of prose do not hide it."""
    assert kind_of("Read more: " + "the ministry said that the bridge was open again. " * 8) is None


def test_one_picture_s_sentence() -> None:
    """Only a sentence about one picture that shows is one that may stand as caption."""
    assert shows_picture("A photo posted on Telegram shows the two men beside a car.")
    assert not shows_picture("Satellite images show damage at the base.")
    assert not shows_picture("A photo shows damage. The base was hit on Friday, he said.")


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("South Korea's", "https://courier.example/author/afp-3"),
        ("https://courier.example/author/afp-3", "spy agency said on Friday."),
        ("A photo showing the raised ferry.", "Divers have raised the ferry."),
        ("Ferry raised off Larne", "By Jane Roe"),
        ("By Jane Roe", "Divers have raised the ferry."),
    ],
)
def test_lines_that_touch_but_are_apart(line: str, after: str) -> None:
    """An address, a caption and a byline end where their line ends."""
    assert breaks_between(line, after)


def test_wrapped_lines_are_not_apart() -> None:
    """A line of prose goes on in the next, also where that begins with a capital."""
    assert not breaks_between(
        "the bodies of two of the missing were found by", "Larne divers on Friday"
    )


@pytest.mark.parametrize(
    "piece",
    ["a", "A", " ", "(", "[A/", "By A", "a@a.", "http://", "A > ", "a | ", "photo of ", "1/"],
)
def test_a_hostile_line_takes_no_time(piece: str) -> None:
    """A megabyte of anything on one line is judged at once."""
    words = (piece * 1_000_000)[:1_000_000]
    start = time.process_time()
    kind_of(words)
    breaks_between(words, words)
    assert time.process_time() - start < 1.5
