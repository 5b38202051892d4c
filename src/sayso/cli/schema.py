"""`sayso schema`: the JSON Schema of what `sayso read --format jsonl` prints."""

from __future__ import annotations

import json

import click

from sayso.cli.command import Command


@click.command(cls=Command, examples=("sayso schema > sayso.reading.schema.json",))
def schema() -> None:
    """Print the JSON Schema of a reading.

    A reading is one line of `sayso read --format jsonl`, in JSON Schema 2020-12.
    """
    from sayso.record.wire import schema as reading_schema

    click.echo(json.dumps(reading_schema(), indent=2))
