"""Numbers that remember how they were made, in numpy: what the recipe needs of torch.

Where torch is not installed, `backend.py` hands out these under torch's names, so that the recipe
runs, slower, on what sayso itself needs; a test trains a small reader with it on every change. Only
the operations that net.py and train.py use are here, with torch's meaning of their arguments.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Back = Callable[[Array], Sequence[tuple["Tensor", Array]]]


class _State:
    """Whether steps are remembered, and the dice of dropout."""

    def __init__(self) -> None:
        self.remembers = True
        self.dice = np.random.default_rng(0)


STATE = _State()


class Tensor:
    """An array; `back` takes its gradient to the gradients of the `sources` it was made of."""

    __slots__ = ("back", "data", "grad", "needed", "sources")

    def __init__(self, data: Array, *, needed: bool = False) -> None:
        self.data = data
        self.needed = needed
        self.grad: Array | None = None
        self.back: Back | None = None
        self.sources: tuple[Tensor, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """Lengths by axis."""
        return self.data.shape

    def __len__(self) -> int:
        return len(self.data)

    def __add__(self, other: Any) -> Tensor:
        if not isinstance(other, Tensor):
            return made(self.data + other, (self,), lambda g: [(self, g)])
        return made(
            self.data + other.data, (self, other),
            lambda g: [(self, _fit(g, self.shape)), (other, _fit(g, other.shape))],
        )  # fmt: skip

    __radd__ = __add__

    def __mul__(self, other: Any) -> Tensor:
        if not isinstance(other, Tensor):
            return made(self.data * other, (self,), lambda g: [(self, g * other)])
        pairs = ((self, other.data), (other, self.data))

        def back(g: Array) -> list[tuple[Tensor, Array]]:
            return [(one, _fit(g * by, one.shape)) for one, by in pairs if one.needed]

        return made(self.data * other.data, (self, other), back)

    __rmul__ = __mul__

    def __neg__(self) -> Tensor:
        return self * -1.0

    def __sub__(self, other: Any) -> Tensor:
        return self + -other

    def __truediv__(self, other: float) -> Tensor:
        return self * (1.0 / other)

    def __gt__(self, other: float) -> Tensor:
        return Tensor(self.data > other)

    def __ge__(self, other: float) -> Tensor:
        return Tensor(self.data >= other)

    def __getitem__(self, at: Any) -> Tensor:
        index = _plain(at)
        return made(self.data[index], (self,), lambda g: [(self, _put(self.data, index, g))])

    def reshape(self, *shape: int) -> Tensor:
        """The same numbers in another shape."""
        was = self.shape
        return made(self.data.reshape(shape), (self,), lambda g: [(self, g.reshape(was))])

    def transpose(self, a: int, b: int) -> Tensor:
        """Two axes exchanged."""
        return made(self.data.swapaxes(a, b), (self,), lambda g: [(self, g.swapaxes(a, b))])

    def sum(self) -> Tensor:
        """The sum of all."""
        total = np.asarray(self.data.sum())
        return made(total, (self,), lambda g: [(self, np.broadcast_to(g, self.shape))])

    def amax(self, axis: int) -> Tensor:
        """The greatest along an axis; equals share the gradient, as in torch."""
        best = self.data.max(axis=axis, keepdims=True)
        where = self.data == best
        share = (where / where.sum(axis=axis, keepdims=True)).astype(self.data.dtype)
        return made(
            best.squeeze(axis), (self,),
            lambda g: [(self, np.expand_dims(g, axis) * share)],
        )  # fmt: skip

    def index_copy(self, axis: int, at: Tensor, rows: Tensor) -> Tensor:
        """This with some rows taken from another; axis 0 alone."""
        if axis:
            raise ValueError(f"rows are copied along axis 0, not {axis}")
        whole = self.data.copy()
        whole[at.data] = rows.data

        def back(g: Array) -> list[tuple[Tensor, Array]]:
            rest = g.copy()
            rest[at.data] = 0
            return [(self, rest), (rows, g[at.data])]

        return made(whole, (self, rows), back)

    def clamp(self, *, min: int) -> Tensor:  # noqa: A002 - torch's name
        """No less than `min`; of indexes, so without a gradient."""
        return Tensor(np.maximum(self.data, min))

    def float(self) -> Tensor:
        """As 32 bits; what is so already is itself."""
        return self if self.data.dtype == np.float32 else Tensor(self.data.astype(np.float32))

    def new_zeros(self, *shape: int) -> Tensor:
        """Zeros."""
        return Tensor(np.zeros(shape, dtype=np.float32))

    def new_ones(self, *shape: int) -> Tensor:
        """Ones."""
        return Tensor(np.ones(shape, dtype=np.float32))

    def detach(self) -> Tensor:
        """The same numbers without their history."""
        return Tensor(self.data)

    def numpy(self) -> Array:
        """The array."""
        return self.data

    def item(self) -> Any:
        """The one number."""
        return self.data.item()

    def __int__(self) -> int:
        return int(self.data)

    def lerp_(self, other: Tensor, weight: float) -> None:
        """Moved towards another, in place."""
        self.data += weight * (other.data - self.data)

    def backward(self) -> None:
        """Give every parameter that this number hangs on its gradient."""
        order = _in_order(self)
        grads: dict[int, Array] = {id(self): np.ones_like(self.data)}
        for tensor in reversed(order):
            grad = grads.pop(id(tensor), None)
            if grad is None:
                continue
            if tensor.back is None:
                # a copy: clipping shortens it in place
                tensor.grad = np.array(grad) if tensor.grad is None else tensor.grad + grad
                continue
            for source, part in tensor.back(grad):
                if source.needed:
                    held = grads.get(id(source))
                    grads[id(source)] = part if held is None else held + part


def _in_order(last: Tensor) -> list[Tensor]:
    """All that a tensor was made of, before what was made of it."""
    order: list[Tensor] = []
    seen: set[int] = set()
    open_: list[tuple[Tensor, bool]] = [(last, False)]
    while open_:
        tensor, done = open_.pop()
        if done:
            order.append(tensor)
        elif id(tensor) not in seen:
            seen.add(id(tensor))
            open_.append((tensor, True))
            open_ += [(source, False) for source in tensor.sources]
    return order


def made(data: Array, of: tuple[Tensor, ...], back: Back) -> Tensor:
    """What was made of others, with the way back where one of them needs a gradient."""
    sources = tuple(t for t in of if t.needed)
    out = Tensor(data, needed=bool(sources) and STATE.remembers)
    if out.needed:
        out.back, out.sources = back, sources
    return out


def _plain(at: Any) -> Any:
    if isinstance(at, tuple):
        return tuple(_plain(part) for part in at)
    return at.data if isinstance(at, Tensor) else at


def _fit(grad: Array, shape: tuple[int, ...]) -> Array:
    """The gradient of what was spread over more axes than it has."""
    if grad.shape == shape:
        return grad
    grad = grad.sum(axis=tuple(range(grad.ndim - len(shape))))
    spread = tuple(i for i, n in enumerate(shape) if n == 1 and grad.shape[i] != 1)
    return grad.sum(axis=spread, keepdims=True) if spread else grad


def _put(data: Array, index: Any, grad: Array) -> Array:
    """The gradient of what was looked up: zero elsewhere, added where a row was taken twice."""
    out = np.zeros(data.shape, dtype=grad.dtype)
    if not (isinstance(index, np.ndarray) and index.dtype != bool):
        out[index] = grad  # slices and masks take nothing twice
        return out
    flat, rows = index.reshape(-1), grad.reshape(index.size, *data.shape[1:])
    if not len(flat):
        return out
    order = np.argsort(flat, kind="stable")  # np.add.at is many times slower
    taken = flat[order]
    firsts = np.flatnonzero(np.r_[True, taken[1:] != taken[:-1]])
    out[taken[firsts]] = np.add.reduceat(rows[order], firsts, axis=0)
    return out


def relu(x: Tensor) -> Tensor:
    """What is above zero."""
    return made(np.maximum(x.data, 0), (x,), lambda g: [(x, g * (x.data > 0))])


def cat(parts: Sequence[Tensor], axis: int) -> Tensor:
    """Tensors side by side along an axis."""
    ends = np.cumsum([p.shape[axis] for p in parts])[:-1]
    whole = np.concatenate([p.data for p in parts], axis=axis)
    return made(
        whole, tuple(parts),
        lambda g: list(zip(parts, np.split(g, ends, axis=axis), strict=True)),
    )  # fmt: skip


def linear(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """`x @ weight.T + bias`."""
    out = x.data @ weight.data.T
    if bias is not None:
        out += bias.data

    def back(g: Array) -> list[tuple[Tensor, Array]]:
        flat, rows = g.reshape(-1, g.shape[-1]), x.data.reshape(-1, x.shape[-1])
        grads = [(x, g @ weight.data), (weight, flat.T @ rows)]
        return [*grads, (bias, flat.sum(axis=0))] if bias is not None else grads

    return made(out, (x, weight, *((bias,) if bias is not None else ())), back)


def softmax(x: Tensor, axis: int) -> Tensor:
    """Chances along an axis; without a gradient."""
    if x.needed:
        raise ValueError("no gradient goes through softmax: detach it, or take cross_entropy")
    return Tensor(_softmax(x.data, axis))


def sigmoid(x: Tensor) -> Tensor:
    """A chance each; without a gradient."""
    if x.needed:
        raise ValueError("no gradient: detach it, or take binary_cross_entropy_with_logits")
    return Tensor(_sigmoid(x.data))


def _softmax(x: Array, axis: int) -> Array:
    out: Array = np.exp(x - x.max(axis=axis, keepdims=True))
    out /= out.sum(axis=axis, keepdims=True)
    return out


def _sigmoid(x: Array) -> Array:
    return 0.5 + 0.5 * np.tanh(0.5 * x)


def cross_entropy(scores: Tensor, labels: Tensor, *, reduction: str) -> Tensor:
    """The loss of each label, classes along axis 1; "sum" or "none"."""
    chance, at = _softmax(scores.data, 1), np.expand_dims(labels.data, 1)
    loss = -np.log(np.maximum(np.take_along_axis(chance, at, 1), 1e-30)).squeeze(1)

    def back(g: Array) -> list[tuple[Tensor, Array]]:
        out = chance.copy()
        np.put_along_axis(out, at, np.take_along_axis(out, at, 1) - 1, 1)
        return [(scores, out * np.expand_dims(g, 1))]

    each = made(loss, (scores,), back)
    return each.sum() if reduction == "sum" else each


def binary_cross_entropy_with_logits(scores: Tensor, truth: Tensor, *, reduction: str) -> Tensor:
    """The loss of each yes or no; "sum" or "none"."""
    x, t = scores.data, truth.data
    loss = np.maximum(x, 0) - x * t + np.log1p(np.exp(-np.abs(x)))
    each = made(loss, (scores,), lambda g: [(scores, g * (_sigmoid(x) - t))])
    return each.sum() if reduction == "sum" else each


def lstm(x: Tensor, weights: Sequence[Tensor]) -> Tensor:
    """(rows, places, inputs) to (rows, places, 2 * size), read from both sides.

    `weights` are torch's eight: input, state, their two biases, forward then backward.
    """
    run = _Lstm(x.data, [w.data for w in weights])

    def back(grad: Array) -> list[tuple[Tensor, Array]]:
        rows, parts = run.back(grad)
        return [(x, rows), *zip(weights, parts, strict=True)]

    return made(run.out, (x, *weights), back)


class _Lstm:
    """Both directions of an LSTM side by side over equally long rows, and the way back.

    Arrays are (places, sides, rows, numbers), the second side from the end. The three sigmoids are
    tanh(x / 2) / 2 + 1/2, so that one tanh serves the four gates (in, forget, new, out).
    """

    def __init__(self, x: Array, weights: Sequence[Array]) -> None:
        self.to_gates = np.stack(weights[0::4])
        self.of_state = np.stack(weights[1::4])
        bias = np.stack(weights[2::4]) + np.stack(weights[3::4])
        self.size = size = self.of_state.shape[2]
        self.x = np.ascontiguousarray(np.stack([x, x[:, ::-1]]).transpose(2, 0, 1, 3))
        gates = self.x @ self.to_gates.swapaxes(1, 2) + bias[:, None]
        half = np.full(4 * size, 0.5, dtype=gates.dtype)
        half[2 * size : 3 * size] = 1
        rest = 1 - half
        states = self.of_state.swapaxes(1, 2)
        self.states = np.zeros((len(gates) + 1, *gates.shape[1:3], size), dtype=gates.dtype)
        self.cells, self.bent = np.zeros_like(self.states), np.zeros_like(self.states)
        for i in range(len(gates)):
            step = gates[i]
            step += self.states[i] @ states
            step *= half
            np.tanh(step, out=step)
            step *= half
            step += rest
            enter, forget, new, leave = self._parts(step)
            np.multiply(forget, self.cells[i], out=self.cells[i + 1])
            self.cells[i + 1] += enter * new
            np.tanh(self.cells[i + 1], out=self.bent[i + 1])
            np.multiply(leave, self.bent[i + 1], out=self.states[i + 1])
        self.gates = gates  # now what each gate let through
        ahead, behind = self.states[1:, 0], self.states[:0:-1, 1]
        self.out = np.concatenate([ahead, behind], axis=2).swapaxes(0, 1)

    def _parts(self, gates: Array) -> list[Array]:
        return [gates[..., i * self.size : (i + 1) * self.size] for i in range(4)]

    def back(self, grad: Array) -> tuple[Array, list[Array]]:
        """The gradient of the rows, and those of the eight weights."""
        size, gates = self.size, self.gates
        ahead, behind = grad[:, :, :size], grad[:, ::-1, size:]
        given = np.stack([ahead, behind]).transpose(2, 0, 1, 3)
        _, forget, _, leave = self._parts(gates)
        bends = leave * (1 - self.bent[1:] ** 2)
        slopes = gates * (1 - gates)
        slopes[..., 2 * size : 3 * size] = 1 - gates[..., 2 * size : 3 * size] ** 2
        state, cell = np.zeros_like(self.states[0]), np.zeros_like(self.states[0])
        for i in range(len(gates) - 1, -1, -1):
            state += given[i]
            cell += state * bends[i]
            enter, _, new, _ = self._parts(gates[i])
            to_enter, to_forget, to_new, to_leave = self._parts(slopes[i])
            to_enter *= cell * new
            to_forget *= cell * self.cells[i]
            to_new *= cell * enter
            to_leave *= state * self.bent[i + 1]
            cell *= forget[i]
            np.matmul(slopes[i], self.of_state, out=state)
        return self._sums(slopes)

    def _sums(self, slopes: Array) -> tuple[Array, list[Array]]:
        parts: list[Array] = []
        for side in range(2):
            flat = slopes[:, side].reshape(-1, 4 * self.size)
            bias = flat.sum(axis=0)
            rows, states = self.x[:, side], self.states[:-1, side]
            parts += [
                flat.T @ rows.reshape(-1, rows.shape[2]), flat.T @ states.reshape(-1, self.size),
                bias, bias,
            ]  # fmt: skip
        there = (slopes @ self.to_gates).transpose(1, 2, 0, 3)
        return there[0] + there[1, :, ::-1], parts


def from_numpy(array: Array) -> Tensor:
    """An array as a tensor."""
    return Tensor(array.astype(np.float32) if array.dtype == np.float64 else array)


def rand(*shape: int) -> Tensor:
    """Even chances."""
    return Tensor(STATE.dice.random(shape, dtype=np.float32))


def manual_seed(seed: int) -> None:
    """Begin the dice anew."""
    STATE.dice = np.random.default_rng(seed)


def set_num_threads(count: int) -> None:
    """Nothing: numpy's threads are set before it starts (OMP_NUM_THREADS)."""


@contextlib.contextmanager
def no_grad() -> Iterator[None]:
    """Nothing made inside remembers how."""
    was, STATE.remembers = STATE.remembers, False
    try:
        yield
    finally:
        STATE.remembers = was


def autocast(*_: Any, **__: Any) -> contextlib.AbstractContextManager[None]:
    """Nothing: numpy has no 16-bit arithmetic to gain by."""
    return contextlib.nullcontext()


bfloat16 = "bfloat16"
