"""Plain tokens: the same answers as spaCy's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading.parsing.model import Model
from sayso.reading.parsing.tokens import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

TEXT = (
    "Ines Orr told reporters on Friday that 12 tugs, which had left Bergen, weren't back. "
    "What did she want it for? U.S. officials said no."
)
PIECES = st.sampled_from(
    ["said", "She", '"', ",", ".", "Oslo", "that", "2", "to whom", "of it", " "]
)
PLAIN = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "orth",
    "is_space", "is_punct", "is_sent_start", "is_alpha", "is_title", "is_quote", "like_num",
    "shape_",
)  # fmt: skip


def _both(model: Model, text: str) -> tuple[Tokens, Doc]:
    given_ = model.annotate(model.pipeline.make_doc(text))
    return Tokens(given_, model.strings), given_


def _places(tokens: Any) -> list[int]:
    return [t.i for t in tokens]


def _same(mine: Tokens, theirs: Doc) -> None:
    assert (mine.text, len(mine)) == (theirs.text, len(theirs))
    for one, other in zip(mine, theirs, strict=True):
        assert [getattr(one, n) for n in PLAIN] == [getattr(other, n) for n in PLAIN]
        assert (len(one), str(one), one.head.i) == (len(other), str(other), other.head.i)
        for name in ("children", "subtree", "ancestors"):
            assert _places(getattr(one, name)) == _places(getattr(other, name))
        assert (one.left_edge.i, one.right_edge.i) == (other.left_edge.i, other.right_edge.i)
        assert (one.sent.start, one.sent.end) == (other.sent.start, other.sent.end)
    for one, other in zip(mine.sents, theirs.sents, strict=True):
        assert (one.text, one.root.i) == (other.text, other.root.i)
        assert (one.start_char, one.end_char) == (other.start_char, other.end_char)


def test_every_answer_is_spacys(model: Model) -> None:
    """On a text with a question, a relative clause and an abbreviation."""
    _same(*_both(model, TEXT))


@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_on_odd_texts_too(model: Model, text: str) -> None:
    """Whatever the parser makes of it."""
    _same(*_both(model, text))


@given(st.integers(-40, 40) | st.none(), st.integers(-40, 40) | st.none())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stretches_are_cut_as_lists_are(model: Model, start: int | None, end: int | None) -> None:
    """`tokens[a:b]`, and the same of a stretch: the tokens of those places, in both directions."""
    tokens = _tokens_of(model)
    assert _places(tokens[start:end]) == _places(list(tokens)[start:end])
    sentence = tokens.sents[0]
    assert _places(sentence[start:end]) == _places(list(sentence)[start:end])
    assert _places(reversed(tokens[start:end])) == _places(list(tokens)[start:end])[::-1]


_MADE: list[Tokens] = []


def _tokens_of(model: Model) -> Tokens:
    if not _MADE:
        _MADE.append(_both(model, TEXT)[0])
    return _MADE[0]


def test_neighbours_end_with_the_text(model: Model) -> None:
    """Beyond the text there is no token."""
    tokens = _tokens_of(model)
    assert tokens[0].nbor(1) is tokens[1]
    assert tokens[1].nbor(-1) is tokens[0]
    with pytest.raises(IndexError):
        tokens[0].nbor(-1)
    with pytest.raises(IndexError):
        tokens[-1].nbor()


def test_what_nobody_knows_is_an_error(model: Model) -> None:
    """A slip in a rule is seen, not answered."""
    with pytest.raises(AttributeError):
        _ = _tokens_of(model)[0].lema_
