"""What a release says of itself: the changes, the citation, the versions."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from sayso import __version__

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
