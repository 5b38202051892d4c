"""Ledgers that are partners, in one process: A and B know each other, C knows nobody."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")

from sayso.exchange.partners.bundle import seal_bundle
from sayso.exchange.partners.inbox import pull
from sayso.exchange.partners.keys import KeyPair, own_key
from sayso.exchange.partners.outbox import send, statements
from sayso.exchange.partners.partner import Partner, add_partner, partner_named
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.record import Reading
from tests.ledger.conftest import said_by


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / "keys"))


@dataclass
class House:
    """A ledger, its key, and whom it calls partner."""

    ledger: Ledger
    key: KeyPair
    names: dict[str, House] = field(default_factory=dict)

    def meets(self, name: str, other: House, **more: str) -> Partner:
        """Add a partner."""
        self.names[name] = other
        return add_partner(self.ledger, name, other.key.public, **more)  # type: ignore[arg-type]

    def partner(self, name: str) -> Partner:
        """The partner of a name, as it is kept."""
        return partner_named(self.ledger, name)

    def share(self, name: str, *reports: str) -> bytes:
        """Tell a partner of reports; the bundle of all that they were told."""
        send(self.ledger, self.partner(name), reports, by="ann")
        return self.bundle(name)

    def bundle(self, name: str, after: int = 0) -> bytes:
        """What a partner was told behind a number."""
        partner = self.partner(name)
        told = list(statements(self.ledger, partner, after))
        return seal_bundle(told, self.key, partner.key)

    def takes(self, envelope: bytes) -> list[str]:
        """Take a bundle in: what kinds of statements were new."""
        return [told.kind for told in pull(self.ledger, envelope)[1]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[[str], House]]:
    """A function that opens a new ledger with a key."""
    with contextlib.ExitStack() as stack:

        def make(name: str) -> House:
            url = f"sqlite:///{tmp_path / name}.db"
            ledger = stack.enter_context(Ledger.open(url, maker="tests", linking=Linking()))
            return House(ledger, own_key(ledger.head().ledger))

        yield make


@pytest.fixture
def make_reading() -> Callable[..., Reading]:
    """A function that makes a reading of one said sentence, by a person."""
    return said_by


@pytest.fixture
def a(house: Callable[[str], House]) -> House:
    """A ledger."""
    return house("a")


@pytest.fixture
def b(house: Callable[[str], House], a: House) -> House:
    """Its partner, which knows it as `North`, and is `South` there."""
    made = house("b")
    a.meets("South", made)
    made.meets("North", a)
    return made
