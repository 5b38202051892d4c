"""The flow: what is read, and the way home to the text as given."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.flow import Flow, make_flow
from sayso.record import Block, Report, Span, words_of


def report_with(text: str, *blocks: tuple[str, str]) -> Report:
    """A report whose blocks are the given (kind, words), found in order."""
    found, at = [], 0
    for kind, words in blocks:
        at = text.index(words, at)
        found.append(Block(kind, at, at + len(words)))  # type: ignore[arg-type]
        at += len(words)
    return Report("r", "r", text, None, None, None, None, None, None, tuple(found))


def test_hard_wraps_are_unwrapped(flow_of: Callable[[str], Flow]) -> None:
    """One line break inside a paragraph is a space, a blank line a paragraph's end."""
    assert flow_of("The dam\nheld.\n\nThe road\r\ndid not.").text == (
        "The dam held.\n\nThe road did not."
    )


def test_a_sentence_cut_by_furniture_is_read_whole_and_comes_home_as_two_spans() -> None:
    """An address between the two halves of a sentence is left out, and no offset moves."""
    text = '"We hold the ridge," the\n\nhttps://example.org/author/x\n\ngeneral said.'
    report = report_with(
        text,
        ("body", '"We hold the ridge," the'),
        ("address", "https://example.org/author/x"),
        ("body", "general said."),
    )
    flow = make_flow(report)
    assert flow.text == '"We hold the ridge," the general said.'
    at = flow.text.index("the general")
    home = flow.home((Span(at, at + len("the general")),))
    assert len(home) == 2
    assert words_of(text, home) == "the general"


def test_a_whole_sentence_before_furniture_is_not_joined() -> None:
    """Furniture between two paragraphs leaves them two."""
    text = "It held.\nRead more: floods\nThe road did not."
    report = report_with(
        text, ("body", "It held."), ("related", "Read more: floods"), ("body", "The road did not.")
    )
    assert make_flow(report).text == "It held.\n\nThe road did not."


def test_marks_are_made_one_kind(flow_of: Callable[[str], Flow]) -> None:
    """Curly, double and typewriter marks are read as straight ones and come home as they were."""
    text = "“No,” she said. ''Never.'' It’s over."
    flow = flow_of(text)
    assert flow.text == '"No," she said. "Never." It\'s over.'
    at = flow.text.index('"Never."')
    (home,) = flow.home((Span(at, at + 8),))
    assert text[home.start : home.end] == "''Never.''"


def test_a_word_hyphenated_at_a_line_end_is_read_whole(flow_of: Callable[[str], Flow]) -> None:
    """A PDF's line end inside a word is no hyphen."""
    assert flow_of("Two sol-\ndiers fled.").text == "Two soldiers fled."


def test_furniture_is_not_read() -> None:
    """Related links, navigation, addresses and adverts are not in the flow."""
    text = "Home\nIt held.\nAdvertisement\nRead also: x"
    report = report_with(
        text,
        ("navigation", "Home"), ("body", "It held."),
        ("advert", "Advertisement"), ("related", "Read also: x"),
    )  # fmt: skip
    assert make_flow(report).text == "It held."


@given(st.text(alphabet="ab \n\r\t-'\"“”’\u00ad\u200b.A", max_size=60), st.data())
def test_every_span_comes_home_inside_the_text(
    report_of: Callable[[str], Report], text: str, data: st.DataObject
) -> None:
    """Whatever the text, a span of the flow is spans of the text with the same letters."""
    flow = make_flow(report_of(text))
    start = data.draw(st.integers(0, len(flow.text)))
    end = data.draw(st.integers(start, len(flow.text)))
    home = flow.home((Span(start, end),))
    assert all(0 <= s.start <= s.end <= len(text) for s in home)
    letters = [c for c in "".join(text[s.start : s.end] for s in home) if c.isalpha()]
    assert letters == [c for c in flow.text[start:end] if c.isalpha()]
