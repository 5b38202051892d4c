"""The service units of deploy/ start commands that there are, shut in as far as systemd can."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from sayso.cli.main import sayso

ROOT = Path(__file__).resolve().parents[1]
UNITS = sorted((ROOT / "deploy").glob("*.service"))


COMMON = ROOT / "deploy" / "sayso-.service.d" / "common.conf"  # read for both, by their names


def _parts(unit: Path) -> configparser.RawConfigParser:
    parts = configparser.RawConfigParser(strict=False)
    parts.optionxform = str  # type: ignore[assignment, method-assign]
    parts.read_string(unit.read_text("utf-8"))
    return parts


@pytest.mark.parametrize("unit", UNITS, ids=lambda p: p.stem)
def test_its_command_parses(unit: Path) -> None:
    """`sayso serve` and `sayso watch`, with options that they have."""
    program, name, *args = shlex.split(_parts(unit)["Service"]["ExecStart"])
    assert program.endswith("/sayso")
    assert sayso.commands[name].make_context(name, args).params


def test_both_run_alike_but_for_their_command() -> None:
    """What shuts one in shuts the other in; without it, neither would run as root."""
    assert [unit.name for unit in UNITS] == ["sayso-desk.service", "sayso-watch.service"]
    for unit in UNITS:
        assert list(_parts(unit)["Service"]) == ["User", "Group", "ExecStart"]
        assert _parts(unit)["Service"]["User"] == "sayso"
        assert list(_parts(unit)["Unit"]) == ["Description"]
    assert "ExecStart" not in _parts(COMMON)["Service"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda p: p.stem)
def test_systemd_finds_it_well_shut_in(unit: Path, tmp_path: Path) -> None:
    """`systemd-analyze` knows every line and gives an exposure of 2 or less (10 is the worst)."""
    if not (analyze := shutil.which("systemd-analyze")):
        pytest.skip("needs systemd-analyze")
    shutil.copytree(COMMON.parent, tmp_path / COMMON.parent.name)
    copy = tmp_path / unit.name  # `verify` wants a program that is there
    copy.write_text(unit.read_text("utf-8").replace("/opt/sayso/bin/sayso", "/bin/true"))
    for words in (["verify"], ["security", "--offline=true"]):
        done = subprocess.run([analyze, *words, copy], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Unknown" not in done.stderr
    (level,) = re.findall(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(level) <= 2
