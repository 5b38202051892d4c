"""The ledger that a command works on, and who acts: options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso import __version__
from sayso.api.acting import DEFAULT, ledger_url, who

if TYPE_CHECKING:
    from sayso.ledger import Ledger

__all__ = ["DEFAULT", "by_option", "ledger_option", "ledger_url", "open_ledger", "who"]
F = TypeVar("F", bound=Callable[..., Any])

ledger_option = click.option(
    "--ledger",
    "url",
    metavar="URL",
    help=f"sqlite:///FILE or postgresql://USER@HOST/NAME; else $SAYSO_LEDGER, else {DEFAULT}.",
)
by_option = click.option(
    "--by", metavar="NAME", help="Who acts; else $SAYSO_USER, else the login name."
)


def open_ledger(
    url: str | None, *, reader: str = "model", create: bool = False, links: bool = False
) -> Ledger:
    """The open ledger; what this process enters is signed by the reader and its version.

    `links` for a command that changes what incidents rest on.
    """
    from sayso.ledger import Ledger, Maker

    linking = None
    if links:
        from sayso.incidents.batch import Linking

        linking = Linking()
    maker = Maker("reader", f"sayso {reader}", __version__)
    return Ledger.open(ledger_url(url), maker=maker, create=create, linking=linking)
