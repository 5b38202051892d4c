"""The parse of a flow: spaCy's tokens, sentences, dependencies and entities over its text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.record import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from sayso.reading.flow import Flow


@dataclass(frozen=True)
class Parse:
    """A flow and its tokens. All offsets in the reading rooms are of `flow.text`.

    `tokens` is spaCy's Doc: token.idx, token.head, token.dep_, token.sent, ents …
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
        if index >= token.idx + len(token) and token.i + 1 < len(self.tokens):
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
        return Span(first.idx, last.idx + len(last))

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.flow.text[span.start : span.end]


def parse_flow(flow: Flow, model: Language) -> Parse:
    """Parse a flow; no sentence runs over a paragraph's end."""
    tokens = model.make_doc(flow.text)
    after_break = True
    for token in tokens:
        if token.is_space:
            after_break = after_break or "\n\n" in token.text
            continue
        if after_break:
            token.is_sent_start = True
        after_break = False
    for _, pipe in model.pipeline:
        tokens = pipe(tokens)
    return Parse(flow, tokens)
