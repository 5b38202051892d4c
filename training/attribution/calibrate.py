"""How far a score can be trusted: fitted on articles that the network did not learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sayso.reading.attribution.learned.decode import Candidate, Run, keep_best
from sayso.reading.attribution.learned.features import DEPS, Floats, Seen
from training import logistic
from training.attribution.data import Example

Read = Sequence[tuple[Example, list[Candidate]]]  # articles with what was found in them
_RIDGE = 1.0
_PUNCT = DEPS.index("punct") + 1


def right(candidate: Candidate, example: Example) -> bool:
    """True where a marked attribution has these source words and shares most of the content."""
    source = _words(example.seen, _tokens(candidate.source))
    content = _words(example.seen, _tokens(candidate.content))
    for own_source, own_content in example.roles:
        gold = _words(example.seen, set(own_content.tolist()))
        if 4 * len(gold & content) >= len(gold) + len(content) > 0 and source == _words(
            example.seen, set(own_source.tolist())
        ):
            return True
    return False


def _tokens(parts: tuple[Run, ...]) -> set[int]:
    return {i for a, b in parts for i in range(a, b)}


def _words(seen: Seen, tokens: set[int]) -> set[int]:
    """Those that are words: marks count for nothing, as in the scorer."""
    return {i for i in tokens if seen.dep[i] != _PUNCT}


def curve(sums: Floats, truth: np.ndarray, bins: int = 24) -> tuple[Floats, Floats]:
    """Points of a rising curve from sums to shares that were right (isotonic over equal bins)."""
    order = np.argsort(sums, kind="stable")
    groups = [g for g in np.array_split(order, bins) if len(g)]
    blocks = [
        [float(sums[g].mean()), float((truth[g].sum() + 0.5) / (len(g) + 1)), len(g)]
        for g in groups
    ]
    out: list[list[float]] = []
    for block in blocks:
        out.append(block)
        while len(out) > 1 and out[-2][1] >= out[-1][1]:
            b, a = out.pop(), out.pop()
            n = a[2] + b[2]
            out.append([(a[0] * a[2] + b[0] * b[2]) / n, (a[1] * a[2] + b[1] * b[2]) / n, n])
    return np.array([b[0] for b in out]), np.array([b[1] for b in out])


def scored(
    candidates: Sequence[Candidate], weights: Floats, bend: tuple[Floats, Floats]
) -> list[Candidate]:
    """Candidates with their scores."""
    return [replace(c, score=float(np.interp(np.dot(c.signs, weights), *bend))) for c in candidates]


def expected_error(score: Floats, truth: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: the mean gap between score and share right, over equal bins."""
    groups = np.array_split(np.argsort(score, kind="stable"), bins)
    return float(
        sum(len(g) * abs(score[g].mean() - truth[g].mean()) for g in groups if len(g))
        / max(len(score), 1)
    )


def learn_score(
    read: Read,
) -> tuple[Floats, tuple[Floats, Floats]]:
    """The weights and the curve, from candidates of articles that nothing was learned from."""
    flat = [
        (c, right(c, e))
        for e, cs in read
        for c in keep_best([replace(c, score=c.signs[0] + c.signs[1]) for c in cs], -99)
    ]
    if not flat:
        raise ValueError("no cue was found in the held-out articles: train on more, or longer")
    signs = np.array([c.signs for c, _ in flat])
    truth = np.array([t for _, t in flat], dtype=float)
    weights = logistic.fit(signs, truth, _RIDGE)
    return weights, curve(signs @ weights, truth)


def measure(read: Read, least: float) -> dict[str, float]:
    """Precision, recall, F1 of what is kept, right source and content; its calibration error.

    Each candidate is judged alone; the project's scorer also pairs them one to one, which costs
    about a tenth of a point.
    """
    kept = [(c, right(c, e)) for e, cs in read for c in keep_best(cs, least)]
    marked = sum(len(e.roles) for e, _ in read)
    hits = sum(ok for _, ok in kept)
    precision, recall = hits / max(len(kept), 1), hits / max(marked, 1)
    wide = [(c.score, right(c, e)) for e, cs in read for c in keep_best(cs, 0.02)]
    scores, truth = np.array(wide, dtype=float).reshape(-1, 2).T
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(200 * precision * recall / max(precision + recall, 1e-9), 1),
        "calibration_error": round(expected_error(scores, truth), 3),
    }


def folded_error(read: Read, folds: int = 5) -> float:
    """The calibration error of scores each fitted on the other folds of the articles."""
    scores: list[float] = []
    truth: list[float] = []
    for fold in range(folds):
        weights, bend = learn_score([r for i, r in enumerate(read) if i % folds != fold])
        for example, candidates in read[fold::folds]:
            for c in keep_best(scored(candidates, weights, bend), 0.02):
                scores.append(c.score)
                truth.append(right(c, example))
    return round(expected_error(np.array(scores), np.array(truth, dtype=float)), 3)
