"""Words of messages on the desk's pages."""

from __future__ import annotations

from sayso.desk.pages.incident_words import upper_first
from sayso.desk.pages.words import by_measure, with_code


def test_a_command_in_a_message_is_set_as_code_and_markup_stays_text() -> None:
    """What stands between backticks is a command; whatever was typed is escaped."""
    assert with_code("see `sayso claims`") == "see <code>sayso claims</code>"
    assert with_code("'`<b>`' is none") == "&#39;<code>&lt;b&gt;</code>&#39; is none"


def test_a_sentence_begins_with_a_capital_a_handle_does_not() -> None:
    """`r12` is written as one asks for it."""
    assert upper_first("nothing is here") == "Nothing is here"
    assert upper_first("r12 is no report here") == "r12 is no report here"


def test_a_count_that_began_a_sentence_is_the_count_within_one() -> None:
    """*Nearly 3,000* and *nearly 3,000* stand once, with both who say so."""
    told = [
        {"counts": "killed", "words": words, "speaker": speaker, "low": None, "best": 3000,
         "high": 3000}
        for words, speaker in (("Nearly 3,000", "Kyiv"), ("nearly 3,000", "Seoul"))
    ]  # fmt: skip
    assert by_measure(told) == [("killed", [("nearly 3,000", ["Kyiv", "Seoul"], "Nearly 3,000")])]
