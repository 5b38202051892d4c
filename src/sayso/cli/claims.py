"""`sayso claims`: what the ledger holds, by words, actor, place, type, measure, speaker, time."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ask import filter_options, format_option, limit_option
from sayso.cli.command import Command
from sayso.cli.say import say
from sayso.cli.store import open_ledger

if TYPE_CHECKING:
    from sayso.ledger import ClaimAnswer


@click.command(
    cls=Command,
    examples=(
        "sayso claims 'captur* soldier' --place Kursk --from 2024-12-20",
        "sayso claims --speaker NIS --as-known-at 2024-12-27T12:00 --format jsonl",
    ),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@filter_options
@click.option("--as-public-at", metavar="TIME", help="What had been published by then.")
@limit_option
@click.option("--cursor", metavar="CURSOR", help="Go on where an earlier list ended.")
@format_option("table", "jsonl")
def claims(url: str | None, limit: int, cursor: str | None, format_: str, **asked: Any) -> None:
    """Print the claims that fit, newest first.

    QUERY is words that all occur; "in quotes" in that order, captur* by how it begins.
    """
    from sayso.cli.output.clean import clean_line
    from sayso.cli.output.jsonl import to_json
    from sayso.ledger import Filters

    with open_ledger(url) as ledger:
        page = ledger.claims(Filters(**asked), limit=limit, cursor=cursor)
    for claim in page.rows:
        if format_ == "jsonl":
            click.echo(to_json(dataclasses.asdict(claim)))
        else:
            click.echo("\n".join(clean_line(line) for line in _lines(claim)))
    if page.next:
        say(f"more: --cursor {page.next}")


def _lines(claim: ClaimAnswer) -> list[str]:
    report = claim.report
    day = (report.published or {}).get("start") or "no date"
    hops = [report.publisher, report.credit, *(h["name"] or "(unnamed)" for h in claim.chain)]
    chain = " › ".join(dict.fromkeys(hop for hop in hops if hop)) or report.name
    figures = ", ".join(f"{f.words} {f.counts}" for f in claim.figures)
    marks = "".join(f" [{j.action} by {j.by}]" for j in claim.judgements)
    own = f"{claim.claim:10} {day:10}  {chain}: {claim.certainty}{marks}"
    return [own, f"{'':22} {claim.content}" + (f"  ({figures})" if figures else "")]
