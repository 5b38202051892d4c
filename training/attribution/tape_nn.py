"""Layers and the optimiser over `tape.py`, under torch's names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from training.attribution import tape
from training.attribution.tape import Array, Tensor


def parameter(*shape: int) -> Tensor:
    """Zeros that are learned."""
    return Tensor(np.zeros(shape, dtype=np.float32), needed=True)


def _even(weight: Tensor, bound: float) -> Tensor:
    weight.data[...] = tape.STATE.dice.uniform(-bound, bound, weight.shape)
    return weight


class Module:
    """A layer: its parameters are the tensors and layers among its attributes, in their order."""

    training = True

    def named(self, before: str = "") -> Iterator[tuple[str, Tensor]]:
        """Each parameter with its dotted name."""
        for name, value in self._members():
            if isinstance(value, Tensor):
                yield before + name, value
            elif isinstance(value, Module):
                yield from value.named(f"{before}{name}.")

    def _members(self) -> Iterator[tuple[str, Any]]:
        yield from vars(self).items()

    def parameters(self) -> Iterator[Tensor]:
        """All that is learned."""
        for _, value in self.named():
            yield value

    def state_dict(self) -> dict[str, Tensor]:
        """The parameters by name."""
        return dict(self.named())

    def load_state_dict(self, state: Mapping[str, Tensor]) -> None:
        """Take another's numbers; raises KeyError where one is missing."""
        for name, value in self.named():
            value.data[...] = state[name].data

    def train(self, mode: bool = True) -> Module:  # noqa: FBT001, FBT002 - torch's signature
        """Let dropout drop, here and inside."""
        self.training = mode
        for _, value in self._members():
            if isinstance(value, Module):
                value.train(mode)
        return self

    def eval(self) -> Module:
        """Let dropout rest."""
        return self.train(mode=False)

    def __call__(self, *args: Any) -> Any:
        """What `forward` gives."""
        return self.forward(*args)  # type: ignore[attr-defined]


class ModuleDict(Module):
    """Layers by name."""

    def __init__(self, layers: Mapping[str, Module]) -> None:
        self.layers = dict(layers)

    def _members(self) -> Iterator[tuple[str, Any]]:
        yield from self.layers.items()

    def items(self) -> Any:
        """Names and layers."""
        return self.layers.items()

    def values(self) -> Any:
        """The layers."""
        return self.layers.values()

    def __getitem__(self, name: str) -> Module:
        return self.layers[name]


class Embedding(Module):
    """A row for each id."""

    def __init__(self, count: int, size: int) -> None:
        self.weight = parameter(count, size)
        init.normal_(self.weight, std=1.0)

    def forward(self, ids: Tensor) -> Tensor:
        """The rows of some ids."""
        return self.weight[ids]


class Linear(Module):
    """A matrix, and numbers to add."""

    def __init__(self, inputs: int, outputs: int, *, bias: bool = True) -> None:
        bound = 1 / math.sqrt(inputs)
        self.weight = _even(parameter(outputs, inputs), bound)
        self.bias = _even(parameter(outputs), bound) if bias else None

    def forward(self, x: Tensor) -> Tensor:
        """The rows through the matrix."""
        return tape.linear(x, self.weight, self.bias)


class LSTM(Module):
    """A two-way LSTM of one layer over rows."""

    def __init__(self, inputs: int, size: int, *, bidirectional: bool, batch_first: bool) -> None:
        if not (bidirectional and batch_first):
            raise ValueError("this LSTM is two-way, and takes rows first")
        for side in ("", "_reverse"):
            shapes = {"weight_ih": (4 * size, inputs), "weight_hh": (4 * size, size),
                      "bias_ih": (4 * size,), "bias_hh": (4 * size,)}  # fmt: skip
            for name, shape in shapes.items():
                setattr(self, f"{name}_l0{side}", _even(parameter(*shape), 1 / math.sqrt(size)))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        """The rows as read from both sides."""
        return tape.lstm(x, list(self.parameters())), None


class Dropout(Module):
    """Some of the numbers, the others made larger for those that are dropped."""

    def __init__(self, share: float) -> None:
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """All of it where nothing is being learned."""
        if not self.training or not self.share:
            return x
        kept = tape.STATE.dice.random(x.shape, dtype=np.float32) >= self.share
        return x * Tensor((kept / (1 - self.share)).astype(np.float32))


class init:  # noqa: N801 - torch's name
    """First values."""

    @staticmethod
    def normal_(weight: Tensor, std: float) -> None:
        """Spread by the bell curve."""
        weight.data[...] = tape.STATE.dice.normal(0, std, weight.shape)


class utils:  # noqa: N801 - torch's name
    """What is done to gradients."""

    @staticmethod
    def clip_grad_norm_(parameters: Iterator[Tensor], most: float) -> None:
        """Shorten all gradients together to a length of at most `most`."""
        grads = [p.grad for p in parameters if p.grad is not None]
        length = math.sqrt(sum(float(np.vdot(g, g)) for g in grads))
        if length > most:
            for grad in grads:
                np.multiply(grad, most / (length + 1e-6), out=grad)


class AdamW:
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019), torch's defaults."""

    def __init__(self, parameters: Iterator[Tensor], lr: float, weight_decay: float) -> None:
        self.parameters = list(parameters)
        self.param_groups = [{"lr": lr}]
        self.decay = weight_decay
        self.steps = 0
        self.means: list[tuple[Array, Array]] = [
            (np.zeros_like(p.data), np.zeros_like(p.data)) for p in self.parameters
        ]

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for p in self.parameters:
            p.grad = None

    def step(self) -> None:
        """One step down."""
        self.steps += 1
        rate = self.param_groups[0]["lr"]
        first, second = 1 - 0.9**self.steps, 1 - 0.999**self.steps
        for p, (mean, square) in zip(self.parameters, self.means, strict=True):
            if p.grad is None:
                continue
            p.data *= 1 - rate * self.decay
            np.add(mean, 0.1 * (p.grad - mean), out=mean)
            np.add(square, 0.001 * (p.grad * p.grad - square), out=square)
            p.data -= (rate / first) * mean / (np.sqrt(square / second) + 1e-8)
