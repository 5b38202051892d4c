"""Heads and relations: spaCy's arc-eager parser, its own weights, many stretches side by side.

What such a parser does at a word hangs on what it did before; spaCy goes through one text at a
time. But no arc crosses a place where a sentence is known to begin, and paragraphs begin sentences:
so all paragraphs go forward together, a step is a few operations on whole columns, and the outcome
is the same. (One rule differs: a paragraph can't begin a sentence in the next one.)
"""

from __future__ import annotations

from array import array  # of a list of integers in a third of numpy's time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sayso.reading.parsing.rows import Floats, multiply, whole_tiles

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

# The kinds of move: the first word of the buffer onto the stack; the top of the stack off; an arc
# from the buffer to the stack; one from the stack to the buffer; a sentence begins.
_SHIFT, _REDUCE, _LEFT, _RIGHT, _CUT = range(5)
_KINDS = {"S": _SHIFT, "D": _REDUCE, "L": _LEFT, "R": _RIGHT, "B": _CUT}
_ARCS = 1 << _LEFT | 1 << _RIGHT
_SLOTS = 8  # tokens that a state is judged by
_MOST = 256  # stretches at a time
_TOGETHER = 20_000  # tokens at a time: each takes 4 KB of table; no news report has as many
_BARRED = np.float32(-1e30)
_JOIN = "||"  # "prep||dobj": a prep that was lifted from a dobj below


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text to parse: a vector a token, where sentences are known to begin, what is white space.

    The first token always begins a sentence.
    """

    vectors: Floats
    starts: Flags
    spaces: Flags


def _in_parts(text: Encoded) -> Iterator[Encoded]:
    """A text, or the parts of a long one: whole sentences of what is known of them."""
    starts = np.flatnonzero(text.starts)
    begin, size = 0, len(text.vectors)
    while size - begin > _TOGETHER:
        near = starts[(starts > begin) & (starts <= begin + _TOGETHER)]
        end = int(near[-1]) if len(near) else size
        yield Encoded(text.vectors[begin:end], text.starts[begin:end], text.spaces[begin:end])
        begin = end
    if begin < size or not size:
        yield Encoded(text.vectors[begin:], text.starts[begin:], text.spaces[begin:])


def _as_one(trees: list[tuple[Ints, Hashes]]) -> tuple[Ints, Hashes]:
    if len(trees) == 1:
        return trees[0]
    return np.concatenate([t[0] for t in trees]), np.concatenate([t[1] for t in trees])


class _Trees:
    """What is known of all tokens: arcs by place in the table of vectors; 0 is no token.

    Plain lists: the moves are Python, one word at a time; only their scores are numpy.
    """

    def __init__(self, starts: list[bool]) -> None:
        size = len(starts)
        self.starts = starts
        self.heads = [0] * size
        self.moves = [0] * size  # the move that drew the arc to the head
        self.left = [0] * size  # the newest child on that side
        self.right = [0] * size
        self.older = [0] * size  # the right child of the same head before it
        self.returned = [False] * size  # was put back, may not be shifted again


class _State:
    """A stretch under way: the next word, the stack, and words put back before the next."""

    __slots__ = ("back", "end", "limit", "next", "stack")

    def __init__(self, begin: int, end: int, limit: int) -> None:
        self.next, self.end, self.limit = begin, end, limit
        self.stack = [0, 0, 0]  # below the bottom there is no token
        self.back: list[int] = []

    def look(self, trees: _Trees, seen: list[int]) -> int:
        """The kinds of move that may be made, as bits; adds to `seen` what they are judged by."""
        back, stack = self.back, self.stack
        first = back[-1] if back else self.next
        second = first + 1 if not back else back[-2] if len(back) > 1 else self.next
        top = stack[-1]
        seen += (
            first, second, top, stack[-2], stack[-3],
            trees.left[first], trees.left[top], trees.right[top],
        )  # fmt: skip
        several = self.limit - self.next + len(back) > 1
        allowed = 1 << _REDUCE if top else 1 << _SHIFT
        if top and not trees.starts[first] and (several or first < self.limit):
            allowed |= _ARCS
            if several and not trees.returned[first]:
                allowed |= 1 << _SHIFT
        if several and second == first + 1 and first < self.end and not trees.starts[second]:
            allowed |= 1 << _CUT
        return allowed

    def move(self, trees: _Trees, move: int, kind: int, first: int) -> bool:
        """Make a move; true where the stretch is done."""
        stack = self.stack
        top = stack[-1]
        if kind in (_SHIFT, _RIGHT):
            if kind == _RIGHT:
                trees.heads[first], trees.moves[first] = top, move
                trees.older[first] = trees.right[top]
                trees.right[top] = first
            stack.append(first)
            if self.back:
                self.back.pop()
            else:
                self.next += 1
            return False
        if kind == _CUT:
            trees.starts[first + 1] = True
            return False
        stack.pop()
        if kind == _LEFT:
            former = trees.heads[top]
            if former:
                trees.right[former] = trees.older[top]
            trees.heads[top], trees.moves[top] = first, move
            trees.left[first] = top
            trees.returned[first] = False
        elif not trees.heads[top] and stack[-1]:
            # a top without a head goes back before the next word, unless it is alone
            trees.returned[top] = True
            self.back.append(top)
        return not stack[-1] and not self.back and self.next >= self.end


class ArcParser:
    """Finds the head and the relation of each token from its vector."""

    def __init__(self, model: Language) -> None:
        part: Any = model.get_pipe("parser")
        first, lower, upper = part.model.layers
        narrow = first.layers[2]
        self._narrow: Floats = np.ascontiguousarray(narrow.get_param("W").T)
        self._narrow_bias: Floats = narrow.get_param("b")
        # (slots, hidden, 2, narrow) to columns (slots, 2, hidden): the larger of two is of halves
        slots = lower.get_param("W").transpose(0, 2, 1, 3)
        self._slots: Floats = np.ascontiguousarray(slots.reshape(-1, slots.shape[3]).T)
        self._pad: Floats = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._bias: Floats = lower.get_param("b").T.reshape(-1)
        names = [str(part.moves.get_class_name(i)) for i in range(part.moves.n_moves)]
        self._kinds = [_KINDS[name[0]] for name in names]
        self._names = [name.partition("-")[2] for name in names]
        self._strings: StringStore = model.vocab.strings
        hashes = [self._strings.add(name.partition(_JOIN)[0]) for name in self._names]
        self._hashes = np.array(hashes, dtype=np.uint64)
        self._root = np.uint64(self._strings.add("ROOT"))
        self._lifted = np.array([_JOIN in name for name in self._names])
        weights: Floats = upper.get_param("W")
        self._upper = whole_tiles(weights.T)
        # a row for each set of kinds that may be made, as bits; the rest is out of reach
        allowed = (np.arange(32)[:, None] >> np.array(self._kinds)[None, :]) & 1
        self._scores: Floats = np.where(allowed, upper.get_param("b"), _BARRED).astype(np.float32)

    def parse(self, texts: Sequence[Encoded]) -> list[tuple[Ints, Hashes]]:
        """For each text the distances to the heads, and the relations."""
        parts = [list(_in_parts(text)) for text in texts]
        found: list[tuple[Ints, Hashes]] = []
        group: list[Encoded] = []
        for part in (part for own in parts for part in own):
            if group and sum(len(p.vectors) for p in (*group, part)) > _TOGETHER:
                found += self._parse(group)
                group = []
            group.append(part)
        found += self._parse(group)
        trees = iter(found)
        return [_as_one(list(islice(trees, len(own)))) for own in parts]

    def _parse(self, texts: Sequence[Encoded]) -> list[tuple[Ints, Hashes]]:
        sizes = [len(text.vectors) for text in texts]
        # texts stand one after the other, after each of them two places without a token
        firsts = np.cumsum([1, *(size + 2 for size in sizes)])
        starts = np.zeros(int(firsts[-1]), dtype=np.bool_)
        for text, at, size in zip(texts, firsts.tolist(), sizes, strict=False):
            starts[at : at + size] = text.starts
            starts[at : at + min(size, 1)] = True
        table = self._table(texts, firsts, len(starts))
        begins = np.flatnonzero(starts)
        of = np.searchsorted(firsts, begins, side="right") - 1
        limits = firsts[of] + np.array(sizes, dtype=np.int64)[of]
        ends = np.minimum(np.append(begins[1:], len(starts)), limits)
        order = np.argsort(ends - begins, kind="stable")
        waiting = [
            _State(*bounds) for bounds in np.stack([begins, ends, limits], axis=1)[order].tolist()
        ]
        trees = _Trees(starts.tolist())
        self._run(table, trees, waiting)
        return [
            self._tree(trees, at, text) for text, at in zip(texts, firsts.tolist(), strict=False)
        ]

    def _table(self, texts: Sequence[Encoded], firsts: Ints, size: int) -> Floats:
        """What each token adds to a state in each slot: (places * slots, 2 * hidden)."""
        table = np.empty((size, len(self._pad)), dtype=np.float32)
        table[0] = self._pad
        for text, at in zip(texts, firsts.tolist(), strict=False):
            end = at + len(text.vectors)
            narrow = multiply(text.vectors, self._narrow)
            narrow += self._narrow_bias
            table[at:end] = multiply(narrow, self._slots)
            table[end : end + 2] = self._pad
        return table.reshape(size * _SLOTS, -1)

    def _run(self, table: Floats, trees: _Trees, waiting: list[_State]) -> None:
        """Take all stretches to their ends; those that wait, the longest last, follow others."""
        kinds, slots = self._kinds, np.arange(_SLOTS)
        states: list[_State] = []
        while states or waiting:
            while waiting and len(states) < _MOST:
                states.append(waiting.pop())
            seen: list[int] = []
            allowed = [state.look(trees, seen) for state in states]
            places = np.frombuffer(array("q", seen), np.int64).reshape(-1, _SLOTS) * _SLOTS + slots
            moves = self._choose(table, places, allowed)
            states = [
                state
                for state, move, first in zip(states, moves, seen[::_SLOTS], strict=True)
                if not state.move(trees, move, kinds[move], first)
            ]

    def _choose(self, table: Floats, places: Ints, allowed: list[int]) -> list[int]:
        """The best move of each state."""
        sums = np.add.reduce(table.take(places, axis=0), axis=1)
        sums += self._bias
        hidden = sums.shape[1] // 2
        best = np.maximum(sums[:, :hidden], sums[:, hidden:])
        scores = multiply(best, self._upper)[:, : len(self._kinds)]
        scores += self._scores.take(allowed, axis=0)
        moves: list[int] = scores.argmax(axis=1).tolist()
        return moves

    def _tree(self, trees: _Trees, at: int, text: Encoded) -> tuple[Ints, Hashes]:
        count = len(text.vectors)
        heads = np.array(trees.heads[at : at + count], dtype=np.int64)
        here = np.arange(count)
        heads = np.where(heads > 0, heads - at, here)
        moves = np.array(trees.moves[at : at + count], dtype=np.int64)
        labels = np.where(heads == here, self._root, self._hashes[moves])
        lifted = np.flatnonzero(self._lifted[moves] & (heads != here))
        names = {i: self._names[moves[i]].partition(_JOIN)[2] for i in lifted.tolist()}
        _bring_home(heads, labels, names, text.spaces, self._strings)
        return heads - here, labels


def _bring_home(
    heads: Ints, labels: Hashes, lifted: dict[int, str], spaces: Flags, strings: StringStore
) -> None:
    """Hang a word that was lifted, so that no arcs cross, under the relation that its label names.

    It is looked for downwards from where the word hangs, nearest first (Nivre and Nilsson 2005).
    """
    for word, name in lifted.items():
        wanted = strings[name]
        level = [int(heads[word])]
        found = None
        # a word of which the name is in the label is mended once, in the order of the text
        while level and found is None:
            below = [
                child
                for head in level
                for child in np.flatnonzero(heads == head).tolist()
                if child not in (head, word) and not spaces[child]
            ]
            hit = [i for i in below if labels[i] == wanted and (i < word or i not in lifted)]
            found = hit[0] if hit else None
            level = below
        if found is not None:
            heads[word] = found
