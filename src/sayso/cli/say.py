"""Words to people on standard error, and the exit codes."""

from __future__ import annotations

import os
import traceback
from collections import Counter

import click

from sayso.cli.output.clean import clean_line

OK = 0
SOME_REFUSED = 1  # and for doctor: trouble found
NOTHING_READ = 2  # and for wrong usage
DEFECT = 70  # ours, as in sysexits.h
INTERRUPTED = 130
READER_GONE = 141  # what a shell reports for a program that SIGPIPE ended
EXITS = {
    OK: "all read",
    SOME_REFUSED: "some refused, the others read",
    NOTHING_READ: "nothing read, or wrong usage",
    DEFECT: "a defect in sayso",
    INTERRUPTED: "stopped by Ctrl-C",
    READER_GONE: "whoever read the output has closed it",
}


def exit_words() -> str:
    """The exit codes of a command that reads, as its help lists them."""
    return "; ".join(f"{code} {words}" for code, words in EXITS.items()) + "."


def exit_code(counts: Counter[str]) -> int:
    """The exit code of a run, by how many reports were "read", "refused" and "failed"."""
    if counts["failed"]:
        return DEFECT
    if not counts["read"]:
        return NOTHING_READ
    return SOME_REFUSED if counts["refused"] else OK


def say(words: str) -> None:
    """Write `sayso: …` to standard error, one line, with no character that acts on a terminal."""
    click.echo(f"sayso: {clean_line(words)}", err=True)


def is_debugging() -> bool:
    """True where SAYSO_DEBUG asks for the whole trace of a defect."""
    return os.environ.get("SAYSO_DEBUG", "") not in ("", "0")


def defect_words(error: BaseException) -> str:
    """What to report of an unexpected error: its kind and where it rose.

    Not its message, which may hold words of a report that is nobody else's business.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "sayso" in frame.filename] or frames
    place = ""
    if ours:
        path = ours[-1].filename.replace("\\", "/").rpartition("/sayso/")[2]
        place = f" in {path}, line {ours[-1].lineno}"
    return (
        f"a defect in sayso ({type(error).__name__}{place}); please report this line and what "
        "`sayso doctor` prints; SAYSO_DEBUG=1 shows the whole trace"
    )


def trace_of(error: BaseException) -> str:
    """The whole trace where SAYSO_DEBUG asks for it, else nothing."""
    return "".join(traceback.format_exception(error)) if is_debugging() else ""
