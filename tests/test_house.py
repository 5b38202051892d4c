"""What holds for the whole repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
TEXT = {".py", ".md", ".toml", ".txt", ".lock", ".yml", ".yaml", ".json", ".jsonl", ".html", ".sh",
        ".cfg", ".csv", ".css", ".js", ""}  # fmt: skip


def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [p for p in paths if p.suffix in TEXT and p.is_file()]


def test_no_file_names_a_folder_of_one_machine_or_a_package_host() -> None:
    """A clone works anywhere: no path of a developer's machine, no registry's address."""
    place = re.compile(r"(?<![\w./-])/(?:work|farm|root|home/\w+)/")
    hosts = re.compile(
        "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.", "npmjs" + r"\.(?:org|com)"])
    )
    found = []
    for path in _tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {m[0]}" for m in place.finditer(text)]
        found += [f"{path.relative_to(ROOT)}: {m[0]}" for m in hosts.finditer(text)]
    assert found == []


def _locked(name: str) -> dict[str, set[str]]:
    """The versions of each package in a lock (several where Pythons differ)."""
    versions: dict[str, set[str]] = {}
    pins = re.findall(r"^([\w.-]+)==([\w.!+-]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    for package, version in pins:
        versions.setdefault(package.lower().replace("_", "-"), set()).add(version)
    return versions


def _named(requirements: list[str]) -> list[Requirement]:
    return [Requirement(text) for text in requirements]


def test_no_pattern_has_a_possessive_group() -> None:
    """Up to Python 3.11.4, Debian's among them, it keeps what failed: "30," was a number.

    gh-106052. One is left whose every turn takes a character or none, and which fails nowhere.
    """
    group = re.compile(r"""\br?f?r"[^"]*\)(?:[*+?]|\{\d*,?\d*\})\+""")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "src").rglob("*.py")
        if any(group.search(line) for line in path.read_text("utf-8").splitlines())
    }
    assert found <= {"src/sayso/page/html/tree.py"}


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    """Each dependency is locked at a version that its range admits; run `make lock` where not."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, groups = pyproject["project"], pyproject["dependency-groups"]
    extras = [r for rows in project.get("optional-dependencies", {}).values() for r in rows]
    user, dev = _locked("requirements.lock"), _locked("requirements-dev.lock")
    wanted = [(user, r) for r in _named([*project["dependencies"], *extras, *groups["build"]])]
    wanted += [(dev, r) for r in _named(groups["dev"])]
    for lock, requirement in wanted:
        if requirement.name == "sayso":  # `all` names our other extras, which are asked themselves
            continue
        versions = lock.get(requirement.name.lower().replace("_", "-"), set())
        assert any(requirement.specifier.contains(Version(v)) for v in versions), requirement
    assert {name: dev.get(name) for name in user} == user


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]
)
def test_a_lock_has_hashes_and_no_addresses(name: str) -> None:
    """Each pinned package carries at least one sha256, and nothing says where it came from."""
    text = (ROOT / name).read_text("utf-8")
    pins = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_what_must_run_can_be_run() -> None:
    """The scripts that make and CI start are executable."""
    scripts = [".ci/run", *(f"tools/{n}" for n in ("make-env", "make-lock", "print-examples"))]
    assert [s for s in scripts if not os.access(ROOT / s, os.X_OK)] == []


def test_help_starts_without_the_model() -> None:
    """`sayso --help` loads neither spaCy nor lxml: it answers in a blink."""
    code = (
        "import sys; from sayso.cli.main import run; run(['--help'])\n"
        "print(sorted({'spacy', 'lxml', 'pdfplumber', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
