"""The small model run quickly: what spaCy itself says, and never another thing in company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading.parsing.model import Model
from sayso.reading.parsing.quick import Quick

if TYPE_CHECKING:
    from spacy.tokens import Doc

TEXTS = [
    "Ines Orr told reporters on Friday that the fire was out, adding that nobody was hurt. "
    "The ferry, which had left Bergen at noon, came back at four. What did she want it for?",
    '"Nobody is missing," said the harbour master. "Two tugs have sunk off Vadsø."',
    "Storm closes port\n\nThe port stays closed, according to its owner, a firm of Oslo.\n\n"
    "It will open again in May, the mayor said. She's sure of it.",
    "",
    "No.",
    "   \n\n ",
]
PIECES = st.sampled_from(
    ["said", "She", '"', "n't", "\n", ",", ".", "Oslo", "that", "—", "rain fell", "to", "whom"]
)


@pytest.fixture(scope="module")
def quick(model: Model) -> Quick:
    """The quick parts; skips where another model is installed."""
    if model.quick is None:
        pytest.skip("another model is installed: all of spaCy's parts run")
    return model.quick


def _tokens(model: Model, text: str) -> Doc:
    tokens = model.pipeline.make_doc(text)
    for before, token in zip(tokens, tokens[1:] if len(tokens) else (), strict=False):
        if "\n\n" in before.text:
            token.is_sent_start = True
    return tokens


def _by_spacy(model: Model, text: str) -> Doc:
    tokens = _tokens(model, text)
    for part in ("tok2vec", "tagger", "parser"):
        tokens = model.pipeline.get_pipe(part)(tokens)
    return tokens


def _all_of(tokens: Doc) -> list[tuple[object, ...]]:
    return [
        (
            t.text,
            t.tag_,
            t.pos_,
            t.lemma_,
            t.dep_,
            t.head.i,
            t.is_sent_start,
            t.ent_iob_,
            t.ent_type_,
        )
        for t in tokens
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_tags_heads_and_relations_are_spacys(model: Model, quick: Quick, text: str) -> None:
    """The same weights on the same words: the same tag, head, relation and sentence of each."""
    mine, theirs = _tokens(model, text), _by_spacy(model, text)
    quick.annotate([mine])
    assert [(t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in mine] == [
        (t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in theirs
    ]
    if text:
        assert np.asarray(mine.tensor) == pytest.approx(np.asarray(theirs.tensor), abs=1e-4)


@settings(
    max_examples=30, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(pieces=st.lists(PIECES, max_size=40))
def test_on_odd_texts_too(model: Model, quick: Quick, pieces: list[str]) -> None:
    """Whatever the words: every token has spaCy's tag and head."""
    text = " ".join(pieces)
    mine, theirs = _tokens(model, text), _by_spacy(model, text)
    quick.annotate([mine])
    assert [(t.tag_, t.dep_, t.head.i) for t in mine] == [
        (t.tag_, t.dep_, t.head.i) for t in theirs
    ]


def test_company_changes_nothing(model: Model, quick: Quick) -> None:
    """A text among others has what it has alone, and its encodings to the last bit."""
    alone = [_tokens(model, text) for text in TEXTS]
    for tokens in alone:
        quick.annotate([tokens])
    together = [_tokens(model, text) for text in TEXTS * 3]
    quick.annotate(together)
    for one, other in zip(alone * 3, together, strict=True):
        assert _all_of(one) == _all_of(other)
        assert np.array_equal(one.tensor, other.tensor)


def test_what_was_read_before_changes_nothing(model: Model) -> None:
    """A fresh reader and one that has met the words give the same bits."""
    if model.quick is None:
        pytest.skip("another model is installed: all of spaCy's parts run")
    fresh = Quick(model.pipeline)
    first, second = _tokens(model, TEXTS[0]), _tokens(model, TEXTS[0])
    fresh.annotate([first])
    fresh.annotate([_tokens(model, text) for text in TEXTS])
    fresh.annotate([second])
    assert _all_of(first) == _all_of(second)
    assert np.array_equal(first.tensor, second.tensor)


def test_no_texts_is_no_trouble(quick: Quick) -> None:
    """Nothing in, nothing out."""
    quick.annotate([])
