"""Chances to spans: which tokens are one cue, and which its source and its content."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sayso.reading.attribution.learned.features import WINDOW, Floats, Ints, Seen

Run = tuple[int, int]  # tokens [first, last + 1)

LEAST_BEGIN = 0.3  # below this a token is not looked at: of 70 such none was kept
_GOES_ON = 0.45
_SOURCE = 0.5
_WEAK_SOURCE = 0.2  # where no token reaches the other
_CONTENT = 0.5
_ONE_CONTENT = 0.7  # two contents that share more (Dice) are one
_GAP = 2  # tokens between two stretches of content that are read as part of it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with its roles, and what tells how good it is (`signs`: see `SIGNS`)."""

    cue: Run
    source: tuple[Run, ...]
    content: tuple[Run, ...]
    signs: tuple[float, ...]
    score: float = 0.0


SIGNS = ("begins", "real", "source", "content", "no source", "edge", "in quote", "bias")


def cue_runs(chance: Floats) -> tuple[Ints, Ints]:
    """Where cues may begin and where each ends."""
    begin = np.flatnonzero(chance[:, 1] > LEAST_BEGIN)
    end = begin + 1
    for i in range(len(begin)):
        at = int(end[i])
        while at < len(chance) and chance[at, 2] > _GOES_ON:
            at += 1
        end[i] = at
    return begin, end


def runs(chosen: npt.NDArray[np.bool_], gap: int = 0) -> list[Run]:
    """The stretches of true values; a gap no longer than `gap` ends none."""
    found: list[Run] = []
    # plain integers: a window is short, and numpy's calls cost more than its loop
    for i in np.flatnonzero(chosen).tolist():
        if found and i - found[-1][1] <= gap:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def read_candidate(
    seen: Seen, cue: Run, window: Ints, roles: Floats, chances: tuple[float, float]
) -> Candidate:
    """One cue with the source and the content that its window's chances give."""
    first = int(window[window >= 0][0])
    kept = roles[window >= 0]
    cue_at = (cue[0] - first, cue[1] - first)
    source = _source(kept[:, 1])
    content = _content(kept[:, 2], cue_at, source)
    moved = [tuple((a + first, b + first) for a, b in part) for part in (source, content)]
    begins, real = chances
    signs = (
        _log_odds(begins), _log_odds(real),
        _sure(kept[:, 1], source), _sure(kept[:, 2], content), float(not source),
        float(any(b == len(kept) or a == 0 for a, b in content)),
        float(seen.quoted[cue[0]]), 1.0,
    )  # fmt: skip
    whole = _whole_quote(seen, moved[1], first, first + len(kept) - 1)
    return Candidate(cue, moved[0], whole, signs)


def _source(chance: Floats) -> tuple[Run, ...]:
    for least in (_SOURCE, _WEAK_SOURCE):
        found = runs(chance > least)
        if found:
            best = max(found, key=lambda r: float(chance[r[0] : r[1]].sum()))
            if least == _WEAK_SOURCE and chance[best[0] : best[1]].max() < 2 * least - 0.05:
                return ()
            return (best,)
    return ()


def _content(chance: Floats, cue: Run, source: tuple[Run, ...]) -> tuple[Run, ...]:
    chosen = chance > _CONTENT
    if not chosen.any():
        chosen = chance > max(0.25, float(chance.max()) * 0.6)
    found = runs(chosen, _GAP)
    if not found:
        return ()
    whole = float(chosen.sum())
    parts: list[Run] = []
    for run in found:
        # an island of a word or two beside a long content is noise
        if run[1] - run[0] <= max(1, int(whole * 0.06)) and len(found) > 1:
            continue
        parts += _without(run, (cue, *source))
    return tuple(parts) or tuple(found[:1])


def _without(run: Run, others: tuple[Run, ...]) -> list[Run]:
    """A stretch without the tokens of others."""
    chosen = np.ones(run[1] - run[0], dtype=bool)
    for a, b in others:
        chosen[max(a - run[0], 0) : max(b - run[0], 0)] = False
    return [(a + run[0], b + run[0]) for a, b in runs(chosen)]


def _whole_quote(seen: Seen, content: tuple[Run, ...], first: int, last: int) -> tuple[Run, ...]:
    """Content that runs out of the window within a quotation, as far as the quotation goes.

    `"<sixty words>," she said`: the window ends within the quotation, the content does not.
    """
    if not content:
        return content
    start, stop = content[0][0], content[-1][1]
    # marks are counted along the text, so those of one quotation lie side by side
    if start <= first and seen.quoted[first]:
        start = min(start, int(np.searchsorted(seen.marks, seen.marks[first], side="left")))
    if stop > last and seen.quoted[last]:
        stop = max(stop, int(np.searchsorted(seen.marks, seen.marks[last], side="right")))
    whole = ((start, content[0][1]), *content[1:])
    return (*whole[:-1], (whole[-1][0], stop))


def _sure(chance: Floats, parts: tuple[Run, ...]) -> float:
    values = [chance[a:b] for a, b in parts]
    return float(np.log(np.clip(np.concatenate(values), 1e-3, 1)).mean()) if values else -3.0


def _log_odds(chance: float) -> float:
    bound = min(max(chance, 1e-5), 1 - 1e-5)
    return math.log(bound / (1 - bound))


def score(candidate: Candidate, weights: Floats, curve: tuple[Floats, Floats]) -> Candidate:
    """A candidate with the chance that its source and content are right.

    `weights` go with SIGNS; `curve` bends their sum to the share that was right when measured.
    """
    total = float(np.dot(candidate.signs, weights))
    return replace(candidate, score=float(np.interp(total, *curve)))


def keep_best(candidates: list[Candidate], least: float) -> list[Candidate]:
    """The candidates that stand: none below `least`; of two with one cue or content, the better."""
    kept: list[Candidate] = []
    near: defaultdict[int, list[Candidate]] = defaultdict(list)  # by stretches of a window
    for candidate in sorted(candidates, key=lambda c: (-c.score, -sum(c.signs[:2]), c.cue)):
        if candidate.score < least or not candidate.content:
            continue
        first, last = candidate.cue[0] // WINDOW, (candidate.cue[1] - 1) // WINDOW
        beside = (other for at in range(first - 1, last + 2) for other in near[at])
        if any(_same(candidate, other) for other in beside):
            continue
        kept.append(candidate)
        for at in range(first, last + 1):
            near[at].append(candidate)
    return sorted(kept, key=lambda c: c.cue)


def _same(a: Candidate, b: Candidate) -> bool:
    if a.cue[0] < b.cue[1] and b.cue[0] < a.cue[1]:
        return True
    if abs(a.cue[0] - b.cue[0]) > WINDOW:
        return False
    mine, other = _tokens(a.content), _tokens(b.content)
    return 2 * len(mine & other) > _ONE_CONTENT * (len(mine) + len(other))


def _tokens(parts: tuple[Run, ...]) -> set[int]:
    return {i for a, b in parts for i in range(a, b)}
