"""Writes src/sayso/lexicon/confidence.toml: how often each rule of attribution reads right.

usage: python training/build_confidence.py GOLD.jsonl DATE

Run in the repository root with PYTHONPATH=. Of a marked file (PolNeAR's form) every second text is
used, from the first on; the others are for `python -m bench.quality --only calibration`. Right is:
source exact, content Dice of at least one half.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bench.quality.attribution import as_paragraphs
from bench.quality.calibration import rows_of
from bench.quality.marks import Marked
from sayso.reading.attribution.confidence import signs_of
from sayso.reading.attribution.find import find_hops
from sayso.reading.flow import make_flow
from sayso.reading.parsing.model import load_model
from sayso.reading.parsing.parse import parse_flow
from training.logistic import fit_signs

OUT = Path(__file__).resolve().parents[1] / "src/sayso/lexicon/confidence.toml"
_SEEN = 5  # a rule seen less often is taken with the others of its kind
_RIDGE = 1.0


def read(gold: Path) -> tuple[list[set[str]], list[bool]]:
    """The signs of each outermost hop in every second text, and whether it is right."""
    model = load_model()
    signs, right = [], []
    for row in rows_of(gold, taught=True):
        marked = Marked(row)
        parse = parse_flow(make_flow(as_paragraphs(row)), model)
        for hop in find_hops(parse)[0]:
            if hop.outer is not None:
                continue
            words = [*hop.source, *hop.clause]
            source = parse.flow.home((parse.span_of(words),)) if words else ()
            signs.append(set(signs_of(hop)))
            right.append(marked.has_pair(source, parse.flow.home(tuple(hop.content))))
    return signs, right


def fit(signs: list[set[str]], right: list[bool]) -> dict[str, float]:
    """The weights of a logistic rule, drawn towards the mean."""
    rules = Counter(s for found in signs for s in found if s.startswith("rule "))
    rare = {s for s, n in rules.items() if n < _SEEN}
    signs = [(found - rare) | ({"rule other"} if found & rare else set()) for found in signs]
    made = fit_signs(signs, right, ridge=_RIDGE, seen=_SEEN)
    base = made.pop("")
    return {n: round(w + (base if n.startswith("rule ") else 0), 2) for n, w in made.items()}


def main(gold: str, date: str) -> None:
    """Write the table."""
    signs, right = read(Path(gold))
    weights = fit(signs, right)
    rules = {n.removeprefix("rule "): w for n, w in weights.items() if n.startswith("rule ")}
    lines = [
        "# How far an act of saying is to be trusted as read, by rule and by sign: log-odds that",
        "# add up (training/build_confidence.py); `other` is for rules too rare to measure.",
        f'measured = "{date}"',
        f"acts = {len(right)}",
        f"right = {sum(right)}",
        "",
        "[rules]",
        *(f'"{name}" = {weight}' for name, weight in rules.items()),
        "",
        "[signs]",
        *(f'"{n}" = {w}' for n, w in weights.items() if not n.startswith("rule ")),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
