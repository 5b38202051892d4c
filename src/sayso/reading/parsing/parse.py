"""The parse of a flow: spaCy's tokens, sentences, dependencies and entities over its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np

from sayso.reading.parsing.tokens import Tokens
from sayso.record import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from sayso.reading.flow import Flow
    from sayso.reading.parsing.model import Model


@dataclass(frozen=True)
class Parse:
    """A flow and its tokens. All offsets in the reading rooms are of `flow.text`.

    `tokens` answers as spaCy's Doc does: token.idx, token.head, token.dep_, token.sent (tokens.py)
    """

    flow: Flow
    tokens: Doc

    @property
    def text(self) -> str:
        """The text that was parsed."""
        return self.flow.text

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.idx for t in self.tokens]

    def token_at(self, index: int) -> Token:
        """The token that covers, or else follows, this character."""
        i = bisect_left(self._token_starts, index + 1) - 1
        token = self.tokens[max(i, 0)]
        if index >= token.idx + len(token.text) and token.i + 1 < len(self.tokens):
            token = self.tokens[token.i + 1]
        return token

    def tokens_of(self, span: Span) -> list[Token]:
        """The tokens that begin inside a span."""
        lo = bisect_left(self._token_starts, span.start)
        hi = bisect_left(self._token_starts, span.end)
        return list(self.tokens[lo:hi])

    def span_of(self, tokens: list[Token]) -> Span:
        """The span from the first to the last of some tokens."""
        first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
        return Span(first.idx, last.idx + len(last.text))

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.flow.text[span.start : span.end]


# Tokens; no sentence of news is as long. "said said said …" would else be one tree, deeper than
# Python's stack and dear for every rule that walks it.
LONGEST_SENTENCE = 300


# spaCy's tokenizer peels affixes off a run of non-spaces one by one, searching the rest each time:
# a line of 100,000 quotation marks takes it hours. No word or address of news is as long.
_LONG_RUN = re.compile(r"\S{400}")
_PIECES = re.compile(r"(?:\s|\S{1,400}(?:\s+|$))+|\S{400}")


def _tokenize(text: str, model: Language) -> Doc:
    """The tokens of a text, in time linear in its length."""
    if not _LONG_RUN.search(text):
        return model.make_doc(text)
    from spacy.tokens import Doc  # noqa: PLC0415 - loaded by now: the model is

    pieces = [model.make_doc(m.group()) for m in _PIECES.finditer(text)]
    whole = Doc.from_docs(pieces, ensure_whitespace=False)
    assert whole is not None  # noqa: S101 - there is a piece: the run
    return whole


def parse_flow(flow: Flow, model: Model) -> Parse:
    """Parse a flow; no sentence runs over a paragraph's end, nor on without end."""
    return parse_flows([flow], model)[0]


def parse_flows(flows: Sequence[Flow], model: Model) -> list[Parse]:
    """The parses of flows, each as it would be by itself; together they cost less."""
    texts = [_tokenize(flow.text, model.pipeline) for flow in flows]
    for tokens in texts:
        _begin_sentences(tokens)
    parsed = model.annotate_all(texts)
    return [
        # rules are typed by spaCy's names, and these have the same
        Parse(flow, cast("Doc", Tokens(tokens, model.strings, flow.text)))
        for flow, tokens in zip(flows, parsed, strict=True)
    ]


def _begin_sentences(tokens: Doc) -> None:
    """Mark the first word of each paragraph, and of what is left of one that goes on and on."""
    spaces = tokens.to_array("IS_SPACE") == 1
    words = np.flatnonzero(~spaces)
    firsts = {int(words[0])} if len(words) else set()
    for i in np.flatnonzero(spaces).tolist():
        if "\n\n" in tokens[i].text:
            following = int(np.searchsorted(words, i))
            firsts.update(words[following : following + 1].tolist())
    bounds = [*sorted(firsts), len(tokens)]
    for first, end in pairwise(bounds):
        at = first
        while at < end:
            tokens[at].is_sent_start = True
            following = int(np.searchsorted(words, at + LONGEST_SENTENCE))
            at = int(words[following]) if following < len(words) else end
