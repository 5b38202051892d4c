"""Gradients in numpy are those of a small step, and of torch where it is installed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from training.attribution import tape, tape_nn
from training.attribution.tape import Tensor

Loss = Callable[[Tensor], Tensor]
DICE = np.random.default_rng(5)
IDS = np.array([[0, 2], [2, 1]])


def _learned(*shape: int) -> Tensor:
    return Tensor(DICE.normal(size=shape), needed=True)


_WEIGHT, _BIAS = _learned(2, 4), _learned(2)
_LSTM = [_learned(*shape) for shape in ((12, 4), (12, 3), (12,), (12,)) * 2]
_ROW = Tensor(DICE.normal(size=(1, 4)))
_LABELS = Tensor(np.array([1, 0, 3]))


@pytest.mark.parametrize(
    ("shape", "loss"),
    [
        ((3, 4), lambda x: ((x + x) * x - x / 3).sum()),
        ((3, 4), lambda x: (x * _ROW).sum()),
        ((3, 1), lambda x: (x + Tensor(np.ones((3, 4)))).sum()),
        ((3, 4), lambda x: (x[Tensor(IDS)] * x[1]).sum()),
        ((3, 4), lambda x: (x[:, 1:3] * x[:, None, :2].sum()).sum()),
        (
            (3, 4),
            lambda x: (x.reshape(2, 6).transpose(0, 1) * Tensor(np.arange(12).reshape(6, 2))).sum(),
        ),
        ((3, 4), lambda x: (x.amax(1) * x.amax(1)).sum()),
        ((3, 4), lambda x: (tape.relu(x) * x).sum()),
        ((3, 4), lambda x: (tape.cat([x, x * 2], 1) * tape.cat([x * x, x], 1)).sum()),
        ((3, 4), lambda x: (tape.linear(x, _WEIGHT, _BIAS) * 2).sum()),
        ((4, 4), lambda x: (x.index_copy(0, Tensor(np.array([2, 0])), x[1:3]) * x).sum()),
        ((3, 4), lambda x: tape.cross_entropy(x, _LABELS, reduction="sum")),
        ((3, 4), lambda x: (tape.cross_entropy(x, _LABELS, reduction="none") * 3).sum()),
        (
            (4,),
            lambda x: tape.binary_cross_entropy_with_logits(
                x, Tensor(np.array([1.0, 0, 1, 0])), reduction="sum"
            ),
        ),
        ((2, 3, 4), lambda x: (tape.lstm(x, _LSTM) * tape.lstm(x, _LSTM)).sum()),
    ],
)
def test_gradients_are_slopes(shape: tuple[int, ...], loss: Loss) -> None:
    """Each number moved a little moves the loss by its gradient, in 64 bits."""
    x = _learned(*shape)
    loss_at = loss(x)
    loss_at.backward()
    assert x.grad is not None
    step = 1e-6
    for at in np.ndindex(shape):
        was = x.data[at]
        x.data[at] = was + step
        more = loss(x).item()
        x.data[at] = was - step
        less = loss(x).item()
        x.data[at] = was
        assert x.grad[at] == pytest.approx((more - less) / (2 * step), abs=1e-4, rel=1e-4)


def test_weights_get_gradients_too() -> None:
    """An LSTM's eight weights, each checked at some of its numbers."""
    x = Tensor(DICE.normal(size=(2, 5, 4)))

    def loss() -> Tensor:
        out = tape.lstm(x, _LSTM)
        return (out * out).sum()

    for weight in _LSTM:
        weight.grad = None
    loss().backward()
    for weight in _LSTM:
        assert weight.grad is not None
        at = tuple(int(DICE.integers(n)) for n in weight.shape)
        was, step = weight.data[at], 1e-6
        weight.data[at] = was + step
        more = loss().item()
        weight.data[at] = was - step
        less = loss().item()
        weight.data[at] = was
        assert weight.grad[at] == pytest.approx((more - less) / (2 * step), abs=1e-4, rel=1e-4)


def test_nothing_is_remembered_where_nothing_is_learned() -> None:
    """Inside no_grad, and of what hangs on no parameter, there is no way back."""
    x = _learned(3)
    with tape.no_grad():
        assert not (x * 2).needed
    assert not (Tensor(np.ones(3)) * 2).needed
    assert (x * 2).needed


def test_adam_finds_the_bottom() -> None:
    """A hundred steps on a bowl come near its bottom."""
    x = _learned(4)
    adam = tape_nn.AdamW(iter([x]), lr=0.1, weight_decay=0.0)
    for _ in range(200):
        adam.zero_grad()
        ((x - Tensor(np.arange(4.0))) * (x - Tensor(np.arange(4.0)))).sum().backward()
        adam.step()
    assert x.data == pytest.approx(np.arange(4.0), abs=0.05)


def test_long_gradients_are_shortened_once() -> None:
    """All together to the given length, shared arrays no less."""
    x, y = _learned(3), _learned(3)
    (x + y).sum().backward()
    tape_nn.utils.clip_grad_norm_(iter([x, y]), 1.0)
    assert x.grad is not None
    assert y.grad is not None
    assert np.vdot(x.grad, x.grad) + np.vdot(y.grad, y.grad) == pytest.approx(1, abs=1e-3)


def test_an_lstm_is_torchs() -> None:
    """The same rows through the same weights give the same, and the same gradients."""
    torch = pytest.importorskip("torch", reason="torch is installed only to make what ships")
    theirs = torch.nn.LSTM(4, 3, bidirectional=True, batch_first=True)
    ours = [Tensor(w.detach().numpy().copy(), needed=True) for w in theirs.parameters()]
    x = DICE.normal(size=(2, 5, 4)).astype(np.float32)
    out, got = theirs(torch.from_numpy(x))[0], tape.lstm(Tensor(x), ours)
    assert got.data == pytest.approx(out.detach().numpy(), abs=1e-5)
    (out * out).sum().backward()
    (got * got).sum().backward()
    for mine, other in zip(ours, theirs.parameters(), strict=True):
        assert mine.grad == pytest.approx(other.grad.numpy(), abs=1e-4)
