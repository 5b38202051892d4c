"""`sayso watch`: poll feeds and read what is new, for as long as it runs."""

from __future__ import annotations

import dataclasses
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.ask import format_option
from sayso.cli.command import Command
from sayso.cli.inputs import reader_option
from sayso.cli.say import SOME_REFUSED, say
from sayso.cli.store import ledger_option, open_ledger
from sayso.errors import CaptureError, UsageError

if TYPE_CHECKING:
    from sayso.ledger import Kept, Ledger
    from sayso.pipeline.watch import Watched

inner_option = click.option(
    "--inner",
    multiple=True,
    metavar="HOST:PORT",
    help="A host of your own network that may be fetched; else only public addresses are.",
)


@click.command(
    cls=Command,
    examples=(
        "sayso watch feeds.toml",
        "sayso watch subscriptions.opml --once --format jsonl",
        "sayso watch feeds.toml --inner aggregator.newsroom.example:8080",
    ),
    exits="0 ended by you, or all looked at once; 1 with --once, a feed could not be read; "
    "2 wrong usage, or a list that cannot be read.",
)
@click.argument("feeds", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ledger_option
@reader_option
@click.option("--once", is_flag=True, help="Look at each feed once, due or not, and end.")
@inner_option
@format_option("table", "jsonl", means="Lines for people, or one JSON object an item.")
def watch(
    feeds: Sequence[Path], url: str | None, reader: str, once: bool, inner: Sequence[str],
    format_: str,
) -> None:  # fmt: skip
    """Poll the feeds of FEEDS (TOML or OPML) and read what is new in them into the ledger.

    The feeds are kept in the ledger, so that without FEEDS those are watched that were before. It
    runs until Ctrl-C and, begun again, goes on where it was.
    """
    try:
        from sayso.intake.fetch import Fetcher
        from sayso.pipeline.read import Ask
        from sayso.pipeline.watch import Watch
    except ModuleNotFoundError as error:
        raise UsageError(
            f"watching needs {error.name}, which is not installed: pip install 'sayso[desk]'"
        ) from None
    with (
        open_ledger(url, reader=reader, create=True, links=True) as ledger,
        Fetcher(inner=[read_inner(each) for each in inner]) as fetcher,
    ):
        watched = _feeds(ledger, feeds)
        ids = frozenset(feed.id for feed in watched)
        say(f"{len(watched)} feed{'s' * (len(watched) != 1)} watched"
            + ("" if once else "; Ctrl-C ends it"))  # fmt: skip
        addresses, lost = {feed.value["url"] for feed in watched}, 0
        running = Watch(ledger, fetcher, ids, Ask(reader=reader))
        before = signal.signal(signal.SIGINT, lambda *_: running.stop.set())
        try:
            for told in running.run(once=once):
                _print(told, format_)
                lost += told.refused is not None and told.url in addresses
        finally:
            signal.signal(signal.SIGINT, before)
    if once and lost:
        click.get_current_context().exit(SOME_REFUSED)


def _feeds(ledger: Ledger, files: Sequence[Path]) -> list[Kept]:
    from sayso.intake.feeds import read_feed_list
    from sayso.pipeline.watch import keep_feeds

    try:
        lines = [line for file in files for line in read_feed_list(str(file), file.read_bytes())]
    except CaptureError as error:
        raise UsageError(str(error)) from error
    watched = keep_feeds(ledger, lines) if files else ledger.kept("feed")
    if not watched:
        raise UsageError("no feed is kept here yet: name a list of them, FEEDS.toml or FEEDS.opml")
    return watched


def read_inner(words: str) -> tuple[str, int]:
    """The host and port of one's own network that --inner names; raises UsageError."""
    host, _, port = words.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise UsageError(f"--inner {words!r} is no HOST:PORT")
    return host.strip("[]"), int(port)


def _print(told: Watched, format_: str) -> None:
    from sayso.cli.output.jsonl import to_json
    from sayso.record.clean import clean_line

    if format_ == "jsonl":
        click.echo(to_json(dataclasses.asdict(told)))
        return
    if told.refused:
        say(told.refused)
    for added in told.added:
        if added.status != "same":
            claims = "claim " if added.claims == 1 else "claims"
            words = f"{added.status:8} {added.report:8} {added.claims:4} {claims}  {told.url}"
            click.echo(clean_line(words))
