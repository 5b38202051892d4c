"""What a desk is started with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.desk.accounts.passwords import RFC_9106
from sayso.desk.accounts.sessions import Lasting
from sayso.errors import UsageError
from sayso.hosts import is_loopback

if TYPE_CHECKING:  # its library is an extra
    from sayso.desk.accounts.oidc import Provider

MEGABYTE = 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """Who acts where a browser does not say, and the bounds of a desk.

    `hosts` are the names under which it may be asked: a page of another site that has its own name
    lead here (DNS rebinding) is refused. `watch`: this process looks at the feeds; `inner` are
    hosts of one's own network that may be fetched. `alone`: only this machine reaches the desk, so
    that without accounts whoever asks may do all. `cost` is that of a password's hash.
    `oidc`: by whom one may sign in beside the passwords.
    """

    by: str
    hosts: tuple[str, ...] = LOOPBACK
    most_body: int = 60 * MEGABYTE  # of one request: a PDF with pictures is a capture of 50
    poll_seconds: float = 0.25  # how often the ledger is asked for what is new
    watch: bool = False
    inner: tuple[tuple[str, int], ...] = ()
    pages: int = 50  # rows of a list, where nothing else is asked for
    alone: bool = True
    cost: tuple[int, int, int] = RFC_9106
    lasting: Lasting = field(default_factory=Lasting)
    oidc: Provider | None = None


def check_host(host: str, names: tuple[str, ...], *, accounts: bool) -> tuple[str, ...]:
    """The names that a desk answers to, where it may listen on `host`; raises UsageError.

    Where others reach it, by its address or by a name that leads to it, it needs accounts.
    """
    alone = is_loopback(host) and not names
    if not alone and not accounts:
        reached = f"on {host!r}" if not is_loopback(host) else f"as {names[0]!r}"
        raise UsageError(
            f"this ledger has no accounts, so the desk listens on this machine alone, not {reached}"
            "; make the first with `sayso account add NAME --role admin`, or leave --host out and "
            "reach it through a tunnel: ssh -L 8477:127.0.0.1:8477 HOST"
        )
    own = _own_name(host)
    if not names and own is None and not alone:
        raise UsageError(
            f"{host} is every address of this machine: say with --name by which host name the desk "
            "is opened, so that no other name leads to it"
        )
    return (*LOOPBACK, *(name.lower() for name in names), *([own] if own else []))


def _own_name(host: str) -> str | None:
    """The address as a browser writes it; None for all addresses of a machine."""
    try:
        found = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.lower()
    if found.is_unspecified:
        return None
    return f"[{found}]" if found.version == 6 else str(found)
