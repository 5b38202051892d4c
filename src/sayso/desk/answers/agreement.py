"""How far coders agree over the rows that several of them decided on.

Raw agreement: of all pairs of decisions on one row, those that are the same. Krippendorff's alpha
for nominal data (Content Analysis, 2004, ch. 11): the same with what chance would give taken off;
for any number of coders and rows that not all of them decided on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.ledger import Judged


@dataclass(frozen=True, slots=True)
class Agreement:
    """Rows that at least two decided on, raw agreement (0 to 1), and Krippendorff's alpha.

    Alpha is none where all decisions are the same: chance cannot be told from agreement then.
    """

    rows: int
    coders: list[str]
    raw: float | None
    alpha: float | None


def agreement_of(decisions: Iterable[Judged]) -> Agreement:
    """The agreement of decisions on rows: of each person the last on a row."""
    last: dict[str, dict[str, str]] = defaultdict(dict)
    for each in decisions:
        last[each.target][each.by] = label_of(each)
    units = [labels for labels in last.values() if len(labels) > 1]
    coders = sorted({name for labels in units for name in labels})
    if not units:
        return Agreement(0, coders, None, None)
    pairs: Counter[tuple[str, str]] = Counter()
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for labels in units:
        told = list(labels.values())
        for i, one in enumerate(told):
            for other in told[:i] + told[i + 1 :]:
                pairs[one, other] += 1
                weights[one, other] += 1 / (len(told) - 1)
    same = sum(n for (a, b), n in pairs.items() if a == b)
    return Agreement(len(units), coders, round(same / pairs.total(), 3), _alpha(weights))


def label_of(decision: Judged) -> str:
    """What was decided: accepted as it stood, accepted with corrections, rejected."""
    if decision.action != "accept":
        return decision.action
    return "correct" if decision.detail.get("new") else "accept"


def _alpha(weights: dict[tuple[str, str], float]) -> float | None:
    """Alpha of a coincidence matrix."""
    totals: Counter[str] = Counter()
    for (one, _), weight in weights.items():
        totals[one] += weight  # type: ignore[assignment]
    n = sum(totals.values())
    expected = n * n - sum(t * t for t in totals.values())
    if expected <= 0:
        return None
    observed = sum(w for (a, b), w in weights.items() if a != b)
    return round(1 - (n - 1) * observed / expected, 3)
