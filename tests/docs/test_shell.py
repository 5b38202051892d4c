"""The harness finds what a page types, and would see that a page is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.blocks import Step, blocks_of, steps_of
from tests.docs.shell import Shell
from tests.docs.test_commands import _compare


def steps(tmp_path: Path, words: str, language: str = "sh") -> list[Step]:
    """The steps of a page with one block."""
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n```{language}\n{words}\n```\n", "utf-8")
    (block,) = blocks_of(page)
    return steps_of(block)


def test_commands_over_several_lines_are_one(tmp_path: Path) -> None:
    """A heredoc, a backslash and an open quotation go on in the next line; comments are none."""
    words = "cat > a <<'END'\nx\nEND\n# a word\nsayso read \\\n  a\necho 'b\nc'"
    assert [s.command.split()[0] for s in steps(tmp_path, words)] == ["cat", "sayso", "echo"]


def test_what_is_left_out_has_a_reason(tmp_path: Path) -> None:
    """At a command's end for it alone, on its own line for all that follow; a bare mark is none."""
    mark = "# not run by a test:"
    words = f"sayso serve   {mark} it serves on\nsayso doctor\nsayso read x {mark}"
    one, other, third = steps(tmp_path, words)
    assert (one.why_not, other.why_not, third.why_not) == ("it serves on", "", "")
    said = steps(
        tmp_path, "sayso doctor\n# not run by a test: takes minutes\nmake bench\nmake docs"
    )
    assert [s.why_not for s in said] == ["", "takes minutes", "takes minutes"]


def test_what_is_printed_is_compared(tmp_path: Path) -> None:
    """Word by word; an ellipsis is anything, alone on a line any lines."""
    (step,) = steps(tmp_path, "$ echo\none …\n…\nlast", "console")
    _compare(list(step.printed), "one  line\n2\n3\nlast\n", "here")
    for wrong in ("two line\nlast\n", "one line\n2\n", "one line\nlast\nmore\n"):
        with pytest.raises(AssertionError):
            _compare(list(step.printed), wrong, "here")


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("sayso --version | tr a-z A-Z", 0, "SAYSO"),
        ("sayso read nothing.txt", 2, "nothing.txt"),
        ("sayso schema > s.json && test -s s.json", 0, ""),
        ("printf 'Boats sank off Aden, the mayor said.' | sayso read -", 0, "mayor"),
        ('echo "$(sayso --version)" && false', 1, "sayso 0"),
        ("for n in 1 2; do echo $n; done", 0, "1\n2"),
    ],
)
def test_a_command_ends_as_in_a_shell(command: str, code: int, words: str, tmp_path: Path) -> None:
    """Pipes, redirections and what is put in work; the exit code is the last one's."""
    done = Shell(tmp_path).run(command)
    assert done.code == code
    assert words in done.words
