"""The `sayso` command: its verbs, and what each way of ending means to the shell.

Nothing heavy is imported here, so that `sayso --help` starts in a blink.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from sayso import __version__
from sayso.cli.account import account
from sayso.cli.add import add
from sayso.cli.claims import claims
from sayso.cli.command import Group
from sayso.cli.compare import compare
from sayso.cli.corpus import corpus
from sayso.cli.demo import demo
from sayso.cli.doctor import doctor
from sayso.cli.erase import erase
from sayso.cli.export import export
from sayso.cli.exports import exports
from sayso.cli.figures import figures
from sayso.cli.import_ import import_
from sayso.cli.incident import incident
from sayso.cli.incidents import incidents
from sayso.cli.judge import judge
from sayso.cli.link import link
from sayso.cli.mcp import mcp
from sayso.cli.move import move
from sayso.cli.needs import is_ours
from sayso.cli.partner import partner
from sayso.cli.read import read
from sayso.cli.say import (
    DEFECT,
    INTERRUPTED,
    NOTHING_READ,
    READER_GONE,
    say,
)
from sayso.cli.schema import schema
from sayso.cli.serve import serve
from sayso.cli.sources import sources
from sayso.cli.verify import verify
from sayso.cli.watch import watch
from sayso.cli.write import ReaderGone
from sayso.errors import SaysoError, SpanError
from sayso.pipeline.defects import defect_words, trace_of


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=("sayso read report.txt --published 2024-12-27", "sayso demo"),
)
@click.version_option(__version__, prog_name="sayso", message="%(prog)s %(version)s")
def sayso() -> None:
    """On whose say-so? Reads news reports and shows who claims what, on whose word, how sure."""


for command in (
    read, add, incidents, incident, claims, figures, sources, judge, link, compare, watch, serve,
    mcp, account, export, exports, import_, partner, verify, erase, move, corpus, schema, doctor,
    demo,
):  # fmt: skip
    sayso.add_command(command)


def run(args: Sequence[str] | None = None) -> int:
    """The exit code of a command line; every error becomes words on standard error."""
    try:
        code = sayso.main(args, prog_name="sayso", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        return _refuse(error)
    except (click.Abort, KeyboardInterrupt) as error:
        # a parser's EOFError, which click takes for Ctrl-D at a question: else it would say nothing
        if isinstance(error.__cause__, EOFError):
            return _own_up(error.__cause__)
        return INTERRUPTED
    except (ReaderGone, BrokenPipeError):
        _let_go_of_stdout()
        return READER_GONE
    except SpanError as error:
        return _own_up(error)
    except SaysoError as error:
        say(str(error))
        return NOTHING_READ
    except Exception as error:  # noqa: BLE001 - the last resort: words instead of a trace
        return _own_up(error)
    return code if isinstance(code, int) else 0


def _refuse(error: click.ClickException) -> int:
    """Wrong usage: what is wrong and where help is, in one line."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sayso"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
    else:
        words = " ".join(error.format_message().split())
        say(f"{words.rstrip('.')}; see `{path} --help`")
    return error.exit_code if isinstance(error, click.UsageError) else NOTHING_READ


def _own_up(error: Exception) -> int:
    """A defect of ours; save where the output took no more, which is nobody's."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        _let_go_of_stdout()
        say(f"cannot write ({error.strerror}); write elsewhere")
        return NOTHING_READ
    if isinstance(error, ModuleNotFoundError) and not is_ours(error):
        say(f"this needs {error.name}, which is not installed: pip install 'sayso[all]'")
        return NOTHING_READ
    say(defect_words(error))
    click.echo(trace_of(error), err=True, nl=False)
    return DEFECT


def _let_go_of_stdout() -> None:
    """Keep Python from flushing into a pipe that nobody reads, and complaining about it."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())


# The matrices of a sentence are small: several threads of one read nothing sooner, wait for one
# another, and cost a fifth more; with `--jobs` they take each other's cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> NoReturn:
    """Run the command line of this process and end it with the exit code."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the shell (`>&-`): nobody wants to see it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    code = run()
    # Ctrl-C would find Python tidying up, after processes for instance, and print a trace
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)
