"""What a source is called: forms of its name, and words that stand for anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.layout.called import is_anybodys, is_pronoun, names_in
from sayso.record import Reading, Span

Make = Callable[..., Reading]
NAME = "Quillon Ravenscourt"
KEY = "quillon ravenscourt|person|"


@pytest.mark.parametrize("words", ["She", "he", "They", "the others", "some", "Who"])
def test_pronouns_are_nobodys_name(words: str) -> None:
    """Whoever is spoken of may be meant."""
    assert is_pronoun(words)
    assert names_in(words, own=True) == []


@pytest.mark.parametrize(
    "words",
    ["the agency", "The Agency", "President", "the Norwegian minister", "a doctor", "The official",
     "Prime Minister", "Mother", "the Foreign Ministry"],
)  # fmt: skip
def test_titles_and_descriptions_are_anybodys(words: str) -> None:
    """Hidden, they would hide what another agency or minister said."""
    assert is_anybodys(words)
    assert names_in(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "an aid worker at a clinic",
        "medical sources",
        "officials briefed yesterday",
        "residents still trapped",
    ],
)
def test_a_description_in_small_letters_is_no_name(words: str) -> None:
    """Though *mayor bo finch* is one."""
    assert names_in(words, own=True) == []


@pytest.mark.parametrize(
    ("called", "forms"),
    [
        (NAME, [NAME, "Ravenscourt"]),
        ("President Maud Ellery", ["President Maud Ellery", "Maud Ellery", "Ellery"]),
        ("Dr. Finch", ["Dr. Finch", "Finch"]),
        ("Stephen King", ["Stephen King", "King"]),  # a title, but here a name's last word
        ("the OKR", ["the OKR", "OKR"]),
        ("Finch, of the opposition", ["Finch, of the opposition", "Finch"]),
        # behind "for" stands another's name, and "Staff" is a word of many
        ("Colonel Bo Finch, a spokesman for Norland's Main Staff",
         ["Colonel Bo Finch, a spokesman for Norland's Main Staff", "Colonel Bo Finch",
          "Bo Finch", "Finch"]),
        # a word before the name that we do not know for a calling
        ("Volunteer Maud Ellery", ["Volunteer Maud Ellery", "Maud Ellery", "Ellery"]),
        ("mayor bo finch", ["mayor bo finch", "bo finch"]),
        ("Oda Health Ministry", ["Oda Health Ministry"]),
        ("Omar al-Finch", ["Omar al-Finch", "al-Finch", "Finch"]),
        ("Abdel Omar al-Finch", ["Abdel Omar al-Finch", "Omar al-Finch", "al-Finch", "Finch"]),
        ("Maud de la Finch", ["Maud de la Finch", "Finch"]),
        ("Harbour Workers' Watch", ["Harbour Workers' Watch"]),
    ],
)  # fmt: skip
def test_forms_of_a_name(called: str, forms: list[str]) -> None:
    """The whole, its own run of capitals, and the last word where that is said alone."""
    assert names_in(called) == forms


def test_the_name_of_an_institution_is_hidden_as_a_whole() -> None:
    """Made of words of many, it is a form only as the name that the source is known by."""
    name = "South Korea's National Intelligence Service"
    assert names_in(name) == []
    assert names_in(name, own=True) == [name]


def test_a_protected_source_is_not_given_anothers_words(linked: Ledger, make_reading: Make) -> None:
    """A report in which somebody else is *she* has no twin, and none of its words a label."""
    own = make_reading(NAME, "Four died in Sudzha", more="She left. The official stayed.")
    spans = [(Span(own.report.text.index(w), own.report.text.index(w) + len(w)),)
             for w in ("She", "The official")]  # fmt: skip
    source = replace(own.sources[0], mentions=(*own.sources[0].mentions, *spans))
    linked.add([replace(own, sources=(source,))])
    other = make_reading("Ann Roe", "Nine fled", url=None, more="She said so. The official left.")
    (added,) = linked.add([other])
    assert linked.sources("ravenscourt").rows[0].aliases == ("The official",)

    detail = linked.judge("protect", KEY, by="ed", reason="he asked for it").detail

    assert detail["names"] == [NAME, "Ravenscourt"]
    assert list(linked.names_protected(detail["names"])) == ["r2"]
    assert linked.seen_by("clear").reading(added.report).report.text == other.report.text
    with pytest.raises(UsageError, match="may be anybody"):
        linked.judge("protect", KEY, by="ed", reason="he asked for it", also=["she"])
