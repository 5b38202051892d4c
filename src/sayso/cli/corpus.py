"""`sayso corpus`: many reports into a Parquet dataset."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.command import Command
from sayso.cli.inputs import READERS
from sayso.cli.needs import needs
from sayso.cli.progress import Progress
from sayso.cli.say import INTERRUPTED, exit_code, say

if TYPE_CHECKING:
    from sayso.corpus.engines.engine import Engine
    from sayso.corpus.run import State

ENGINES = ("local", "ray")
TOLD = 5  # pairs of reports that could not be compared


@click.command(
    cls=Command,
    examples=(
        "sayso corpus CC-NEWS-2024.warc.gz --out news",
        "sayso corpus archive/ more.jsonl.gz old.parquet --out corpus --jobs 8",
        "sayso corpus s3://bucket/2023/ --out corpus --engine ray",
    ),
    exits="0 all read; 1 some refused, the others read; 2 nothing read, or the target cannot take "
    "it; 130 stopped by Ctrl-C: the same command goes on.",
)
@click.argument("inputs", metavar="IN...", nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR",
              help="The folder to fill; the same command again goes on.")  # fmt: skip
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True,
              help="What does the work: processes here, or a Ray cluster.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 512), metavar="N",
              help="Tasks side by side; else one a core.")  # fmt: skip
@click.option("--reader", type=click.Choice(READERS), default=READERS[0], show_default=True,
              help="What reads the words.")  # fmt: skip
@click.option("--patience", type=click.IntRange(1), default=120, show_default=True, metavar="S",
              help="Seconds without a sign of life until a process is taken for hung.")  # fmt: skip
def corpus(
    inputs: tuple[str, ...], out: Path, engine: str, jobs: int | None, reader: str, patience: int
) -> None:
    """Read what is IN (files, folders, addresses) into a Parquet dataset.

    WARC, JSON Lines, Parquet, HTML, PDF, DOCX, RTF and text, packed or not. Each report of the
    input has its row; a text that came before is not read again.
    """
    from sayso import __version__

    if engine == "local":
        from sayso.corpus.engines.local import warm_up

        warm_up(reader)
    with needs("sayso corpus", "corpus"):
        from sayso.corpus.inputs import list_inputs
        from sayso.corpus.run import Run
        from sayso.corpus.target import Target

    found = list_inputs(list(inputs))
    target = Target(out)
    what = {
        "inputs": [[i.path, i.size] for i in found], "reader": reader, "sayso": __version__,
        "python": "{}.{}".format(*sys.version_info),  # each reads ahead in its way
    }  # fmt: skip
    with target.held(what):
        shown = _Shown()
        try:
            does = _engine(engine, reader, jobs, patience)
            state = Run(target, found, does, reader=reader, tell=shown.tell).run()
        except KeyboardInterrupt:
            shown.clear()
            say("stopped; the same command goes on where it stopped")
            click.get_current_context().exit(INTERRUPTED)
        shown.clear()
    click.get_current_context().exit(_say_end(state, out))


def _engine(name: str, reader: str, jobs: int | None, patience: int) -> Engine:
    import os

    if name == "ray":
        with needs("--engine ray", "ray"):
            from sayso.corpus.engines.on_ray import RayEngine

        return RayEngine(jobs)
    from sayso.corpus.engines.local import LocalEngine

    return LocalEngine(jobs or len(os.sched_getaffinity(0)), reader, patience)


def _say_end(state: State, out: Path) -> int:
    counts = state.counts
    words = f"{counts['read']} read, {counts['copy']} copies, {counts['refused']} refused"
    words += f"; {state.near.pairs} pairs share text"
    if state.went_on:
        words += f" ({state.went_on} by an earlier run)"
    click.echo(f"{out}: {words}")
    for a, b, why in state.near.left_out[:TOLD]:
        say(f"{out}: rows {a} and {b} were not compared: {why}")
    if more := state.near.left_out[TOLD:]:
        say(f"{out}: {len(more)} more pairs were not compared; _done/copies.json names them")
    return exit_code(counts)


class _Shown:
    """How far, how fast, how long still, for people only."""

    def __init__(self) -> None:
        self._line = Progress(on=True)
        self._began = time.monotonic()
        self._last = 0.0
        self.clear = self._line.clear

    def tell(self, state: State) -> None:
        """Say it, a few times a second."""
        now = time.monotonic()
        if now - self._last < 0.3:
            return
        self._last = now
        took, done = now - self._began, state.counts.total()
        words = f"{done} reports, {(done - state.went_on) / took:.1f} a second"
        left = took * (1 - state.share) / state.share if state.share > 0.01 else 0
        if left:
            words += f", {left / 60:.0f} min left" if left > 90 else f", {left:.0f} s left"
        self._line.say(words)
