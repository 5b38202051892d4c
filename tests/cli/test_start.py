"""How `sayso` begins: Ctrl-C finds it ready before anything that takes time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sayso.cli import start


def test_ctrl_c_while_it_loads_ends_it_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130, as later."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.cli.main.main", interrupted)
    with pytest.raises(SystemExit) as ended:
        start.main()
    assert ended.value.code == 130


def test_nothing_is_loaded_before_it() -> None:
    """Neither typing nor click: they take longer than Python takes to begin."""
    code = (
        "import sys, sayso.cli.start; print(sorted({'typing', 'click', 'spacy'} & {*sys.modules}))"
    )
    ran = subprocess.run(
        [sys.executable, "-S", "-c", f"sys_path = {sys.path!r}; import sys; sys.path += sys_path; "
         f"{code}"],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "[]"
