"""What the learned reader sees of a parse: numbers for each token, and for each token beside a cue.

All is read in whole columns (numpy), never token by token: this runs on every word of every report.
Words enter as hash buckets and as rows of a general word table, so the weights hold no text.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sayso.reading.attribution.quotes import find_quotes

if TYPE_CHECKING:
    from sayso.reading.parsing.parse import Parse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# spaCy's names of attributes; all are columns of one to_array call
_COLUMNS: list[int | str] = [
    "LOWER", "LEMMA", "SUFFIX", "SHAPE", "TAG", "DEP", "HEAD", "SENT_START", "IS_SPACE", "IDX",
    "LENGTH",
]  # fmt: skip
DEPS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj "
    "csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass "
    "nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp"
).split()
TAGS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS "
    "PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
).split()
# children that tell a verb of saying from another: a bit each
_CHILDREN = (
    "nsubj nsubjpass ccomp xcomp dobj prep mark parataxis advcl acl agent aux auxpass neg "
    "dative punct"
).split()
# how many ids each column of `ids` may hold
SIZES = {
    "lower": 6144, "lemma": 3072, "suffix": 1024, "shape": 256, "tag": 64, "dep": 64,
    "quote": 16, "quote_near": 36, "place": 64, "paragraph": 16,
}  # fmt: skip
WINDOW = 52  # tokens learned from to each side of a cue: 99 % of the contents stand within
REACH = 36  # and read: a third less work, 0.1 of F1 less
# the columns of what a token is to a cue
BESIDE = {"steps": 37, "down": 64, "up": 64, "away": 2 * WINDOW + 1, "cue": 16, "sentence": 14,
          "quote": 20}  # fmt: skip
_STEPS = 5  # a tree path is followed this far to each side
_NEAR = np.array([0, 1, 2, 3, 3, 4, 4, 4, 4, 5], dtype=np.int64)
_EDGE = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 7], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Seen:
    """The tokens of a parse without white space: `at` are their indexes in the parse.

    `ids` is (columns of SIZES, tokens); `row` the row of the word table; `head` the index of the
    head among these tokens; `children` a bit a kind of child; `tensor` the parser's own encoding.
    """

    at: Ints
    ids: Ints
    key: npt.NDArray[np.uint64]
    head: Ints
    dep: Ints
    children: Floats
    tensor: Floats
    sentence: Ints
    paragraph: Ints
    quoted: Ints
    marks: Ints

    def __len__(self) -> int:
        return len(self.at)


def _codes(strings: Any, names: list[str], column: npt.NDArray[np.uint64]) -> Ints:
    """For each hash the place of its name in `names`, from 1; 0 where it is none of them."""
    keys, order = _hashes(strings, tuple(names))
    found = np.minimum(np.searchsorted(keys, column), len(keys) - 1)
    return np.where(keys[found] == column, order[found] + 1, 0)


@functools.lru_cache(maxsize=4)
def _hashes(strings: Any, names: tuple[str, ...]) -> tuple[npt.NDArray[np.uint64], Ints]:
    """The sorted hashes of names, and the place of each among the names."""
    keys = np.array([strings[name] for name in names], dtype=np.uint64)
    order = np.argsort(keys)
    return keys[order], order


def see(parse: Parse) -> Seen:
    """What is seen of a parse's tokens."""
    tokens = parse.tokens.given  # type: ignore[attr-defined]
    table = tokens.to_array(_COLUMNS)
    at = np.flatnonzero(table[:, 8] == 0)
    n = len(at)
    strings = tokens.vocab.strings
    columns = {str(name): table[at, i] for i, name in enumerate(_COLUMNS)}
    head = _heads(table[:, 6].astype(np.int64), at)
    dep = _codes(strings, DEPS, columns["DEP"])
    starts = columns["IDX"].astype(np.int64)
    ends = starts + columns["LENGTH"].astype(np.int64)
    sentence = np.cumsum(table[:, 7].astype(np.int64) == 1)[at]
    if n:
        sentence -= sentence[0]
    firsts = np.array([p.start for p in parse.flow.paragraphs], dtype=np.int64)
    paragraph = np.maximum(np.searchsorted(firsts, starts, side="right") - 1, 0)
    quoted, quote_ids, near, marks = _quotes(parse, starts, ends)
    ids = np.empty((len(SIZES), n), dtype=np.int64)
    for i, name in enumerate(("LOWER", "LEMMA", "SUFFIX", "SHAPE")):
        size = list(SIZES.values())[i]
        ids[i] = (columns[name] % np.uint64(size)).astype(np.int64)
    ids[4] = _codes(strings, TAGS, columns["TAG"])
    ids[5] = dep
    ids[6] = quote_ids
    ids[7] = near
    ids[8], ids[9] = _places(sentence, paragraph, quoted)
    return Seen(
        at, ids, columns["LOWER"], head, dep, _children(head, dep),
        np.asarray(tokens.tensor[at], dtype=np.float32),
        sentence, paragraph, quoted, marks,
    )  # fmt: skip


def _heads(offsets: Ints, at: Ints) -> Ints:
    """The head of each token among the tokens that are no white space; itself where it has none."""
    to = np.full(len(offsets), -1, dtype=np.int64)
    to[at] = np.arange(len(at))
    heads = to[at + offsets[at]]
    return np.where(heads < 0, np.arange(len(at)), heads)


def _children(head: Ints, dep: Ints) -> Floats:
    codes = np.array([DEPS.index(name) + 1 for name in _CHILDREN])
    out = np.zeros((len(head), len(codes)), dtype=np.float32)
    own, kind = np.nonzero(dep[:, None] == codes[None, :])
    out[head[own], kind] = 1.0
    return out


def _quotes(parse: Parse, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Inside a quotation or not; its kind; how near quotations are; marks so far."""
    quotes = find_quotes(parse.flow)
    zero = np.zeros(len(starts), dtype=np.int64)
    if not quotes or not len(starts):
        return zero, zero, zero + 35, zero
    opens = np.array([q.outer.start for q in quotes], dtype=np.int64)
    closes = np.array([q.outer.end for q in quotes], dtype=np.int64)
    last = np.searchsorted(opens, starts, side="right") - 1  # the last that opened
    safe = np.maximum(last, 0)
    quoted = ((last >= 0) & (starts < closes[safe])).astype(np.int64)
    first_token = np.searchsorted(starts, opens)
    end_token = np.searchsorted(starts, closes)
    length = np.digitize(end_token - first_token, (5, 10, 20))[safe]
    is_first = starts == opens[safe]
    is_last = ends == closes[safe]
    kind = quoted * (1 + length * 3 + is_first * 1 + (is_last & ~is_first) * 2)
    here = np.arange(len(starts))
    back = np.where(last >= 0, np.clip(here - end_token[safe], 0, 9), 9)
    following = np.minimum(last + 1, len(quotes) - 1)
    ahead = np.where(last + 1 < len(quotes), np.clip(first_token[following] - here, 0, 9), 9)
    marks = last * 2 + 2 - quoted
    return quoted, kind, _NEAR[back] * 6 + _NEAR[ahead], marks


def _places(sentence: Ints, paragraph: Ints, quoted: Ints) -> tuple[Ints, Ints]:
    """Where a token stands in its sentence, and its sentence in its paragraph."""
    here = np.arange(len(sentence))
    begin = np.searchsorted(sentence, sentence, side="left")
    end = np.searchsorted(sentence, sentence, side="right")
    place = _EDGE[np.minimum(here - begin, 15)] * 8 + _EDGE[np.minimum(end - 1 - here, 15)]
    first = np.searchsorted(paragraph, paragraph, side="left")
    nth = np.minimum(sentence - sentence[first], 3) if len(sentence) else sentence
    has = np.zeros(int(sentence[-1]) + 1 if len(sentence) else 0, dtype=np.int64)
    np.maximum.at(has, sentence, quoted)
    all_in = np.ones(len(has), dtype=np.int64)
    np.minimum.at(all_in, sentence, quoted)
    return place, nth * 4 + has[sentence] + all_in[sentence]


def cue_heads(seen: Seen, begin: Ints, end: Ints) -> Ints:
    """The head word of each cue: the first of its tokens that hangs on none of them."""
    heads = begin.copy()
    for i, (lo, hi) in enumerate(zip(begin.tolist(), end.tolist(), strict=True)):
        if hi - lo == 1:
            continue
        head = seen.head[lo:hi]
        outside = (head < lo) | (head >= hi) | (head == np.arange(lo, hi))
        heads[i] = lo + int(np.argmax(outside))
    return heads


def beside(seen: Seen, begin: Ints, end: Ints, reach: int = WINDOW) -> tuple[Ints, Ints]:
    """For each cue the tokens of its window (-1 beyond the text); what each is to the cue.

    Returns (cues, window) and (columns of BESIDE, cues, window).
    """
    heads = cue_heads(seen, begin, end)
    away = np.arange(-reach, reach + 1)[None, :]
    here = heads[:, None] + away
    at = np.clip(here, 0, max(len(seen) - 1, 0))
    out = np.empty((len(BESIDE), *at.shape), dtype=np.int64)
    out[0], out[1], out[2] = _paths(seen, heads, at)
    out[3] = away + WINDOW
    side = np.where(here < begin[:, None], 0, np.where(here >= end[:, None], 2, 1))
    out[4] = side * 4 + np.minimum(end - begin, 4)[:, None] - 1
    apart = np.clip(seen.sentence[at] - seen.sentence[heads][:, None], -3, 3) + 3
    same = seen.paragraph[at] == seen.paragraph[heads][:, None]
    out[5] = apart * 2 + same
    crossed = np.minimum(np.abs(seen.marks[at] - seen.marks[heads][:, None]), 4)
    out[6] = crossed * 4 + seen.quoted[at] * 2 + seen.quoted[heads][:, None]
    return np.where((here >= 0) & (here < len(seen)), here, -1), out


def _paths(seen: Seen, heads: Ints, at: Ints) -> tuple[Ints, Ints, Ints]:
    """The tree path from each token to its cue: steps, and the relations below the common word."""
    chain = np.empty((len(heads), _STEPS + 1), dtype=np.int64)
    chain[:, 0] = heads
    for step in range(_STEPS):
        chain[:, step + 1] = seen.head[chain[:, step]]
    lower = seen.sentence[at] == seen.sentence[heads][:, None]
    node, below = at.copy(), np.full_like(at, -1)
    steps = np.full_like(at, 36)
    down, up = np.zeros_like(at), np.zeros_like(at)
    open_ = lower.copy()
    for up_steps in range(_STEPS + 1):
        for cue_steps in range(_STEPS + 1):
            met = open_ & (node == chain[:, cue_steps][:, None])
            if not met.any():
                continue
            steps[met] = up_steps * 6 + cue_steps
            down[met] = np.where(below[met] >= 0, seen.dep[below[met]], 0)
            if cue_steps:
                up[met] = np.broadcast_to(seen.dep[chain[:, cue_steps - 1]][:, None], at.shape)[met]
            open_ &= ~met
        below = node
        node = seen.head[node]
    return steps, down, up
