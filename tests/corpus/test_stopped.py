"""Ctrl-C at any moment of the command: one line at most, and 130."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WORDS = "sayso: stopped; the same command goes on where it stopped\n"


@pytest.mark.parametrize("seconds", [0.1, 0.8, 2.0])
def test_ctrl_c_shows_no_trace(seconds: float, lines: Path, tmp_path: Path) -> None:
    """While processes load the reader, and later: it reaches all of them, as from a terminal."""
    out = tmp_path / "out"
    done = subprocess.Popen(
        [sys.executable, "-m", "sayso", "corpus", lines, "--out", out, "--jobs", "2"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    while not (out / "corpus.json").exists() and done.poll() is None:
        time.sleep(0.02)
    time.sleep(seconds)
    os.killpg(done.pid, signal.SIGINT)
    _, said = done.communicate(timeout=60)
    if done.returncode == 0:  # it had ended before
        pytest.skip("this machine reads forty reports in no time")
    assert (said, done.returncode) == (WORDS, 130)
