"""The suite on more than one process: which file goes where, and what becomes of one that dies."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("xdist", reason="pytest-xdist is not installed")

CONFTEST = """\
from tests.spread import FilesFromBothEnds
def pytest_xdist_make_scheduler(config, log): return FilesFromBothEnds(config, log)
"""
PLAIN = "def test_first(): pass\ndef test_second(): pass\ndef test_third(): pass\n"
DYING = "import os\ndef test_before(): pass\ndef test_dies(): os._exit(9)\ndef test_after(): pass\n"


def run_spread(folder: Path, root: Path, **files: str) -> tuple[int, str]:
    """Exit code and words of `pytest -n 2` over these files."""
    (folder / "conftest.py").write_text(CONFTEST)
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-n", "2", "-p", "no:cacheprovider",
         "-p", "no:schemathesis", "-p", "no:hypothesispytest", "--rootdir", str(folder),
         "-o", f"pythonpath={root}", str(folder)],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_files_stay_whole_and_the_ends_go_apart(tmp_path: Path, root: Path) -> None:
    """One process begins at the front, the other at the back; no file is in both."""
    code, words = run_spread(tmp_path, root, a=PLAIN, b=PLAIN, c=PLAIN, d=PLAIN)
    assert code == 0, words
    assert "scheduling tests via FilesFromBothEnds" in words
    assert re.search(r"=+ 12 passed in ", words)
    where = re.findall(r"\[(gw\d)\] .* PASSED (?:\S*/)?test_(\w)\.py", words)
    homes = {file: {process for process, of in where if of == file} for file in "abcd"}
    assert homes["a"] == {"gw0"}
    assert homes["d"] == {"gw1"}
    assert all(len(processes) == 1 for processes in homes.values())


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"a": DYING, "b": PLAIN, "c": PLAIN, "d": DYING}, "2 failed, 10 passed"),
        ({"a": PLAIN, "b": "import os\ndef test_dies(): os._exit(9)\n"}, "1 failed, 3 passed"),
    ],
    ids=["both", "the last test"],
)
def test_a_process_that_dies_is_named_and_the_rest_runs(
    tmp_path: Path, root: Path, files: dict[str, str], count: str
) -> None:
    """The test that it died of fails, once; those behind it run in a new process."""
    code, words = run_spread(tmp_path, root, **files)
    assert code == 1, words
    assert re.search(rf"=+ {count} in ", words), words
    assert "node down: Not properly terminated" in words
    assert re.search(r"worker 'gw\d' crashed while running '\S*::test_dies'", words)
