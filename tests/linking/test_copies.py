from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.copies import (
    CopyFinder,
    Fingerprint,
    compare,
    find_passages,
    fingerprint,
    shares,
)
from sayso.linking.index import MOST, MemoryPostings
from sayso.record import Span
from sayso.record.links import key_of

WIRE = (
    "A bus left the road near the pass of Salang in heavy snow on Sunday and rolled down the slope"
    " into a frozen stream, where shepherds pulled the travellers out through the windows."
)
LONG = (
    "It was the third such accident of the winter. " + WIRE + " The governor had asked for barriers"
    " along the road in every one of the last nine years, and each time the money went elsewhere,"
    " to a stadium, to a guest house, and to a fountain that has never held any water."
)


def test_a_long_story_swallows_a_short_wire() -> None:
    """The share of the wire is whole, that of the story small; containment is the larger."""
    copy = compare("wire", "story", fingerprint(WIRE), fingerprint(LONG))
    assert copy is not None
    assert copy.share_a == pytest.approx(1.0)
    assert copy.share_b < 0.6
    assert copy.containment == copy.share_a


def test_passages_name_the_characters_on_both_sides() -> None:
    """The shared stretch is given in each text's own characters."""
    (passage,) = find_passages(fingerprint(WIRE), fingerprint(LONG))
    assert WIRE[passage.a.start : passage.a.end] == WIRE.rstrip(".")
    assert LONG[passage.b.start : passage.b.end] == WIRE.rstrip(".")


def test_furniture_does_not_cut_a_copy() -> None:
    """A related link within a sentence is no part of the text: the sentence is still whole."""
    cut = WIRE.index("on Sunday")
    link = "Read also: How to drive in snow "
    text = WIRE[:cut] + link + WIRE[cut:]
    other = fingerprint(text, [Span(cut, cut + len(link))])
    assert shares(fingerprint(WIRE), other) == (1.0, 1.0)
    (passage,) = find_passages(fingerprint(WIRE), other)
    assert text[passage.b.start : passage.b.end].endswith("the windows")


def test_texts_of_one_matter_are_no_copies() -> None:
    """Two texts that tell the same in other words share nothing."""
    other = "Shepherds saved people from a bus that had slid off the Salang road on Sunday morning."
    assert compare("a", "b", fingerprint(WIRE), fingerprint(other)) is None


def test_found_through_the_index() -> None:
    """A copy is found among many texts without going pair by pair, whichever came first."""
    prints: dict[str, Fingerprint] = {}
    looked_at: list[str] = []

    def held(name: str) -> Fingerprint:
        looked_at.append(name)
        return prints[name]

    finder = CopyFinder(MemoryPostings(), held)
    for i in range(300):
        words = " ".join(f"word{i}x{j}" for j in range(60))
        prints[str(i)] = fingerprint(words)
        assert finder.add(str(i), prints[str(i)]) == []
    prints["wire"] = fingerprint(WIRE)
    finder.add("wire", prints["wire"])
    prints["story"] = fingerprint(LONG)
    assert [(c.a, c.b) for c in finder.add("story", prints["story"])] == [("wire", "story")]
    assert looked_at == ["wire"]


def test_a_report_taken_in_twice_is_no_copy_of_itself() -> None:
    """Adding a report again finds nothing and changes nothing."""
    prints = {"wire": fingerprint(WIRE)}
    finder = CopyFinder(MemoryPostings(), prints.__getitem__)
    assert finder.add("wire", prints["wire"]) == []
    assert finder.add("wire", prints["wire"]) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_texts_compare(a: str, b: str) -> None:
    """Any two texts compare; shares lie in 0..1 and passages in their texts."""
    one, other = fingerprint(a), fingerprint(b)
    assert all(0 <= share <= 1 for share in shares(one, other))
    for passage in find_passages(one, other):
        assert 0 <= passage.a.start < passage.a.end <= len(a)
        assert 0 <= passage.b.start < passage.b.end <= len(b)


@given(
    st.lists(st.sampled_from("north south east west road bridge river hill".split()), max_size=80)
)
def test_a_text_is_its_own_copy(words: list[str]) -> None:
    """A text of five words or more holds itself whole, whatever it repeats."""
    text = " ".join(words)
    assert shares(fingerprint(text), fingerprint(text)) == (
        (1.0, 1.0) if len(words) >= 5 else (0, 0)
    )


def test_one_sentence_again_and_again_costs_little() -> None:
    """A hostile text that repeats itself is aligned in bounded time."""
    text = "one two three four five six seven eight nine ten " * 10_000
    start = time.process_time()
    find_passages(fingerprint(text), fingerprint(text))
    assert time.process_time() - start < 3


def test_marks_are_the_same_on_every_machine() -> None:
    """Fingerprints and keys hang on no process's own hash seed."""
    assert key_of("place", "Gao", None, 3) == 1135016183791785027
    assert fingerprint("one two three four five").marks == [6451577945718427236]
    assert all(0 <= mark < 2**63 for mark in fingerprint(LONG).marks)


def test_boilerplate_is_no_candidate() -> None:
    """A key that very many hold is passed over."""
    postings = MemoryPostings()
    for i in range(MOST + 1):
        postings.post("marks", str(i), [7])
    postings.post("marks", "x", [8, 9])
    assert postings.find("marks", [7, 8, 9, 9]) == {"x": 2}
    assert postings.find("other", [8]) == {}


@given(
    st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs", "Mn", "Mc"]), max_size=80)
)
def test_words_stand_where_they_stand(text: str) -> None:
    """The words of a fingerprint are the runs of letters and digits in the text."""
    found = fingerprint(text)
    words = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert words == [w for w in re.split(r"[^\w]+", text) if w]


def test_case_does_not_matter() -> None:
    """A headline in capitals is the same text."""
    assert shares(fingerprint(WIRE), fingerprint(WIRE.upper())) == (1.0, 1.0)
