"""`sayso incident`: one incident with all that it rests on."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.ask import Outlet, export_options, format_option, known_option
from sayso.cli.command import Command
from sayso.cli.store import ledger_option, open_ledger


@click.command(
    cls=Command,
    examples=(
        "sayso incident incident-4f0c9b1d22a7e860",
        "sayso incident r12 --as-known-at 2024-12-27T12:00 --format jsonl",
    ),
    exits="0 fine; 2 wrong usage, no such ledger, or no such incident.",
)
@click.argument("id_", metavar="ID")
@ledger_option
@known_option
@format_option("table", "jsonl")
@export_options
def incident(
    id_: str, url: str | None, as_known_at: str | None, format_: str, out: Path | None,
    by: str | None,
) -> None:  # fmt: skip
    """Print one incident: what became of it, who said what, on whose word, and what would raise it.

    ID is an incident's id, its first signs (four at least), or a report (r12), which stands for
    the incident that it is about. An incident that was joined to another leads there.
    """
    from sayso.cli.output.incident import incident_page
    from sayso.cli.output.jsonl import to_json
    from sayso.exchange.coded.standing import Coded, incident_wire
    from sayso.incidents.view import view_incident

    outlet = Outlet(format_, out, by)
    with open_ledger(url) as ledger:
        view = view_incident(ledger, id_, as_known_at=as_known_at)
        coded = Coded(ledger).of_view(view)
        if format_ == "jsonl":
            text, encoding = to_json(incident_wire(view, coded)) + "\n", "utf-8"
        else:
            page = outlet.sheet()
            page.console.print(incident_page(view, [s.words for s in coded]))
            text, encoding = page.text(), page.encoding
        outlet.write(ledger, text, [line.report for line in view.report_lines], encoding)
