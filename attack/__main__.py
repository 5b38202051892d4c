"""`make attack`: all of it, its figures into docs/security.md; `python -m attack short` is quicker.

`python -m attack KIND…` runs some kinds; of each that is run whole the figures are put in the page.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from attack import bundles, expressions, faults, fuzz, intake, leaks, page, supply, web
from attack.tally import FULL, SHORT

KINDS = {
    "intake": intake, "expressions": expressions, "web": web, "leaks": leaks, "bundles": bundles,
    "fuzz": fuzz, "faults": faults, "supply": supply,
}  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Exit code 0 where all held, 1 where something did not, 2 for a kind that is none."""
    size = SHORT if "short" in words else FULL
    chosen = [w for w in words if w != "short"]
    if unknown := set(chosen) - set(KINDS):
        print(f"{min(unknown)} is no kind: say {', '.join(KINDS)}, or short", file=sys.stderr)
        return 2
    rows, bad = [], False
    for name in chosen or KINDS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            tally = KINDS[name].attack(size, Path(folder))
        minutes = (time.monotonic() - began) / 60
        print(f"{name}: {tally.tried:,} tried, {len(tally.faults)} did not hold, "
              f"{len(tally.leaks)} leaks, {60 * minutes:.0f} s", flush=True)  # fmt: skip
        for what in (*tally.leaks, *tally.faults, *page.left_of(name, tally)):
            print(f"  {what}", flush=True)
        bad = bad or bool(tally.faults or tally.leaks)
        day = datetime.now(UTC).date().isoformat()
        rows.append(page.row_of(name, tally, minutes, day))
        if size is FULL:
            page.write(name, tally, minutes, day, list(KINDS))
    print("\n".join(page.table(rows)))
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
