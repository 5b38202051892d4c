"""What a release says of itself: the changes, the citation, the versions."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from sayso import __version__
from tools.release import PLACES

ROOT = Path(__file__).resolve().parents[1]


def test_every_fragment_has_a_kind_that_is_printed() -> None:
    """NAME.KIND.md with a KIND of pyproject.toml: towncrier passes over any other in silence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    kinds = {kind["directory"] for kind in project["tool"]["towncrier"]["type"]}
    names = [p.name for p in (ROOT / "changelog.d").glob("*.md") if p.name != "README.md"]
    assert [n for n in names if not re.fullmatch(rf"[\w-]+\.({'|'.join(kinds)})\.md", n)] == []


def test_the_coming_version_says_what_each_fragment_says() -> None:
    """`make changes` prints all of them, by kind, without names of files."""
    draft = ["-m", "towncrier", "build", "--draft", "--version", "coming"]
    done = subprocess.run(
        [sys.executable, *draft], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    for path in (ROOT / "changelog.d").glob("*.*.md"):
        assert " ".join(path.read_text("utf-8").split()[:12]) in said, path.name
    assert "(#" not in said


def test_the_changes_begin_with_this_version() -> None:
    """Released or coming, and it is in the wheel and the source distribution."""
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    heads = re.findall(r"^## (.*)", changes, re.MULTILINE)
    assert re.fullmatch(rf"{__version__} \((not released yet|\d{{4}}-\d\d-\d\d)\)", heads[0])
    assert changes.index("<!-- fragments begin here -->") < changes.index(f"## {heads[0]}")
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert "CHANGELOG.md" in built["targets"]["wheel"]["shared-data"]
    assert "/CHANGELOG.md" in built["targets"]["sdist"]["include"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What a release writes in, committed in a folder of its own."""
    for path in (*PLACES, "CHANGELOG.md", "pyproject.toml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    shutil.copytree(ROOT / "changelog.d", tmp_path / "changelog.d")
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "x")):
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True)
    return tmp_path


def release(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What `make release` runs."""
    return subprocess.run(
        [sys.executable, str(ROOT / "tools/release.py"), *words],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_release_gathers_what_changed(tree: Path) -> None:
    """One head with its first words, each fragment once and gone; then the next one above it."""
    fragments = [p.read_text("utf-8") for p in sorted((tree / "changelog.d").glob("*.*.md"))]
    done = release(tree, "0.1.0")
    assert done.returncode == 0, done.stderr
    changes = (tree / "CHANGELOG.md").read_text("utf-8")
    today = datetime.now(UTC).date().isoformat()
    assert re.findall(r"^## (.*)", changes, re.MULTILINE) == [f"0.1.0 ({today})"]
    assert changes.index("The first version.") < changes.index("### Reads better")
    assert "not released yet" not in changes
    said = " ".join(changes.split())
    for text in fragments:
        assert " ".join(text.split()) in said
    assert [p.name for p in (tree / "changelog.d").iterdir() if "." in p.stem] == [
        "template.md.jinja"
    ]
    again = release(tree, "0.1.0")
    assert (again.returncode, again.stderr) == (
        2, "release: CHANGELOG.md tells of 0.1.0 already\n"
    )  # fmt: skip
    (tree / "changelog.d/x.fix.md").write_text("A fault is mended.\n")
    assert release(tree, "0.2.0").returncode == 0
    heads = re.findall(r"^## (.*)", (tree / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads == [f"0.2.0 ({today})", f"0.1.0 ({today})"]
    for path, around in PLACES.items():
        assert around.format("0.2.0") in (tree / path).read_text("utf-8")


def test_a_release_that_is_none_changes_nothing(tree: Path) -> None:
    """No number, none that is a step up, a file that says another version, nothing that changed."""
    assert release(tree).stderr == "release: which version? python tools/release.py 0.2.0\n"
    assert release(tree, "next").returncode == 2
    (tree / "CITATION.cff").write_text("version: 0.0.9\n")
    assert "CITATION.cff does not say 'version: 0.1.0'" in release(tree, "0.1.0").stderr
    shutil.copy(ROOT / "CITATION.cff", tree / "CITATION.cff")
    for path in (tree / "changelog.d").glob("*.*.md"):
        path.unlink()
    assert "changelog.d/ has no fragment" in release(tree, "0.1.0").stderr
    assert (tree / "CHANGELOG.md").read_text("utf-8") == (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_citation_is_in_its_format() -> None:
    """The keys that Citation File Format 1.2.0 needs, of their types, and the version of today."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "software"
    assert cited["version"] == __version__
    assert all(isinstance(cited[key], str) for key in ("title", "message", "abstract", "license"))
    known = {"name", "family-names", "given-names", "orcid", "affiliation", "website", "email"}
    assert cited["authors"]
    assert all(set(author) <= known and author for author in cited["authors"])
    assert len(set(cited["keywords"])) == len(cited["keywords"])
    known_keys = {"cff-version", "message", "type", "title", "abstract", "authors", "version",
                  "license", "keywords", "date-released", "repository-code", "url"}  # fmt: skip
    assert set(cited) <= known_keys
