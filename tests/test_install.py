"""An install as a user would do it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable]
    _run([UV, "build", *options, "--out-dir", folder, ROOT])
    (found,) = folder.glob("*.whl")
    return found


@pytest.mark.slow
def test_the_wheel_holds_the_data_that_reading_needs(wheel: Path) -> None:
    """The lexicon, the gazetteer, the example stories, the licence: all are in it."""
    names = set(zipfile.ZipFile(wheel).namelist())
    lexicon = {f"sayso/lexicon/{p.name}" for p in (ROOT / "src/sayso/lexicon").glob("*.toml")}
    stories = ROOT / "examples/stories"
    examples = {f"sayso/examples/stories/{p.relative_to(stories)}" for p in stories.glob("*/*")}
    assert lexicon
    assert lexicon | examples <= names
    assert any(n.endswith(".sqlite") for n in names)
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert not any(n.startswith(("tests/", "bench/")) for n in names)


@pytest.mark.slow
def test_installed_in_an_empty_environment_it_reads_an_example(wheel: Path, tmp_path: Path) -> None:
    """`pip install`, then `sayso read`: claims come out, with nothing of the checkout."""
    venv, report = tmp_path / "venv", tmp_path / "report.txt"
    report.write_text("Troops captured a pilot near Goma on Friday, the mayor said.\n")
    _run([UV, "venv", "--quiet", "--python", sys.executable, venv])
    lock = ROOT / "requirements.lock"
    _run([UV, "pip", "install", "--python", venv / "bin/python", "--constraints", lock, wheel])
    asked = ["--published", "2025-02-03", "--format", "jsonl"]
    reading = json.loads(_run([venv / "bin/sayso", "read", report, *asked], cwd=tmp_path))
    assert reading["schema"] == "sayso.reading/1"
    assert [e["type"] for e in reading["events"]] == ["capture"]


def _run(command: list[str | Path], cwd: Path | None = None) -> bytes:
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
