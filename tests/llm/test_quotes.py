"""Quotations are looked up: white space and kinds of marks aside, and never inside a word."""

from __future__ import annotations

import pytest

from sayso.llm.quotes import Quotable
from sayso.record import Span

TEXT = "“We  have\nlost 12,000 men,” Roe said — twice. Roe said it.  Killed, not kill."


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ('"We have lost 12,000 men,"', ["“We  have\nlost 12,000 men,”"]),
        ("'We have lost 12,000 men.'", ["We  have\nlost 12,000 men"]),
        ("we HAVE lost", ["We  have\nlost"]),
        ("Roe said - twice", ["Roe said — twice"]),
        ("Roe said", ["Roe said", "Roe said"]),
        ("kill", ["kill"]),
        ("2,000 men", []),
        ("12", []),
        ("000", []),
        ("lost 13,000 men", []),
        ("", []),
        (" .,'\" ", []),
        ("Ro", []),
    ],
)
def test_places(quotation: str, found: list[str]) -> None:
    """All places, as spans of the text as given; none for what is not written, or half a word."""
    places = Quotable(TEXT).find(quotation)
    assert [TEXT[p.start : p.end] for p in places] == found


def test_letters_that_grow_in_lower_case_move_nothing() -> None:
    """A capital dotted i is two characters in lower case."""
    text = "İİİ said Roe"
    assert Quotable(text).find("said roe") in ([], [Span(4, 12)])
    assert Quotable(text).find("said Roe") == [Span(4, 12)]


def test_a_text_of_one_word_costs_no_square() -> None:
    """The places of one quotation that are looked at are bounded."""
    assert len(Quotable("a " * 100_000).find("a")) == 200
