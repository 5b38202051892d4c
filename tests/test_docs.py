"""The documentation says what there is, and builds without a warning."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sayso.cli.main import sayso

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", sorted(sayso.list_commands(click.Context(sayso))))
def test_every_command_is_documented(name: str) -> None:
    """docs/commands.md has a heading for the command and names each of its options."""
    text = (DOCS / "commands.md").read_text("utf-8")
    command = sayso.get_command(click.Context(sayso), name)
    assert command is not None
    assert re.search(rf"^#+ .*\bsayso {name}\b", text, re.MULTILINE), f"no heading for {name}"
    parts = command.commands.values() if isinstance(command, click.Group) else ()
    for part in parts:
        assert f"`sayso {name} {part.name}" in text
    params = [p for each in (command, *parts) for p in each.params]
    options = [o for p in params if isinstance(p, click.Option) for o in p.opts]
    assert [o for o in options if o.startswith("--") and o not in text] == []


def test_every_make_target_has_a_word_of_help() -> None:
    """`make help` lists each target that is not a file."""
    text = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    helped = set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))
    assert set(phony.split()) == helped


def test_every_page_is_in_the_navigation() -> None:
    """A page that nobody can reach is no documentation."""
    listed = set(
        re.findall(r"([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    )
    assert listed == {p.name for p in DOCS.glob("*.md")}


def test_files_that_the_pages_name_are_there() -> None:
    """A path of this repository in backticks or in a link leads somewhere."""
    pages = [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    named = re.compile(
        r"[`(]((?:src|examples|bench|tests|docs|tools|changelog\.d)/[\w./-]*\w/?)[`)]"
    )
    missing = [
        f"{page.name}: {path}"
        for page in pages
        for path in named.findall(page.read_text("utf-8"))
        if not (ROOT / path).exists()
    ]
    assert missing == []


@pytest.mark.slow
def test_the_pages_build_strictly(tmp_path: Path) -> None:
    """No broken link, no page outside the navigation, no outside host for fonts or scripts."""
    (tmp_path / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"))
    shutil.copytree(DOCS, tmp_path / "docs")
    zensical = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [zensical, "build", "--strict"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site"
    pages = [p.read_text("utf-8") for p in site.glob("**/*.html")]
    assert len(pages) > len(list(DOCS.glob("*.md")))
    tags = r'<(?:script|img|iframe|link|source)\b[^>]*(?:src|href)="([^"]*)"'
    # classes for which the theme's script would fetch something from elsewhere
    fetching = r'class="[^"]*\b(?:mermaid|glightbox|pyodide)|component="source"'
    for page in pages:
        loaded = re.findall(tags, page)
        assert loaded
        assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []
        assert not re.search(fetching, page)
    for sheet in site.glob("**/*.css"):
        assert not re.search(r"(?:url\(|@import )['\"]?(?:https?:)?//", sheet.read_text("utf-8"))


def test_the_event_type_of_the_lexicon_page_works(tmp_path: Path) -> None:
    """The TOML that the page shows, laid over the package's, makes a new type of event."""
    page = (DOCS / "lexicon.md").read_text("utf-8")
    (table,) = re.findall(r"```toml\n(\[types\.rescue\].*?)```", page, re.DOTALL)
    (tmp_path / "events.toml").write_text(table, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "read", "-", "--format", "jsonl"],
        input="Divers rescued forty sailors near Mukalla, the mayor said.", text=True,
        env={**os.environ, "SAYSO_LEXICON": str(tmp_path)}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert [e["type"] for e in reading["events"]] == ["rescue"]
    assert [f["counts"] for f in reading["figures"]] == ["other"]
