"""The example notebooks run, and show what is stored in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "examples/notebooks").glob("*.ipynb"))


@pytest.mark.slow
def test_each_notebook_shows_what_is_stored_in_it() -> None:
    """`python tools/make_notebooks.py` was run after the last change of what they show."""
    pytest.importorskip("nbclient", reason="the notebooks' tools are not installed")
    done = subprocess.run(
        [sys.executable, ROOT / "tools/make_notebooks.py", "--check"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.count(": the same\n") == len(NOTEBOOKS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_has_outputs_and_names_no_machine(path: Path) -> None:
    """Whoever looks at it without running it sees tables and a picture; nobody sees our folders."""
    notebook = json.loads(path.read_text("utf-8"))
    outputs = [o for c in notebook["cells"] for o in c.get("outputs", ())]
    kinds = {kind for o in outputs for kind in o.get("data", ())}
    assert {"text/html", "image/svg+xml"} <= kinds
    assert [o for o in outputs if o["output_type"] == "error"] == []
    assert str(Path(tempfile.gettempdir())) not in path.read_text("utf-8")
