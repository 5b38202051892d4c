"""Draws where the time of reading goes, as a flame graph: `python -m bench.speed.flame [OUT.svg]`.

py-spy looks at the stack of a reading process 250 times a second (its start-up too: zoom into
`read_many`). The texts are those of the bench.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench.quality.where import ROOT

RATE = 250


def main() -> int:
    """Write the picture; 1 where py-spy may not look at the process."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "reading-flame.svg").resolve()
    spy = Path(sys.executable).with_name("py-spy")
    work = [sys.executable, "-m", "bench.speed.worker", "sayso"]
    options = ["--rate", str(RATE), "--format", "flamegraph", "--output", str(out)]
    done = subprocess.run(
        [str(spy), "record", *options, "--", *work], cwd=ROOT, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    if done.returncode or not out.exists():
        print("no flame graph: py-spy must be allowed to trace (ptrace)", file=sys.stderr)
        return 1
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
