"""`make attack`: all of it, its figures into docs/security.md; `python -m attack short` is quicker."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from attack import bundles, expressions, faults, fuzz, intake, leaks, supply, web
from attack.tally import FULL, SHORT, Tally

KINDS = {
    "intake": intake, "expressions": expressions, "web": web, "leaks": leaks, "bundles": bundles,
    "fuzz": fuzz, "faults": faults, "supply": supply,
}  # fmt: skip
PAGE = Path(__file__).resolve().parents[1] / "docs" / "security.md"
BEGIN, END = "<!-- figures begin: make attack -->", "<!-- figures end -->"


def mended() -> int:
    """How many findings docs/security.md lists, each mended and kept as a test."""
    text = PAGE.read_text("utf-8").partition("## Findings")[2].partition("\n## ")[0]
    return sum(line.startswith("| ") for line in text.splitlines()) - 1  # less the head


def figures(tallies: Sequence[Tally], size: str) -> str:
    """The table of what was tried and what came of it."""
    lines = ["", f"Form: {size}. Findings mended: {mended()}.", "",
             "| kind | inputs tried | faults survived | not held | leaks found |", "|---|--:|--:|--:|--:|"]  # fmt: skip
    lines += [f"| {t.kind} | {t.tried:,} | {t.survived:,} | {len(t.faults)} | {len(t.leaks)} |"
              for t in tallies]  # fmt: skip
    lines += [(f"| all | {sum(t.tried for t in tallies):,} | {sum(t.survived for t in tallies):,} | "
              f"{sum(len(t.faults) for t in tallies)} | {sum(len(t.leaks) for t in tallies)} |")]  # fmt: skip
    left = sorted({what.rpartition(": ")[2] for t in tallies for what in t.left_out})
    if left:
        lines += ["", "Not tried on the machine of this run: " + "; ".join(left) + "."]
    return "\n".join([*lines, ""])


def write(told: str) -> None:
    """The figures between their markers."""
    text = PAGE.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{after}", "utf-8")


def main(words: Sequence[str]) -> int:
    """Exit code 0 where all held, 1 where something did not, 2 for a kind that is none."""
    size = SHORT if "short" in words else FULL
    chosen = [w for w in words if w != "short"]
    if unknown := set(chosen) - set(KINDS):
        print(f"{min(unknown)} is no kind: say {', '.join(KINDS)}, or short", file=sys.stderr)
        return 2
    tallies = []
    for name in chosen or KINDS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            tally = KINDS[name].attack(size, Path(folder))
        tallies.append(tally)
        took = time.monotonic() - began
        print(f"{tally.kind}: {tally.tried:,} tried, {len(tally.faults)} did not hold, "
              f"{len(tally.leaks)} leaks, {took:.0f} s", flush=True)  # fmt: skip
        for what in (*tally.leaks, *tally.faults):
            print(f"  {what}", flush=True)
    told = figures(tallies, size.name)
    print(told)
    bad = any(t.faults or t.leaks for t in tallies)
    if not chosen and size is FULL:
        write(told)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
