"""What the command line can do is written down, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from sayso.cli.command import Command
from sayso.cli.main import sayso
from sayso.cli.output.csv import COLUMNS
from sayso.cli.read import FORMATS
from sayso.cli.say import EXITS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
SOURCES = Path(__file__).resolve().parents[2] / "src" / "sayso"
COMMANDS = sorted(sayso.commands.items())


def sections(level: int) -> dict[str, str]:
    """The headings of one level with what stands under them."""
    parts = re.split(rf"^{'#' * level} (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def first_cells(text: str) -> list[str]:
    """The first cell of each row of a section's tables, heads and lines left out."""
    found = re.findall(r"^\| `?([^`|]+?)`? \|", text, flags=re.MULTILINE)
    return [cell for cell in found if cell not in ("option", "column", "code", "variable")]


def test_every_command_is_documented_and_no_other() -> None:
    """A section a command."""
    written = [name for name in sections(2) if name.startswith("sayso ")]
    assert sorted(written) == [f"sayso {name}" for name, _ in COMMANDS]


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_option_is_documented_and_no_other(name: str, command: click.Command) -> None:
    """A row an option, in the section of its command."""
    section = sections(2)[f"sayso {name}"].split("\n### ")[0]
    options = {opt for p in command.params for opt in p.opts if opt.startswith("--")}
    assert {cell for cell in first_cells(section) if cell.startswith("-")} == options


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_choice_is_documented(name: str, command: click.Command) -> None:
    """Each value that an option takes stands in its row."""
    section = sections(2)[f"sayso {name}"]
    for param in command.params:
        if isinstance(param.type, click.Choice):
            (row,) = re.findall(rf"^\| `{param.opts[0]}` \|.*$", section, flags=re.MULTILINE)
            assert all(f"`{value}`" in row for value in param.type.choices)


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_help_has_an_example_that_parses(
    name: str, command: click.Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An example that the command would refuse is worse than none."""
    monkeypatch.chdir(tmp_path)
    for file in ("feeds.toml", "subscriptions.opml"):  # lists that must be there
        (tmp_path / file).touch()
    assert isinstance(command, Command)
    assert command.examples
    for example in command.examples:
        words = re.split(r"[|>]", example)[:-1] or [example]
        (call,) = [w for w in [*words, example.split("|")[-1]] if w.strip().startswith("sayso")][:1]
        args = re.findall(r"'[^']*'|\S+", call)
        assert args[:2] == ["sayso", name]
        command.make_context(name, [arg.strip("'") for arg in args[2:]])


def test_every_csv_column_is_documented_and_no_other() -> None:
    """In the order of the file."""
    assert first_cells(sections(3)["csv"]) == list(COLUMNS)


def test_every_format_is_documented() -> None:
    """A section each."""
    assert set(FORMATS) <= set(sections(3))


def test_every_exit_code_is_documented() -> None:
    """The table holds the codes that the program knows."""
    assert [int(code) for code in first_cells(sections(2)["Exit codes"])] == list(EXITS)


def test_every_setting_is_documented_and_no_other() -> None:
    """Each environment variable that the sources name, each that the page names."""
    used = {
        name
        for path in SOURCES.rglob("*.py")
        for name in re.findall(r"\"(SAYSO_[A-Z_]+)\"", path.read_text(encoding="utf-8"))
    }
    assert set(first_cells(sections(2)["Settings"])) == used
