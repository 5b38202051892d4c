"""Train the network: examples in, averaged weights out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.reading.attribution.learned.features import Ints, beside, cue_heads
from sayso.reading.attribution.learned.net import Words, chunks_of, dense_of
from training.attribution.backend import Tensor, functional, torch
from training.attribution.data import Example
from training.attribution.net import Net, tiny


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be chosen; the defaults are what ships."""

    epochs: int = 10
    rate: float = 2e-3
    batch: int = 4  # articles
    decay: float = 0.997  # of the running average of the weights
    seed: int = 11
    role_weight: float = 0.1
    real_weight: float = 0.5
    role_share: float = 0.6  # of the marked cues whose roles are learned, drawn anew each step
    short: bool = True  # bfloat16 LSTMs
    tiny: bool = False  # a small network, to test the recipe
    candidate: float = 0.12  # a token this likely to begin a cue is a false candidate to learn from


@dataclass(slots=True)
class Batch:
    """Some articles as one run of tokens."""

    ids: Tensor
    dense: Tensor
    head: Tensor
    chunks: Tensor
    labels: Tensor


def cue_labels(example: Example) -> Ints:
    """Outside, begins or goes on, for each token."""
    labels = np.zeros(len(example.seen), dtype=np.int64)
    for lo, hi in zip(example.begin, example.end, strict=True):
        labels[lo:hi] = 2
    labels[example.begin] = 1
    return labels


def make_batch(examples: Sequence[Example], words: Words) -> Batch:
    """Articles joined; indexes moved by what stands before."""
    offset, heads, chunks = 0, [], []
    for e in examples:
        heads.append(e.seen.head + offset)
        at = chunks_of(len(e.seen))
        chunks.append(np.where(at >= 0, at + offset, -1))
        offset += len(e.seen)
    return Batch(
        torch.from_numpy(np.concatenate([e.seen.ids for e in examples], 1)),
        torch.from_numpy(np.concatenate([dense_of(e.seen, words) for e in examples])),
        torch.from_numpy(np.concatenate(heads)),
        torch.from_numpy(np.concatenate(chunks)),
        torch.from_numpy(np.concatenate([cue_labels(e) for e in examples])),
    )


def role_labels(example: Example, marks: Ints, window: Ints) -> Ints:
    """Neither, source or content for each token of the windows of some marked cues."""
    out = np.zeros((len(marks), window.shape[1]), dtype=np.int64)
    for i, mark in enumerate(marks.tolist()):
        source, content = example.roles[mark]
        full = np.zeros(len(example.seen) + 1, dtype=np.int64)
        full[content] = 2
        full[source] = 1
        out[i] = full[window[i]]  # -1 takes the last, which is empty
    return out


def false_candidates(chance: np.ndarray, example: Example, least: float) -> tuple[Ints, Ints]:
    """Cues that the network would find and nobody marked."""
    begins = chance[:, 1]
    taken = np.zeros(len(begins), dtype=bool)
    for lo, hi in zip(example.begin, example.end, strict=True):
        taken[lo:hi] = True
    begin = np.flatnonzero((begins > least) & ~taken)
    end = begin + 1
    for i in range(len(begin)):
        while end[i] < len(begins) and not taken[end[i]] and chance[end[i], 2] > 0.4:
            end[i] += 1
    return begin, end


def losses(net: Net, examples: Sequence[Example], batch: Batch, settings: Settings,
           dice: np.random.Generator) -> tuple[Tensor, ...]:  # fmt: skip
    """The loss of cues, of roles, and of which candidates are cues, each a marked cue."""
    code = net.encode(batch.ids, batch.dense, batch.head, batch.chunks)
    scores = net.cues(code, batch.head)
    chance = torch.softmax(scores.detach(), 1).numpy()
    offset, cues, windows, besides, roles, real = 0, [], [], [], [], []
    for e in examples:
        n = len(e.seen)
        lo, hi = false_candidates(chance[offset : offset + n], e, settings.candidate)
        # the likeliest ones only: an untrained network finds candidates everywhere
        best = np.argsort(-chance[offset : offset + n][lo, 1], kind="stable")[
            : 1 + len(e.begin) // 3
        ]
        lo, hi = lo[best], hi[best]
        drawn = np.flatnonzero(dice.random(len(e.begin)) < settings.role_share)
        begin, end = np.concatenate([e.begin[drawn], lo]), np.concatenate([e.end[drawn], hi])
        window, features = beside(e.seen, begin, end)
        labels = np.zeros(window.shape, dtype=np.int64)
        labels[: len(drawn)] = role_labels(e, drawn, window)
        cues.append(cue_heads(e.seen, begin, end) + offset)
        windows.append(np.where(window >= 0, window + offset, -1))
        besides.append(features)
        roles.append(labels)
        real.append(np.arange(len(begin)) < len(drawn))
        offset += n
    window = torch.from_numpy(np.concatenate(windows))
    got, is_real = net.roles(code, torch.from_numpy(np.concatenate(cues)), window,
                             torch.from_numpy(np.concatenate(besides, 1)))  # fmt: skip
    truth = torch.from_numpy(np.concatenate(real)).float()
    labels = torch.from_numpy(np.concatenate(roles))
    marked = max(int(truth.sum()), 1)
    all_marked = max(sum(len(e.begin) for e in examples), 1)
    cue = functional.cross_entropy(scores, batch.labels, reduction="sum") / all_marked
    role = functional.cross_entropy(got.transpose(1, 2), labels, reduction="none")
    role = (role * (window >= 0) * (truth[:, None] * 0.8 + 0.2)).sum() / marked
    which = functional.binary_cross_entropy_with_logits(is_real, truth, reduction="sum") / marked
    return cue, role, which


Check = Callable[[Net, int], None]


def train(examples: Sequence[Example], words: Words, settings: Settings,
          tell: Callable[[str], None], start: Net | None = None, check: Check | None = None,
          ) -> Net:  # fmt: skip
    """A trained network: the running average of the weights over the last steps.

    `start` is a network to go on from; it is left as it is.
    """
    torch.manual_seed(settings.seed)
    dice = np.random.default_rng(settings.seed)
    make = tiny if settings.tiny else Net
    net, mean = make(), make()
    net.short = settings.short
    net.load_state_dict((start or net).state_dict())
    mean.load_state_dict(net.state_dict())
    optimiser = torch.optim.AdamW(net.parameters(), lr=settings.rate, weight_decay=0.01)
    steps = math.ceil(len(examples) / settings.batch) * settings.epochs
    step = 0
    for epoch in range(settings.epochs):
        net.train()
        order = dice.permutation(len(examples))
        started, sums = time.monotonic(), np.zeros(3)
        for first in range(0, len(order), settings.batch):
            some = [examples[i] for i in order[first : first + settings.batch]]
            for group in optimiser.param_groups:
                group["lr"] = settings.rate * _pace(step / steps)
            cue, role, which = losses(net, some, make_batch(some, words), settings, dice)
            loss = cue + settings.role_weight * role + settings.real_weight * which
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
            step += 1
            keep = min(settings.decay, (step + 1) / (step + 10))
            with torch.no_grad():
                for average, now in zip(mean.parameters(), net.parameters(), strict=True):
                    average.lerp_(now, 1 - keep)
            sums += np.array([cue.item(), role.item(), which.item()])
            if step % 20 == 0:
                lost = sums / (first / settings.batch + 1)
                tell(f"step {step}/{steps} {time.monotonic() - started:.0f} s {lost.round(3)}")
        if check:
            check(mean.eval(), epoch)
    return mean.eval()


def _pace(done: float) -> float:
    """The share of the rate at a share of the steps: up within 5 %, then down along a cosine."""
    return done / 0.05 if done < 0.05 else 0.5 * (1 + math.cos(math.pi * (done - 0.05) / 0.95))
