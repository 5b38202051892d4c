"""Each command and each Python block of each page does what the page says."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.main import sayso
from sayso.ledger import Filters, Ledger
from tests.docs.blocks import LEFT_OUT, PAGES, ROOT, RUN, SHOWN, Block, Step, blocks_of, steps_of
from tests.docs.shell import Shell, at_home

RUNNING = [p for p in PAGES if any(b.language in RUN for b in blocks_of(p))]


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_each_block_says_what_it_is(page: Path) -> None:
    """A language that is run, or one that only shows; commands hide in no block that only shows."""
    for block in blocks_of(page):
        assert block.language in RUN + SHOWN, f"{block.place}: which language is it?"
        if block.language == "text":
            typed = [w for w in block.text.splitlines() if re.match(r"\$ |sayso |make |pip ", w)]
            # a synopsis has signs that nobody types
            assert [w for w in typed if not re.search(r"\.\.\.|…|\[", w)] == [], block.place


@pytest.mark.parametrize("page", RUNNING, ids=_name)
def test_the_page_runs(page: Path, shell: Shell) -> None:
    """From top to bottom in one folder: commands end well, print what is shown, Python runs.

    A block whose first line is `# NAME.toml` is the file of that name.
    """
    names: dict[str, Any] = {"__name__": "__page__"}
    ids = _stand_ins(page, shell)
    for block in blocks_of(page):
        if named := re.match(r"# ([\w./-]+\.(?:toml|json|ini))\n", block.text):
            (shell.folder / named[1]).parent.mkdir(parents=True, exist_ok=True)
            (shell.folder / named[1]).write_text(block.text, "utf-8")
        if block.language == "python":
            _run_python(block, names, shell)
        elif block.language in RUN:
            for step in steps_of(block):
                command = step.command
                for shown, own in ids.items():
                    command = command.replace(shown, own)
                _run_step(block, step, command, shell)


def _run_step(block: Block, step: Step, command: str, shell: Shell) -> None:
    place = f"{_name(block.page)}:{step.line}"
    if step.why_not:
        with at_home(shell.folder, shell.env):
            _check_usage(command, place)
        return
    if shell.entry:  # what is undone is what was done last, whatever number it has here
        command = re.sub(r"\bundo e\d+", f"undo {shell.entry}", command)
    wanted = re.search(r"# ends with (\d+)", command)
    done = shell.run(command)
    if made := re.match(r"e\d+", done.words):
        shell.entry = made[0]
    assert done.code == (int(wanted[1]) if wanted else 0), f"{place}: {command}\n{done.words}"
    if step.printed:
        _compare(list(step.printed), done.words, place)


def _run_python(block: Block, names: dict[str, Any], shell: Shell) -> None:
    """Blocks of a page share their names, as in a notebook; what `# prints …` says is printed."""
    if LEFT_OUT.search(block.text):
        compile(block.text, block.place, "exec")
        return
    said = io.StringIO()
    code = compile("\n" * block.line + block.text, str(block.page), "exec")
    with contextlib.redirect_stdout(said), at_home(shell.folder, shell.env):
        exec(code, names)  # noqa: S102 - our own page
    for wanted in re.findall(r"# prints: (.+)$", block.text, re.MULTILINE):
        assert wanted.strip() in said.getvalue(), f"{block.place}: {said.getvalue()}"


def _check_usage(command: str, place: str) -> None:
    """A command that is not run must be one all the same."""
    bare = re.sub(r"\s+#\s.*$", "", command.replace("\\\n", " "))
    name, *args = shlex.split(bare, comments=True) or [""]
    if name.endswith("sayso") and args and args[0] in sayso.commands and "…" not in bare:
        args = [*itertools.takewhile(lambda a: a not in ("|", "&&", ">", "&"), args)]
        context = sayso.commands[args[0]].make_context(args[0], args[1:])
        assert context is not None, place


def _stand_ins(page: Path, shell: Shell) -> dict[str, str]:
    """Ids of incidents are drawn by chance: a page's stand for the ledger's own, by their order."""
    shown = dict.fromkeys(re.findall(r"incident-[0-9a-f]{4,16}", page.read_text("utf-8")))
    if not shown or not (shell.folder / "sayso.db").exists():
        return {}
    with Ledger.open(f"sqlite:///{shell.folder / 'sayso.db'}", maker="docs") as ledger:
        rows = ledger.incident_list(Filters()).rows
    return dict(zip(shown, (row.incident for row in rows), strict=False))


def _compare(shown: list[str], printed: str, place: str) -> None:
    """`…` stands for anything, alone on a line for any lines; runs of space are one."""
    pattern = ""
    for line in "\n".join(shown).rstrip().split("\n"):
        words = " ".join(line.split())
        if words == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in words.split("…")) + r"\n"
    lines = "".join(" ".join(w.split()) + "\n" for w in printed.rstrip().splitlines())
    assert re.fullmatch(pattern, lines), f"{place} prints:\n{printed}"
