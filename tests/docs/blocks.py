"""The blocks of the documentation's pages, and which of their lines a test leaves out, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*(ROOT / "docs").glob("*.md"), *(ROOT / f"{n}.md" for n in ("README", "CONTRIBUTING")),
     *ROOT.glob("examples/**/README.md")]
)  # fmt: skip
RUN = ("sh", "console", "python")
SHOWN = ("text", "toml", "json", "html", "ini", "nginx", "sql", "bibtex")

# A line's end (or a line of its own, for the rest of the block) may say why it is not run.
LEFT_OUT = re.compile(r"# not run by a test: (?P<why>\S.{7,})")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its page, the line of its fence, its language, its text."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        """Where it stands, for a message."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Step:
    """One command as typed, the lines that the page says it prints, and why it is not run."""

    line: int
    command: str
    printed: tuple[str, ...] = ()
    why_not: str = ""


def blocks_of(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order; those inside a list are cut free of its indent."""
    fence, start, held = "", 0, list[str]()
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        mark = re.match(r"^( *)```(.*)$", line)
        if mark and not fence:
            fence, start, held = mark[1] + "```" + mark[2], number, []
        elif mark and fence:
            indent, _, info = fence.partition("```")
            words = [w.removeprefix(indent) for w in held]
            yield Block(page, start, info.split(" ")[0].strip(), "\n".join(words) + "\n")
            fence = ""
        elif fence:
            held.append(line)


def steps_of(block: Block) -> list[Step]:
    """The commands of an `sh` or `console` block."""
    lines = block.text.splitlines()
    if block.language == "console":
        return _prompted(block, lines)
    return list(_steps(block.line, lines))


def _steps(before: int, lines: list[str]) -> Iterator[Step]:
    """Lines joined where one goes on in the next: a backslash, a heredoc, an open quotation."""
    at, rest_left_out = 0, ""
    while at < len(lines):
        first, line = at + 1, lines[at]
        at += 1
        said = LEFT_OUT.search(line)
        if said and line.lstrip().startswith("#"):
            rest_left_out = said["why"]
            continue
        held = [line]
        heredoc = re.search(r"<<-?\s*['\"]?(\w+)['\"]?", line)
        while at < len(lines) and _goes_on(held, heredoc):
            held.append(lines[at])
            at += 1
        command = "\n".join(held)
        if command.strip() and not command.lstrip().startswith("#"):
            why = said["why"] if said else rest_left_out
            yield Step(before + first, command, why_not=why)


def _goes_on(held: list[str], heredoc: re.Match[str] | None) -> bool:
    if heredoc:
        return len(held) == 1 or held[-1].strip() != heredoc[1]
    text = "\n".join(held)
    return held[-1].endswith("\\") or re.sub(r"\\.|\"[^\"]*\"", "", text).count("'") % 2 == 1


def _prompted(block: Block, lines: list[str]) -> list[Step]:
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("$ "):
            found.append((block.line + number, line[2:], []))
        elif found and line.startswith("> ") and not found[-1][2]:
            at, command, printed = found[-1]
            found[-1] = (at, f"{command}\n{line[2:]}", printed)
        elif found:
            found[-1][2].append(line)
    return [
        Step(at, command, tuple(printed), said["why"] if said else "")
        for at, command, printed in found
        for said in [LEFT_OUT.search(command)]
    ]
