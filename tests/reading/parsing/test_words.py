"""Parts of speech and lemmas by table, names off the encoder: as good as what they replace."""

from __future__ import annotations

import pytest

from sayso.reading.parsing.model import Model, load_model

TEXT = (
    "Minister Ada Holm said on Friday that two soldiers weren't killed in Kenya. "
    "They've been taken to hospitals, she added, because the clinics were closing. "
    "Norwegian troops had fled; nobody knew why the United Nations would not help."
)


@pytest.fixture(scope="module")
def ours(model: Model) -> Model:
    """The quick model; skips where the model that is installed is another one."""
    if model.quick is None:
        pytest.skip("another model is installed: all of spaCy's parts run")
    return model


@pytest.fixture(scope="module")
def whole() -> Model:
    """The same model with all of spaCy's parts."""
    return load_model(whole=True)


def test_parts_of_speech_and_lemmas_agree_with_spacys(ours: Model, whole: Model) -> None:
    """The table says what the attribute ruler and the lemmatizer say, on plain news English."""
    mine = ours.annotate(ours.pipeline.make_doc(TEXT))
    theirs = whole.annotate(whole.pipeline.make_doc(TEXT))
    assert [(t.text, t.pos_, t.lemma_) for t in mine] == [
        (t.text, t.pos_, t.lemma_) for t in theirs
    ]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("hopes", "hope"), ("raped", "rape"), ("taxes", "tax"), ("fled", "flee"), ("were", "be")],
)
def test_lemmas_of_words_that_news_needs(ours: Model, word: str, lemma: str) -> None:
    """A form has the lemma of the word that it is of, not of a shorter one."""
    tokens = ours.annotate(ours.pipeline.make_doc(f"The minister {word} again."))
    assert tokens[2].lemma_ == lemma


def test_names_are_typed(ours: Model) -> None:
    """Persons, countries, peoples and bodies are told apart."""
    tokens = ours.annotate(ours.pipeline.make_doc(TEXT))
    found = {(e.text, e.label_) for e in tokens.ents}
    assert {("Ada Holm", "PERSON"), ("Kenya", "GPE"), ("Norwegian", "NORP")} <= found


def test_an_empty_text_has_no_names(ours: Model) -> None:
    """Nothing in, nothing out."""
    assert not ours.annotate(ours.pipeline.make_doc("")).ents
