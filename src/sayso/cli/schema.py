"""`sayso schema`: the JSON Schema of what `sayso read` and `sayso export jsonl` write."""

from __future__ import annotations

import json

import click

from sayso.cli.command import Command


@click.command(
    cls=Command,
    examples=(
        "sayso schema > sayso.reading.schema.json",
        "sayso schema export > sayso.export.schema.json",
        "sayso schema bundle > sayso.bundle.schema.json",
    ),
)
@click.argument(
    "what",
    type=click.Choice(("reading", "export", "bundle", "compare")),
    default="reading",
    metavar="[WHAT]",
)
def schema(what: str) -> None:
    """Print the JSON Schema of a line, or of a partner's bundle.

    WHAT is reading, a line of `sayso read --format jsonl`, export, a line of `sayso export jsonl`,
    bundle, what a partner's envelope holds, or compare, a line of `sayso compare --format jsonl`;
    in JSON Schema 2020-12.
    """
    if what == "export":
        from sayso.exchange.formats.jsonl import schema as find_schema
    elif what == "compare":
        from sayso.pipeline.compare import schema as find_schema
    elif what == "bundle":
        from sayso.exchange.partners.bundle import schema as find_schema
    else:
        from sayso.record.wire import schema as find_schema

    click.echo(json.dumps(find_schema(), indent=2))
