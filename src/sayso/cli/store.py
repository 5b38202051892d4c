"""The ledger that a command works on, and who acts: options that several commands share."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso import __version__
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger

DEFAULT = "sqlite:///sayso.db"
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


def ledger_url(url: str | None) -> str:
    """The address of the ledger that is meant."""
    return url or os.environ.get("SAYSO_LEDGER") or DEFAULT


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


def who(by: str | None) -> str:
    """The name of who acts; raises UsageError where nothing tells."""
    name = by or os.environ.get("SAYSO_USER")
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("who acts? say it with --by NAME") from None
