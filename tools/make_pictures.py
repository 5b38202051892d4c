"""Writes the pictures of docs/pictures: what sayso prints on a terminal, as SVG.

usage: python tools/make_pictures.py            all of them
       python tools/make_pictures.py read       one
       python tools/make_pictures.py --check    write nothing; 1 where one is not what sayso prints

Each picture is a few commands, run in a pseudo-terminal of fixed width beside our own stories, on
an empty ledger. They name no outside host: a reader's browser takes a font that it has.
"""

from __future__ import annotations

import html
import io
import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/pictures"
STORIES = ROOT / "examples/stories"
WIDTH = 100
_FONTS = re.compile(
    r"@font-face \{\{.*?\}\}\s*", re.DOTALL
)  # of rich's own: they lie on another host
_MAKER = re.compile(r"<!--.*?-->\s*")
# what differs from run to run: hashes of the chain, instants of this ledger's clock
_VARIES = re.compile(r"[0-9a-f]{12,}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*Z?")


@dataclass(frozen=True, slots=True)
class Picture:
    """A name, the story that lies in the folder, the commands, and the rows that are shown.

    `quiet` commands run first and are not shown. Of `part`, only the first lines are shown and
    those from the line that begins with the one up to that which begins with the other.
    """

    name: str
    story: str
    commands: tuple[str, ...]
    rows: int = 48
    quiet: tuple[str, ...] = ()
    part: tuple[str, str] | None = None


_STRIKE = ("sayso add *.txt *.html",)
_HEAD = 7  # lines of an incident that say what it is, and how many origins it has


PICTURES = (
    Picture("read", "prisoner", ("sayso read 01-meridian-wire.txt",)),
    Picture(
        "ledger",
        "prisoner",
        (
            "sayso add 01-meridian-wire.txt 03-harbour-gazette.txt 05-meridian-update.txt",
            "sayso add 03-harbour-gazette.txt",
            "sayso claims 'prison*'",
            "sayso verify",
        ),
    ),
    Picture("incidents", "strike-on-market", ("sayso incidents",), quiet=_STRIKE),
    Picture(
        "figures", "strike-on-market", ("sayso incident r2",), quiet=_STRIKE,
        part=("Figures", "Where it comes from"), rows=80,
    ),
    Picture(
        "origins", "strike-on-market", ("sayso incident r2",), quiet=_STRIKE,
        part=("Where it comes from", "Reports"), rows=110,
    ),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """0, or 1 where a picture is not what sayso prints today."""
    check = "--check" in arguments
    names = [a for a in arguments if not a.startswith("-")]
    old = []
    for picture in PICTURES:
        if names and picture.name not in names:
            continue
        made, path = draw(picture), FOLDER / f"{picture.name}.svg"
        if check:
            old += [picture.name] * (
                not path.exists() or words_of(path.read_text()) != words_of(made)
            )
            continue
        FOLDER.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}")
    for name in old:
        print(f"docs/pictures/{name}.svg is not what sayso prints now; run make pictures")
    return 1 if old else 0


def draw(picture: Picture) -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as ledger:
        for command in picture.quiet:
            run(command, picture.story, ledger)
        shown = [
            f"$ {command}\n{run(command, picture.story, ledger)}" for command in picture.commands
        ]
    lines = _part("\n".join(shown).rstrip("\n").split("\n"), picture.part)
    cut = [*lines[: picture.rows], "…"] if len(lines) > picture.rows else lines
    console = Console(
        record=True, width=WIDTH, height=len(cut), file=io.StringIO(), force_terminal=True
    )
    for line in cut:
        console.print(Text.from_ansi(line), soft_wrap=False, no_wrap=True, overflow="crop")
    form = _MAKER.sub("", _FONTS.sub("", CONSOLE_SVG_FORMAT)).replace(
        "Fira Code", "ui-monospace, monospace"
    )
    return console.export_svg(
        title=picture.story, theme=MONOKAI, code_format=form, unique_id=f"sayso-{picture.name}"
    )


def _part(lines: list[str], part: tuple[str, str] | None) -> list[str]:
    if part is None:
        return lines
    plain = [Text.from_ansi(line).plain for line in lines]
    first = next(i for i, line in enumerate(plain) if line.startswith(part[0]))
    last = next((i for i, line in enumerate(plain) if line.startswith(part[1])), len(lines))
    return [*lines[:_HEAD], "…", "", *lines[first:last]]


def run(command: str, story: str, ledger: str) -> str:
    """What a command prints on a terminal, words to people included. Ends where it ends badly."""
    folder = STORIES / story
    parts: list[str] = []
    for word in shlex.split(command):
        found = sorted(p.name for p in folder.glob(word)) if "*." in word else []
        parts += found or [word]
    program = str(Path(sys.executable).with_name(parts[0]))
    hidden = {k: v for k, v in os.environ.items() if not k.startswith("SAYSO_")}
    env = {**hidden, "SAYSO_LEDGER": f"sqlite:///{ledger}/sayso.db", "SAYSO_USER": "desk",
           "COLUMNS": str(WIDTH), "LINES": "60", "TERM": "xterm-256color"}  # fmt: skip
    ours, theirs = pty.openpty()
    done = subprocess.Popen(  # noqa: S603
        [program, *parts[1:]], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=theirs,
        stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    said = _drain(ours)
    if done.wait() not in {0, 1}:
        raise SystemExit(f"{command}: ended with {done.returncode}\n{said}")
    return said.replace("\r\n", "\n")


def _drain(terminal: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # Linux says so where nobody holds the other end any more
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts).decode()
        parts.append(part)


def words_of(svg: str) -> str:
    """What a picture says, without its colours and what differs from run to run."""
    said = html.unescape("\n".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))
    return "".join(_VARIES.sub("", said.replace("\xa0", " ")).split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
