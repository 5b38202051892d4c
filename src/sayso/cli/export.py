"""`sayso export`: incidents in the forms that other people work with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ask import filter_options
from sayso.cli.command import Command, LateChoice, markings, policies
from sayso.cli.inputs import OutPath
from sayso.cli.say import say
from sayso.cli.store import by_option, open_ledger, who
from sayso.cli.write import pour_out
from sayso.exchange.formats.offer import BY_NAME, FORMATS

if TYPE_CHECKING:
    from sayso.record.links import Policy
    from sayso.record.marking import Marking

_WIDTH = max(len(each.name) for each in FORMATS)
_LIST = "\n".join(f"  {each.name:{_WIDTH}}  {each.title}: {each.holds}" for each in FORMATS)


@click.command(
    cls=Command,
    help=f"""Write the incidents that fit into a file, in a FORMAT:

\b
{_LIST}

What leaves is noted in the ledger. Private people's names are masked. What is marked red, and the
names of protected sources, do not leave without --clearance red.""",
    examples=(
        "sayso export xlsx --place Kursk --out kursk.xlsx",
        "sayso export csv --policy ucdp --as-known-at 2024-12-27 --out incidents.csv",
        "sayso export acled --place Sudan --out sudan.xlsx",
    ),
    exits="0 fine; 2 wrong usage, no such ledger, or a format's library is missing.",
)
@click.argument("format_", type=click.Choice(tuple(BY_NAME)), metavar="FORMAT")
@filter_options
@click.option("--policy", type=LateChoice(policies),
              help="What makes one figure of many; else the format's own.")  # fmt: skip
@click.option("--tlp", type=LateChoice(markings),
              default="amber", show_default=True,
              help="How far a STIX bundle may go (Traffic Light Protocol 2.0).")  # fmt: skip
@click.option("--clearance", type=LateChoice(markings), default="amber+strict", show_default=True,
              help="Who reads it: what is marked above that stays, and below red the names of "
              "protected sources.")  # fmt: skip
@click.option("--unmasked", is_flag=True, help="Show private people's names; it is noted.")
@click.option("--out", type=OutPath(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output: whole, or not at all.")  # fmt: skip
@by_option
def export(
    format_: str, *, url: str | None, policy: Policy | None, unmasked: bool, out: Path | None,
    by: str | None, tlp: Marking, clearance: Marking, **asked: Any,
) -> None:  # fmt: skip
    """Write a file in a format of the table."""
    form = BY_NAME[format_]
    if out is None and not form.is_text:
        what = "several files: name a folder" if form.folder else "no text: name a file"
        raise click.UsageError(f"{format_} is {what} with --out")
    from sayso.exchange.formats.leave import Order, leave
    from sayso.exchange.formats.making import Making
    from sayso.exchange.leaving import Asked
    from sayso.ledger import Filters
    from sayso.record.links import LIST_POLICY

    filters = Filters(**asked)
    chosen = Asked(filters, policy or form.policy or LIST_POLICY, unmasked, tlp)
    name = out.name if out is not None else "standard output"
    with open_ledger(url) as ledger, Making(out, pour_out) as made:
        left = leave(ledger, Order(form, chosen, name, who(by), clearance), made)
        for note in left.notes:
            say(note)
        if not left.incidents and not left.notes:
            say(ledger.seen_by(clearance).why_nothing(filters, "incidents"))
