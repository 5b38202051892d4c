"""Words to people on standard error, and the exit codes."""

from __future__ import annotations

from collections import Counter

import click

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
    from sayso.record.clean import clean_line

    click.echo(f"sayso: {clean_line(words)}", err=True)


def counted(number: int, one: str, many: str | None = None) -> str:
    """*1 report*, *2 reports*."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
