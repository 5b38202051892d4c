"""An install as a user would do it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make dist` makes of this checkout: the source distribution, and the wheel from it."""
    folder = tmp_path_factory.mktemp("dist")
    options = ["--quiet", "--no-build-isolation", "--python", sys.executable]
    _run([UV, "build", *options, "--out-dir", folder, ROOT])
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    """The wheel of this checkout."""
    (found,) = dist.glob("*.whl")
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
    assert any(n.endswith("share/doc/sayso/CHANGELOG.md") for n in names)
    assert not any(n.startswith(("tests/", "bench/")) for n in names)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_installed_in_an_empty_environment_it_reads_an_example(
    kind: str, dist: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """`pip install`, then `sayso read` and `sayso demo`, with nothing of the checkout."""
    (file,) = dist.glob(kind)
    began = time.perf_counter()
    venv, report = tmp_path / "venv", tmp_path / "report.txt"
    report.write_text("Troops captured a pilot near Goma on Friday, the mayor said.\n")
    _run([UV, "venv", "--quiet", "--python", sys.executable, venv])
    lock = ROOT / "requirements.lock"
    _run([UV, "pip", "install", "--python", venv / "bin/python", "--constraints", lock, file])
    asked = ["--published", "2025-02-03", "--format", "jsonl"]
    reading = json.loads(_run([venv / "bin/sayso", "read", report, *asked], cwd=tmp_path))
    record_property("seconds", round(time.perf_counter() - began, 1))
    assert reading["schema"] == "sayso.reading/1"
    assert [e["type"] for e in reading["events"]] == ["capture"]
    said = _run([venv / "bin/sayso", "demo"], cwd=tmp_path).decode()
    assert "Kursk region" in said
    assert (tmp_path / "demo/sayso-demo.html").stat().st_size > 10_000


@pytest.mark.slow
def test_all_extras_are_in_all(wheel: Path) -> None:
    """`sayso[all]` asks for whatever any extra asks for, Ray aside."""
    with zipfile.ZipFile(wheel) as held:
        (name,) = [n for n in held.namelist() if n.endswith(".dist-info/METADATA")]
        about = message_from_bytes(held.read(name))
    asked: dict[str, set[str]] = {}
    for line in about.get_all("Requires-Dist"):
        need, _, extra = line.partition("; extra == ")
        asked.setdefault(extra.strip("'\""), set()).add(need)
    others = set(about.get_all("Provides-Extra")) - {"all", "ray"}
    assert len(others) > 8
    assert asked["all"] == {need for extra in others for need in asked[extra]}


def _run(command: list[str | Path], cwd: Path | None = None) -> bytes:
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
