"""The learned reader, with the weights that ship."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import ModelError
from sayso.reading.attribution.learned.tagger import Found, LearnedTagger
from sayso.reading.parsing.parse import Parse


@pytest.fixture(scope="module")
def tagger() -> LearnedTagger:
    """The shipped tagger."""
    return LearnedTagger.load()


def _row(parse: Parse, found: Found) -> tuple[str, str, str]:
    def words(parts: tuple[range, ...]) -> str:
        return " | ".join(parse.tokens[r.start : r.stop].text for r in parts)

    return words(found.source), words((found.cue,)), words(found.content)


CASES = {
    "a clause without that": (
        "The harbour master said two tugs had sunk off Vadsø.",
        ("The harbour master", "said", "two tugs had sunk off Vadsø"),
    ),
    "a quotation before its speaker": (
        '"Nobody is missing," Ines Orr told reporters on Friday.',
        ("Ines Orr", "told", '"Nobody is missing,"'),
    ),
    "according to": (
        "The port stays closed, according to its owner.",
        ("its owner", "according to", "The port stays closed"),
    ),
    "a belief": (
        "Norwegian officials believe the storm was to blame.",
        ("Norwegian officials", "believe", "the storm was to blame"),
    ),
    "a clause that ends in its speaker": (
        "The bridge will open again in May, the mayor said.",
        ("the mayor", "said", "The bridge will open again in May"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_finds_who_says_what(
    case: str, tagger: LearnedTagger, parse: Callable[[str], Parse]
) -> None:
    """Source, cue and content of the common forms, one attribution each."""
    text, row = CASES[case]
    read = parse(text)
    assert [_row(read, f) for f in tagger.find(read)] == [row]


def test_a_participle_has_the_speaker_of_its_sentence(
    tagger: LearnedTagger, parse: Callable[[str], Parse]
) -> None:
    """`…, adding that` is said by whom the sentence begins with."""
    read = parse("Ines Orr told reporters that the fire was out, adding that nobody was hurt.")
    rows = [_row(read, f) for f in tagger.find(read)]
    assert ("Ines Orr", "adding", "that nobody was hurt") in rows


def test_plain_narration_has_no_attribution(
    tagger: LearnedTagger, parse: Callable[[str], Parse]
) -> None:
    """Where nobody speaks, nobody is given words."""
    assert tagger.find(parse("The ferry left Bergen at noon. Two cars waited on the pier.")) == []


PIECES = st.lists(
    st.sampled_from(
        ["said", "She", '"', "'", "\n\n", ",", ".", "Oslo", "that", "—", "rain fell", "told us"]
    ),
    max_size=50,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_what_is_found_lies_in_the_text(
    tagger: LearnedTagger, parse: Callable[[str], Parse], pieces: list[str]
) -> None:
    """On any text: ranges within it and none empty, no cue twice, scores up to 1."""
    read = parse(" ".join(pieces))
    found = tagger.find(read)
    for f in found:
        for part in (*f.source, f.cue, *f.content):
            assert 0 <= part.start < part.stop <= len(read.tokens)
        assert f.content
        assert tagger.least <= f.score <= 1
    cues = [i for f in found for i in f.cue]
    assert len(cues) == len(set(cues))


def test_the_same_text_gives_the_same(tagger: LearnedTagger, parse: Callable[[str], Parse]) -> None:
    """Twice read is twice the same, to the last bit of the score."""
    text = CASES["a quotation before its speaker"][0] + " " + CASES["a belief"][0]
    assert tagger.find(parse(text)) == tagger.find(parse(text))


def test_paragraphs_far_away_change_nothing(
    tagger: LearnedTagger, parse: Callable[[str], Parse]
) -> None:
    """A text is encoded in pieces: what stands a few hundred words on is not seen."""
    first = CASES["a quotation before its speaker"][0]
    padding = "\n\nThe ferry left Bergen at noon and came back at four." * 40
    short, long = parse(first + padding), parse(first + padding + padding)
    assert tagger.find(short)[0].cue == tagger.find(long)[0].cue
    assert tagger.find(short)[0].score == pytest.approx(tagger.find(long)[0].score, abs=1e-4)


def test_another_model_s_encodings_are_refused(
    tagger: LearnedTagger, parse: Callable[[str], Parse]
) -> None:
    """A model with word vectors (md, lg) encodes otherwise: an error says so, no wrong reading."""

    class Vocab:
        vectors_length = 300

    class Tokens:
        vocab = Vocab()

    with pytest.raises(ModelError, match="small model"):
        tagger.find(Parse(parse("A text.").flow, Tokens()))  # type: ignore[arg-type]


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A missing or damaged file is a ModelError with its path."""
    with pytest.raises(ModelError, match=re.escape("none.npz")):
        LearnedTagger.load(tmp_path / "none.npz")
    damaged = tmp_path / "damaged.npz"
    damaged.write_bytes(b"no weights")
    with pytest.raises(ModelError, match=re.escape("damaged.npz")):
        LearnedTagger.load(damaged)


def test_the_weights_hold_no_text(tagger: LearnedTagger) -> None:
    """Numbers only: no array of strings or objects, and no word in the description."""
    weights = files("sayso.reading.attribution.learned").joinpath("weights", "attribution.npz")
    with weights.open("rb") as file, np.load(file, allow_pickle=False) as held:
        assert {held[name].dtype.kind for name in held} <= {"f", "i", "u"}
    assert set(tagger.meta) == {"format", "seed", "epochs", "least", "articles"}
