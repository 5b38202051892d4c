"""The figures in docs/security.md: a row a kind of attack, put in by each whole run of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from attack.tally import Tally

PAGE = Path(__file__).resolve().parents[1] / "docs" / "security.md"
BEGIN, END = "<!-- figures begin: make attack -->", "<!-- figures end -->"
HEAD = (
    "| kind | inputs tried | faults survived | not held | leaks found | minutes | on |",
    "|---|--:|--:|--:|--:|--:|---|",
)
_ROW = re.compile(r"\| (?P<kind>[^|]+?) \|.*\|")
_LEFT = re.compile(r"- (?P<kind>[^:]+): not tried: ")


def mended() -> int:
    """How many findings docs/security.md lists, each mended and kept as a test."""
    text = PAGE.read_text("utf-8").partition("## Findings")[2].partition("\n## ")[0]
    return sum(line.startswith("| ") for line in text.splitlines()) - 1  # less the head


def row_of(kind: str, tally: Tally, minutes: float, day: str) -> str:
    """A kind's line of the table."""
    return (f"| {kind} | {tally.tried:,} | {tally.survived:,} | {len(tally.faults)} "
            f"| {len(tally.leaks)} | {minutes:.1f} | {day} |")  # fmt: skip


def left_of(kind: str, tally: Tally) -> list[str]:
    """What a kind could not try, a line each."""
    reasons = sorted({what.rpartition(": ")[2] for what in tally.left_out})
    return [f"- {kind}: not tried: {reason}" for reason in reasons]


def table(rows: Sequence[str]) -> list[str]:
    """The lines of the table, their sum below them."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    sums = [sum(int(c[n].replace(",", "")) for c in cells) for n in range(1, 5)]
    minutes = sum(float(c[5]) for c in cells)
    whole = " | ".join(["all", *(f"{n:,}" for n in sums), f"{minutes:.1f}", " "])
    return [*HEAD, *rows, f"| {whole.rstrip()} |"]


def write(kind: str, tally: Tally, minutes: float, day: str, order: Sequence[str]) -> None:
    """A kind's figures into the page; what stands there of other kinds stays."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    held, _, after = rest.partition(END)
    lines = held.splitlines()
    rows = {m["kind"]: line for line in lines if (m := _ROW.fullmatch(line))}
    rows[kind] = row_of(kind, tally, minutes, day)
    left = [ln for ln in lines if (m := _LEFT.match(ln)) and m["kind"] != kind]
    left = sorted([*left, *left_of(kind, tally)])
    told = [
        BEGIN, "", *table([rows[each] for each in order if each in rows]), "",
        f"Findings mended: {mended()}.", *([""] if left else []), *left, "", END,
    ]  # fmt: skip
    PAGE.write_text(before + "\n".join(told) + after, "utf-8")
