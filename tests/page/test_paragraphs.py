"""Which line breaks of a plain text are the page's and which the writer's."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from sayso.page.lines import breaks_between
from sayso.page.paragraphs import split_paragraphs

FIRST = (
    "Divers have raised the ferry that sank off the port of Larne in March, the coast guard said on"
    " Friday, and found the bodies of two of the missing in its hold. The owner did not comment."
)
SECOND = (
    "Relatives of the crew never believed that nobody was below deck when the ship went down, and"
    " said so to every minister who would hear them between then and the end of the year."
)


def _words(text: str) -> list[str]:
    return [" ".join(text[p.start : p.end].split()) for p in split_paragraphs(text, breaks_between)]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    """Blank lines part paragraphs, the column's breaks do not."""
    text = "\n\n".join("\n".join(textwrap.wrap(p, 72)) for p in (FIRST, SECOND))
    assert _words(text) == [FIRST, SECOND]


def test_an_indent_begins_a_paragraph() -> None:
    """Without blank lines, the first line's indent parts them."""
    text = "\n".join("\n".join(textwrap.wrap("   " + p, 72)) for p in (FIRST, SECOND))
    assert _words(text) == [FIRST, SECOND]


def test_a_paragraph_a_line() -> None:
    """Long lines are paragraphs, with or without blank lines between."""
    assert _words(f"{FIRST}\n{SECOND}\n{FIRST}") == [FIRST, SECOND, FIRST]


def test_a_caption_s_line_against_the_text() -> None:
    """A caption line is apart from the indented text right under it, and from text without one."""
    caption = "A photo showing the raised ferry beside a crane of the port."
    for indent in ("", " "):
        text = f" {caption}\n" + "\n".join(textwrap.wrap(indent + FIRST, 90)) + f"\n\n{SECOND}"
        assert _words(text)[:2] == [caption, FIRST]


def test_an_address_in_mid_sentence() -> None:
    """An address line is apart though it cuts a sentence without a blank line."""
    lines = textwrap.wrap(FIRST, 72)
    text = "\n".join([lines[0], "https://courier.example/author/afp-3", *lines[1:]])
    assert _words(text)[:2] == [lines[0], "https://courier.example/author/afp-3"]


def test_short_lines_under_each_other_are_not_joined() -> None:
    """Headline, name and date in three lines stay three."""
    head = ["Ferry raised off Larne", "By Jane Roe", "27 December 2024"]
    assert _words("\n".join(head)) == head


@given(st.text(alphabet=st.sampled_from("aA. \n\r\t\u2028\x0c-•>“1:/"), max_size=300))
def test_paragraphs_hold_all_words(text: str) -> None:
    """In order, without overlap, inside the text; what is between them is white space."""
    at = 0
    for paragraph in split_paragraphs(text, breaks_between):
        assert at <= paragraph.start < paragraph.end <= len(text)
        assert not text[at : paragraph.start].strip()
        at = paragraph.end
    assert not text[at:].strip()
