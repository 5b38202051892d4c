"""Two readers side by side, for people: how much they agree, then where they do not."""

from __future__ import annotations

from sayso.cli.output.clean import clean_text
from sayso.cli.output.sheet import Sheet, print_table
from sayso.pipeline.compare import KINDS, Compared, Comparison

HEAD = ("what", "words", "A", "B")
SHOWN = 100  # characters of words
_NOTHING = "nothing there"


def show_comparison(found: Comparison, sheet: Sheet) -> None:
    """Write the comparison of one report on a sheet."""
    console = sheet.console
    first, second = found.readers
    console.print(clean_text(found.report, "bold"))
    console.print(clean_text(f"A is {first}, B is {second}"))
    counts = found.counts()
    for kind in KINDS:
        n = counts[kind]
        if sum(n.values()):
            console.print(clean_text(
                f"  {kind}s: {n['both']} in both, {n['differs']} in both that differ, "
                f"{n['only_a']} in A alone, {n['only_b']} in B alone"
            ))  # fmt: skip
    console.print()
    rows = [_cells(row) for row in found.rows if row.standing != "both"]
    if rows:
        print_table(sheet, HEAD, rows)
    else:
        console.print(clean_text("  no difference"))
    console.print()


def _cells(row: Compared) -> tuple[str, str, str, str]:
    words = row.words if len(row.words) <= SHOWN else f"{row.words[: SHOWN - 1]}…"
    return row.kind, words, _side(row, row.a), _side(row, row.b)


def _side(row: Compared, facts: dict[str, str] | None) -> str:
    """What a reader says, of what differs alone where both say something."""
    if facts is None:
        return _NOTHING
    shown = {k: v for k, v in facts.items() if not row.differs or k in row.differs}
    return "; ".join(f"{k}: {v or 'none'}" for k, v in shown.items() if v or k in row.differs)
