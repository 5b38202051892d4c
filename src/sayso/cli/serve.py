"""`sayso serve`: the desk and the API on this machine."""

from __future__ import annotations

import gc
import os
import socket
import threading
import webbrowser
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.command import Command
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, open_ledger, who
from sayso.cli.watch import inner_option, read_inner
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.desk.accounts.oidc import Provider
    from sayso.ledger import Ledger

PORT = 8477

port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port; 0 for one that is free.",
)
open_option = click.option("--open", "open_", is_flag=True, help="Open the desk in your browser.")


@click.command(
    cls=Command,
    examples=("sayso serve --open", "sayso serve --ledger sqlite:///news.db --port 8500"),
    exits="0 ended by you; 2 wrong usage, no such ledger, or the port is taken.",
)
@ledger_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen on; without accounts, only this machine's own.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A host name by which the desk is opened from elsewhere; give each.",
)
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="The address of a proxy whose X-Forwarded-For and -Proto are believed; give each.",
)
@click.option(
    "--oidc",
    envvar="SAYSO_OIDC",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A TOML file that names a provider of OpenID Connect to sign in by; else $SAYSO_OIDC.",
)
@port_option
@open_option
@click.option("--no-watch", is_flag=True, help="Leave the ledger's feeds to `sayso watch`.")
@inner_option
@by_option
def serve(  # noqa: PLR0917 - as many as options
    url: str | None, host: str, names: tuple[str, ...], proxies: tuple[str, ...],
    oidc: Path | None, port: int, open_: bool, no_watch: bool, inner: tuple[str, ...],
    by: str | None,
) -> None:  # fmt: skip
    """Open the desk on a ledger, made where there is none: pages for people, the API beside them.

    It runs until Ctrl-C. The API is at /api/v1, its description at /openapi.json. As soon as there
    are accounts (`sayso account`), one must sign in.
    """
    with open_ledger(url, create=True, links=True) as ledger:
        hosts = tuple(read_inner(each) for each in inner)
        run_desk(
            ledger, host=host, port=port, open_=open_, by=who(by), watch=not no_watch, inner=hosts,
            names=names, proxies=proxies, oidc=oidc,
        )  # fmt: skip


def run_desk(
    ledger: Ledger, *, host: str, port: int, open_: bool, by: str, watch: bool = False,
    inner: tuple[tuple[str, int], ...] = (), names: tuple[str, ...] = (),
    proxies: tuple[str, ...] = (), oidc: Path | None = None,
) -> None:  # fmt: skip
    """Serve the desk until Ctrl-C; raises UsageError where it cannot be."""
    try:
        import uvicorn

        from sayso.desk.app import create_app
        from sayso.desk.settings import Settings, check_host
        from sayso.hosts import is_loopback
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the desk needs {error.name}, which is not installed: pip install 'sayso[desk]'"
        ) from None
    accounts = bool(ledger.kept("account"))
    hosts = check_host(host, names, accounts=accounts)
    alone = is_loopback(host) and not names
    provider = _provider(oidc, inner) if oidc else None
    listener = _listen(host, port)
    address = f"http://{_shown(host)}:{listener.getsockname()[1]}"
    settings = Settings(
        by=by, watch=watch, inner=inner, hosts=hosts, alone=alone, oidc=provider
    )  # fmt: skip
    app = create_app(ledger, settings)
    gc.freeze()  # what is loaded stays: else one page in fifty waits while the collector walks it
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=2, proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies),
    )  # fmt: skip
    say(f"the desk is at {address} (Ctrl-C ends it)")
    if not accounts:
        say("the ledger has no accounts: whoever sits at this machine may do all")
    elif not alone and not proxies:
        say("passwords go over the network as they are typed: put TLS in front, then give --proxy")
    if open_:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    uvicorn.Server(config).run(sockets=[listener])


def _provider(path: Path, inner: Collection[tuple[str, int]]) -> Provider:
    """Who lets people in by OpenID Connect; raises UsageError where that cannot be."""
    try:
        from sayso.desk.accounts.oidc import Provider
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--oidc needs {error.name}, which is not installed: pip install 'sayso[oidc]'"
        ) from None
    from sayso.desk.accounts.oidc_file import read_oidc

    return Provider(read_oidc(path, os.environ), inner)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
    except OSError as error:
        listener.close()
        words = error.strerror or "it cannot be listened on"
        raise UsageError(f"port {port}: {words.lower()}; take another with --port") from None
    listener.listen(128)
    return listener


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
