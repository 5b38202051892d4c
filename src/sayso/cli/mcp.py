"""`sayso mcp`: a ledger for assistants, over the Model Context Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sayso.cli.command import Command, LateChoice, markings
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, open_ledger, who
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.record.marking import Marking


@click.command(
    cls=Command,
    examples=(
        "sayso mcp --ledger sqlite:///news.db",
        "sayso mcp --clearance clear",
        "sayso mcp --allow-judgements --by Ada",
    ),
    exits="0 the assistant is done; 2 wrong usage, or no such ledger.",
)
@ledger_option
@click.option("--clearance", type=LateChoice(markings), default="amber+strict", show_default=True,
              help="Who reads along: what is marked above that is not there, and below red the "
              "names of protected sources.")  # fmt: skip
@click.option("--unmasked", is_flag=True, help="Show private people's names.")
@click.option("--allow-judgements", is_flag=True,
              help="Let the assistant accept, reject and note, signed by --by.")  # fmt: skip
@by_option
def mcp(
    url: str | None, *, clearance: Marking, unmasked: bool, allow_judgements: bool, by: str | None
) -> None:
    """Answer an assistant from the ledger, on standard input and output, until it hangs up.

    Tools: find claims, find incidents, an incident with origins and grounds, figures by policy, a
    report with spans. Nothing is changed unless it is allowed.
    """
    try:
        from sayso.assistant.server import make_server
    except ImportError as error:
        raise UsageError(
            f"sayso mcp needs {error.name}, which is not here: pip install 'sayso[mcp]'"
        ) from None
    from sayso.assistant.answers import Answers

    signed = who(by) if allow_judgements else None
    with open_ledger(url, links=allow_judgements) as whole:
        ledger = whole.seen_by(clearance, marks=False)
        say(f"an assistant may ask; what is marked above {clearance} is not there")
        make_server(Answers(ledger, unmasked), signed).run("stdio")
