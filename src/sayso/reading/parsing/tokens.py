"""The tokens of a parse as plain objects: what spaCy's give, without a look-up for each answer.

spaCy works out `token.dep_`, `token.sent` or `token.children` anew whenever it is asked, and rules
ask often. These hold the answers. They have the names of spaCy's and the same meaning, and a rule
can't tell one from the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_COLUMNS: list[int | str] = [
    "ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "ENT_IOB", "IDX", "SENT_START",
    "IS_SPACE", "IS_PUNCT", "IS_ALPHA", "HEAD",
]  # fmt: skip
_IOB = ("", "I", "O", "B")
_MOST = 100_000  # strings kept
_NONE: tuple[()] = ()  # the children of most words: fewer lists for the collector to walk


class Token:
    """A word, number or mark. See spaCy's Token for what each name means."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx",
        "is_alpha", "is_punct", "is_sent_start", "is_space", "lemma_", "lower_", "orth", "pos_",
        "sent", "tag_", "text",
    )  # fmt: skip
    children: list[Token] | tuple[()]
    dep_: str
    doc: Tokens
    ent_iob_: str
    ent_type_: str
    head: Token
    i: int
    idx: int
    is_alpha: bool
    is_punct: bool
    is_sent_start: bool
    is_space: bool
    lemma_: str
    lower_: str
    orth: int
    pos_: str
    sent: Stretch
    tag_: str
    text: str

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        """What the word itself decides and is seldom asked: is_title, shape_, like_num."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.doc.vocab[self.orth], name)

    def nbor(self, steps: int = 1) -> Token:
        """The token some steps on; raises IndexError beyond the text."""
        if not 0 <= self.i + steps < len(self.doc):
            raise IndexError(self.i + steps)
        return self.doc[self.i + steps]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The head, its head, and so on."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    def is_ancestor(self, other: Token) -> bool:
        """True where the other hangs on this one."""
        return any(a is self for a in other.ancestors)

    @property
    def subtree(self) -> Iterator[Token]:
        """It and all that hangs on it, what hangs before it first."""
        found: list[Token] = []
        _gather(self, found)
        return iter(found)

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return self.doc[self.doc.edges[0][self.i]]

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return self.doc[self.doc.edges[1][self.i]]


def _gather(token: Token, found: list[Token]) -> None:
    placed = False
    for child in token.children:
        if not placed and child.i > token.i:
            found.append(token)
            placed = True
        _gather(child, found)
    if not placed:
        found.append(token)


class Stretch:
    """Some tokens in a row: a sentence, or what a rule cuts out."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tokens, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, max(start, end)

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.all[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.all[self.start : self.end])

    def __contains__(self, token: object) -> bool:
        return isinstance(token, Token) and self.start <= token.i < self.end

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Stretch: ...
    def __getitem__(self, at: int | slice) -> Token | Stretch:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self))
            return Stretch(self.doc, self.start + first, self.start + last)
        return self.doc.all[self.start : self.end][at]

    @property
    def start_char(self) -> int:
        """Where it begins in the text."""
        return self.doc.all[self.start].idx

    @property
    def end_char(self) -> int:
        """Where it ends in the text."""
        last = self.doc.all[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its characters."""
        return self.doc.text[self.start_char : self.end_char] if len(self) else ""

    @property
    def root(self) -> Token:
        """The token that is nearest to the top of the tree; the first of several."""
        tops = (t for t in self if t.head is t)
        return next(tops, None) or min(self, key=lambda t: (sum(1 for _ in t.ancestors), t.i))


class Tokens:
    """All tokens of a text, made of a Doc that has been annotated."""

    def __init__(self, given: Doc, words: Words, text: str | None = None) -> None:
        """`text` is the Doc's own where it is at hand: spaCy's puts it together anew."""
        self.given = given
        self.text = given.text if text is None else text
        self.all: list[Token] = []
        self.sents: list[Stretch] = []
        if len(given):
            self._make(words)

    @property
    def vocab(self) -> Vocab:
        """The words that the model knows."""
        return self.given.vocab

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.all)

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.all)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Stretch: ...
    def __getitem__(self, at: int | slice) -> Token | Stretch:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self.all))
            return Stretch(self, first, last)
        return self.all[at]

    def _make(self, words: Words) -> None:
        columns: Any = self.given.to_array(_COLUMNS)
        heads = columns[:, 13].astype(np.int64) + np.arange(len(columns))
        self.edges = _edges(heads)
        starts = columns[:, 9] == 1
        rows = zip(
            *(words.strings(columns[:, i]) for i in range(7)),
            *columns[:, [0, 7, 8]].T.tolist(),
            *(columns[:, 9:13] == 1).T.tolist(),
            strict=True,
        )
        for i, row in enumerate(rows):
            token = Token()
            (
                token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_,
                token.ent_type_, token.orth, iob, token.idx,
                token.is_sent_start, token.is_space, token.is_punct, token.is_alpha,
            ) = row  # fmt: skip
            token.ent_iob_ = _IOB[iob]
            token.i, token.doc, token.children = i, self, _NONE
            self.all.append(token)
        for token, at in zip(self.all, heads.tolist(), strict=True):
            head = token.head = self.all[at]
            if head is token:
                continue
            if not isinstance(head.children, list):
                head.children = []
            head.children.append(token)
        bounds = [0, *(np.flatnonzero(starts[1:]) + 1).tolist(), len(starts)]
        for first, end in pairwise(bounds):
            sentence = Stretch(self, first, end)
            self.sents.append(sentence)
            for token in sentence:
                token.sent = sentence


def _edges(heads: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The first and the last token of each token's subtree."""
    left = np.arange(len(heads))
    right = left.copy()
    while True:
        before = left.copy(), right.copy()
        np.minimum.at(left, heads, before[0])
        np.maximum.at(right, heads, before[1])
        if np.array_equal(left, before[0]) and np.array_equal(right, before[1]):
            return left.tolist(), right.tolist()


class Words:
    """The strings of hashes, kept: spaCy's own look-up makes each string anew."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._known: dict[int, str] = {0: ""}

    def strings(self, hashes: npt.NDArray[np.uint64]) -> list[str]:
        """The string of each hash."""
        known, wanted = self._known, hashes.tolist()
        if len(known) > _MOST:
            known.clear()
            known[0] = ""
        try:
            return [known[h] for h in wanted]
        except KeyError:
            for new in {h for h in wanted if h not in known}:
                known[new] = self._vocab.strings[new]
        return [known[h] for h in wanted]
