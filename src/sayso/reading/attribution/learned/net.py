"""The trained network, run with numpy alone: no torch, no graph, two LSTMs written out.

training/attribution/net.py is the same network while it learns; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.reading.attribution.learned.features import BESIDE, SIZES, Floats, Ints, Seen
from sayso.reading.parsing.rows import by_tiles, multiply, rounds_alike, whole, whole_tiles

CHUNK = 96  # tokens encoded together
CONTEXT = 16  # and read on either side of them
_LAYERS = ("own", "of_head", "cue_own", "cue_head", "cue_out", "role_own", "role_cue", "role_out",
           "real", "real_out")  # fmt: skip
_CHUNKS = 256  # encoded at a time: more take more memory and no less time
_CUES = 512
_FEWEST = 4  # rows of an LSTM: a step's product is small, and more of them are felt
TENSOR_SCALE = np.float32(1.3)  # brings the parser's encoding to the spread of the word table


@dataclass(frozen=True, slots=True)
class Words:
    """The word table: `keys` are sorted 32-bit hashes, `rows` their rows, row 0 all others'."""

    keys: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.uint16]
    table: npt.NDArray[np.int8]
    scale: Floats

    def vectors(self, hashes: npt.NDArray[np.uint64]) -> Floats:
        """The vector of each word, by spaCy's hash of its lower-case form."""
        keys = (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        rows = np.where(self.keys[at] == keys, self.rows[at], 0)
        return self.table[rows] * self.scale


def dense_of(seen: Seen, words: Words) -> Floats:
    """For each token its word vector, the parser's encoding, and bits of its children."""
    return np.concatenate(
        [words.vectors(seen.key), seen.tensor * TENSOR_SCALE, seen.children], axis=1
    )


def chunks_of(length: int) -> Ints:
    """Token indexes of each chunk with its context; -1 beyond the text."""
    starts = np.arange(0, max(length, 1), CHUNK)
    at = starts[:, None] + np.arange(-CONTEXT, CHUNK + CONTEXT)[None, :]
    return np.where((at >= 0) & (at < length), at, -1)


class Lstm:
    """A two-way LSTM over equally long rows."""

    def __init__(self, weights: Mapping[str, Floats], name: str) -> None:
        backward = ("", "_reverse")
        size = weights[f"{name}.weight_hh_l0"].shape[1]
        # torch keeps the gates in, forget, new, out; here in, forget, out, new. The three sigmoids
        # are tanh(x / 2) / 2 + 1/2, so one tanh serves all four: their weights are halved here
        order = np.r_[0 : 2 * size, 3 * size : 4 * size, 2 * size : 3 * size]
        half = np.r_[np.full(3 * size, 0.5), np.ones(size)].astype(np.float32)
        inputs, self.size = [], size
        biases, states = [], []
        for side in backward:
            inputs.append(weights[f"{name}.weight_ih_l0{side}"][order].T * half)
            states.append(weights[f"{name}.weight_hh_l0{side}"][order].T * half)
            bias = weights[f"{name}.bias_ih_l0{side}"] + weights[f"{name}.bias_hh_l0{side}"]
            biases.append(bias[order] * half)
        self.inputs = np.ascontiguousarray(np.stack(inputs))
        self.bias = np.stack(biases)
        self.blank = self.bias  # what a place of -1 is projected to
        self.states = np.ascontiguousarray(np.stack(states)) * np.float32(0.5)  # see __call__

    def __call__(self, rows: Floats, at: Ints) -> Floats:
        """(tokens, inputs), read at (rows, places), to (rows, places, 2 * size).

        A place of -1 reads zeros.
        """
        given, length = at.shape
        # as in `multiply`: a row must not round otherwise where there are few
        at = np.pad(at, ((0, whole(given, _FEWEST) - given), (0, 0)), constant_values=-1)
        count, size = len(at), self.size
        # projected before they are laid out: a token that stands in two chunks is so once only
        ready = np.empty((2, len(rows) + 1, 4 * size), dtype=np.float32)
        for way in (0, 1):
            multiply(rows, self.inputs[way], self.bias[way], out=ready[way, :-1])
            ready[way, -1] = self.blank[way]
        # both directions go on side by side, the second from the end
        orders = at.T, at.T[::-1]
        out = np.empty((length, 2, count, size), dtype=np.float32)
        state = np.zeros((2, count, size), dtype=np.float32)
        cell = np.zeros_like(state)
        step = np.empty((2, count, 4 * size), dtype=np.float32)
        gates = np.empty_like(step)
        sigmoids = gates[..., : 3 * size]
        enter, forget, leave, new = (gates[..., i * size : (i + 1) * size] for i in range(4))
        states = self.states if rounds_alike() else self.states[:, None]
        for i in range(length):
            for way in (0, 1):
                ready[way].take(orders[way][i], axis=0, mode="wrap", out=step[way])
            np.matmul(by_tiles(state), states, out=by_tiles(gates))
            gates += step
            np.tanh(gates, out=gates)
            # twice the sigmoids, so what they scale is halved after; powers of two round nothing
            sigmoids += 1
            cell *= forget
            new *= enter
            cell += new
            cell *= 0.5
            state = np.tanh(cell, out=out[i])
            state *= leave
        out *= 0.5
        both = np.concatenate([out[:, 0], out[::-1, 1]], axis=2)
        return both.transpose(1, 0, 2)[:given]


class Network:
    """Cue labels for every token; roles for every token of a cue's window."""

    def __init__(self, weights: Mapping[str, Floats], words: Words) -> None:
        self.weights: dict[str, Floats] = {
            name: np.asarray(value, dtype=np.float32) for name, value in weights.items()
        }
        self.words = words
        self.encoder = Lstm(self.weights, "encoder")
        self.role_encoder = Lstm(self.weights, "role_encoder")
        # each table through its part of the base layer, once: then a token's row is a sum of rows
        base = self.weights["base.weight"].T
        self.tables, at = [], 0
        for name in SIZES:
            table = self.weights[f"tables.{name}.weight"]
            self.tables.append(table @ base[at : at + table.shape[1]])
            at += table.shape[1]
        self.dense = np.ascontiguousarray(base[at:])
        if "narrow.basis" in self.weights:
            self._narrow()
        self.layers = {name: _columns(self.weights, name) for name in _LAYERS}
        self.widths = {name: len(self.weights[f"{name}.weight"]) for name in _LAYERS}
        self.beside = [self.weights[f"beside.{name}.weight"] for name in BESIDE]

    def _narrow(self) -> None:
        """Go from a token and its head to the encoder's gates through few numbers.

        What the gates are given varies along few directions only: 96 of 1,024 hold all but a few
        parts in ten thousand of it, on any news (training/attribution/narrow.py), at a third of the
        cost. `narrow.mean` is what they are given on average.
        """
        basis, mean = self.weights["narrow.basis"], self.weights["narrow.mean"]
        gates = np.concatenate(list(self.encoder.inputs), axis=1)
        down = (gates @ basis).T
        for name in ("own", "of_head"):
            self.weights[f"{name}.weight"] = down @ self.weights[f"{name}.weight"]
        self.weights["own.bias"] = down @ self.weights["own.bias"]
        ways = basis.T.reshape(basis.shape[1], 2, -1).transpose(1, 0, 2)
        self.encoder.inputs = np.ascontiguousarray(ways)
        rest = mean - (mean @ basis) @ basis.T
        self.encoder.bias = self.encoder.bias + rest.reshape(self.encoder.bias.shape)

    def _layer(self, name: str, rows: Floats) -> Floats:
        weights, bias = self.layers[name]
        flat = multiply(rows.reshape(-1, rows.shape[-1]), weights, bias)[:, : self.widths[name]]
        return flat.reshape(*rows.shape[:-1], flat.shape[1])

    def mix(self, seen: Seen) -> Floats:
        """Each token and its head, before their surroundings are read."""
        base = multiply(dense_of(seen, self.words), self.dense, self.weights["base.bias"])
        for table, ids in zip(self.tables, seen.ids, strict=True):
            base += table[ids]
        np.maximum(base, 0, out=base)
        return self._layer("own", base) + self._layer("of_head", base)[seen.head]

    def encode(self, seen: Seen) -> Floats:
        """The encoding of each token in its surroundings."""
        return self.encode_all([seen])[0]

    def encode_all(self, texts: Sequence[Seen]) -> list[Floats]:
        """For each text the encoding of each token in its surroundings."""
        offset, chunks = 0, []
        for seen in texts:
            at = chunks_of(len(seen))
            chunks.append(np.where(at >= 0, at + offset, -1))
            offset += len(seen)
        mixed = np.concatenate([self.mix(seen) for seen in texts])
        out = self._encode(mixed, np.concatenate(chunks))
        codes, first = [], 0
        for seen, own in zip(texts, chunks, strict=True):
            code = out[first : first + len(own)].reshape(-1, out.shape[2])[: len(seen)]
            codes.append(np.ascontiguousarray(code))
            first += len(own)
        return codes

    def _encode(self, mixed: Floats, chunks: Ints) -> Floats:
        """Chunks read without their context, so many at a time that a long text fits in memory."""
        out = []
        for start in range(0, len(chunks), _CHUNKS):
            at = chunks[start : start + _CHUNKS]
            first, last = int(at[at >= 0].min(initial=len(mixed))), int(at.max())
            near = np.where(at >= 0, at - first, -1)
            out.append(self.encoder(mixed[first : last + 1], near)[:, CONTEXT:-CONTEXT])
        return np.concatenate(out)

    def cues(self, code: Floats, head: Ints) -> Floats:
        """The chance of each token to stand outside a cue, to begin one, to carry one on."""
        mixed = self._layer("cue_own", code) + self._layer("cue_head", code)[head]
        return softmax(self._layer("cue_out", np.maximum(mixed, 0)))

    def roles(self, code: Floats, cue: Ints, window: Ints, beside: Ints) -> tuple[Floats, Floats]:
        """The chance of a window's tokens to be neither, source, content; and of each cue."""
        own = self._layer("role_own", code)
        parts = [slice(at, at + _CUES) for at in range(0, max(len(cue), 1), _CUES)]
        found = [self._roles(own, code[cue[p]], window[p], beside[:, p]) for p in parts]
        return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])

    def _roles(self, own: Floats, cue: Floats, window: Ints, beside: Ints) -> tuple[Floats, Floats]:
        mixed = own[window]
        mixed += self._layer("role_cue", cue)[:, None]
        for name, table, ids in zip(BESIDE, self.beside, beside, strict=True):
            mixed += table[ids[:1] if name == "away" else ids]  # as far away in each window
        np.maximum(mixed, 0, out=mixed)
        places = np.arange(window.size).reshape(window.shape)
        rows = mixed.reshape(window.size, -1)
        out = self.role_encoder(rows, np.where(window >= 0, places, -1))
        pooled = np.concatenate([out.max(axis=1), cue], axis=1)
        real = self._layer("real_out", np.maximum(self._layer("real", pooled), 0))[:, 0]
        return softmax(self._layer("role_out", out)), _sigmoid(real)


def _columns(weights: Mapping[str, Floats], name: str) -> tuple[Floats, Floats]:
    """A layer's weights as columns, in whole tiles, and its bias."""
    weight = weights[f"{name}.weight"]
    bias = weights.get(f"{name}.bias", np.zeros(len(weight), "f"))
    return whole_tiles(weight.T), whole_tiles(bias)


def _sigmoid(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


def softmax(scores: Floats) -> Floats:
    """Chances along the last axis."""
    out: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    out /= out.sum(axis=-1, keepdims=True)
    return out
