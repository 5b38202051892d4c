"""A partner's desk followed: what they tell is taken in as they tell it, each number once.

The connection may end at any moment. It is made again, later each time that it fails, and asks for
all behind the last number that was taken in and kept.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Protocol

from sayso.errors import FetchError, PartnerError
from sayso.exchange.partners.compare import begin, finish, join
from sayso.exchange.partners.inbox import Told, last_taken, pull
from sayso.exchange.partners.keys import own_key
from sayso.exchange.partners.partner import Partner, partner_named
from sayso.exchange.partners.requests import sign_request
from sayso.ledger import Ledger

STREAM, STATEMENTS = "/api/v1/partners/stream", "/api/v1/partners/statements"
COMPARE = "/api/v1/partners/compare"
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds


class Fetches(Protocol):
    """What following needs of `intake.fetch.Fetcher`."""

    def ask(self, url: str, headers: Mapping[str, str], content: bytes | None = None) -> bytes:
        """What an address answers."""
        ...

    def lines(self, url: str, headers: Mapping[str, str]) -> Iterator[str]:
        """The lines of an answer that goes on, as they come."""
        ...


def desk_of(partner: Partner) -> str:
    """The address of a partner's desk; raises PartnerError where none is known."""
    if partner.url is None:
        raise PartnerError(
            f"no desk of {partner.name} is known", "add them anew with --url, or take in a file"
        )
    return partner.url.rstrip("/")


def ask_for(ledger: Ledger, partner: Partner, fetcher: Fetches) -> list[Told]:
    """Take in all that a partner has told since, asked of their desk; what was new."""
    found: list[Told] = []
    while True:
        url = f"{desk_of(partner)}{STATEMENTS}?after={last_taken(ledger, partner)}"
        key = own_key(ledger.head().ledger, make=False)
        envelope = fetcher.ask(url, {"Authorization": sign_request(key, "GET", url)})
        new = pull(ledger, envelope, partner)[1]
        if not new:
            return found
        found += new


def compare(
    ledger: Ledger, partner: Partner, source: str, theirs: str, fetcher: Fetches
) -> tuple[bool, str | None]:
    """Whether a source of ours and a partner's are one; the entry that joins them where they are.

    Raises PartnerError, and FetchError, where it cannot be found out; the run is used all the same.
    """
    url = f"{desk_of(partner)}{COMPARE}"
    key = own_key(ledger.head().ledger, make=False)

    def ask(message: bytes) -> bytes:
        return fetcher.ask(url, {"Authorization": sign_request(key, "POST", url, message)}, message)

    run, message = begin(ledger, partner, source, theirs)
    same, told = finish(run, ledger, ask(message))
    ask(told)
    return same, join(ledger, partner, source, theirs) if same else None


class Follower:
    """Follows one partner's desk until it is stopped."""

    def __init__(
        self, ledger: Ledger, name: str, fetcher: Fetches, stop: threading.Event | None = None
    ) -> None:
        self.ledger = ledger
        self.name = name
        self.fetcher = fetcher
        self.stop = stop or threading.Event()

    def run(self) -> Iterator[Told | FetchError]:
        """What is taken in, and why a connection ended; raises PartnerError for what is refused."""
        wait = FIRST_WAIT
        while not self.stop.is_set():
            try:
                for told in self._once():
                    wait = FIRST_WAIT
                    yield told
                    if self.stop.is_set():
                        return
            except FetchError as error:
                yield error
                wait = max(wait, error.wait or 0)
            self.stop.wait(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    def _once(self) -> Iterator[Told]:
        partner = partner_named(self.ledger, self.name)
        key = own_key(self.ledger.head().ledger, make=False)
        url = f"{desk_of(partner)}{STREAM}"
        headers = {
            "Authorization": sign_request(key, "GET", url), "Accept": "text/event-stream",
            "Last-Event-ID": str(last_taken(self.ledger, partner)),
        }  # fmt: skip
        lines = self.fetcher.lines(url, headers)
        with closing(lines):  # type: ignore[type-var]
            for data in events(lines, self.stop):
                yield from pull(self.ledger, data.encode(), partner)[1]


def events(lines: Iterable[str], stop: threading.Event) -> Iterator[str]:
    """The data of server-sent events, each whole."""
    data: list[str] = []
    for line in lines:
        if stop.is_set():
            return
        if line.startswith("data:"):
            data.append(line.removeprefix("data:").removeprefix(" "))
        elif not line and data:
            yield "\n".join(data)
            data = []
