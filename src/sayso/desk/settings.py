"""What a desk is started with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from sayso.errors import UsageError

MEGABYTE = 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """Who acts where a browser does not say, and the bounds of a desk.

    `hosts` are the names under which it may be asked: a page of another site that has its own name
    lead here (DNS rebinding) is refused. `watch`: this process looks at the feeds; `inner` are
    hosts of one's own network that may be fetched.
    """

    by: str
    hosts: tuple[str, ...] = LOOPBACK
    most_body: int = 60 * MEGABYTE  # of one request: a PDF with pictures is a capture of 50
    poll_seconds: float = 0.25  # how often the ledger is asked for what is new
    watch: bool = False
    inner: tuple[tuple[str, int], ...] = ()
    pages: int = 50  # rows of a list, where nothing else is asked for


def check_host(host: str) -> str:
    """The host, where the desk may listen on it; raises UsageError for one that others reach."""
    try:
        alone = host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        alone = False
    if not alone:
        raise UsageError(
            f"the desk has no accounts yet, so it listens on this machine alone, not on {host!r}; "
            "leave --host out, and reach it from elsewhere through a tunnel: "
            "ssh -L 8477:127.0.0.1:8477 HOST"
        )
    return host
