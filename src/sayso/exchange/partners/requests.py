"""Requests that a partner signs: no password, no session, nothing that could be used again.

What is signed is the method, the path with its query, the host, the time, a number used once and
the body's hash: a request that somebody overheard is of no use at another desk, for another thing,
or a second time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from sayso.errors import PartnerError
from sayso.exchange.partners.keys import KeyPair
from sayso.exchange.partners.partner import Partner, partner_of
from sayso.ledger import Ledger

SCHEME = "Sayso"
LASTS = 60  # seconds by which clocks may differ
MOST = 100_000  # numbers used once, remembered


def sign_request(
    key: KeyPair, method: str, url: str, body: bytes = b"", clock: Callable[[], float] = time.time
) -> str:
    """The Authorization header of a request to a desk."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    now, once = str(int(clock())), secrets.token_hex(16)
    code = _signed(method, path, parts.netloc, now, once, body)
    signature = base64.b64encode(key.sign(code)).decode()
    return f"{SCHEME} {key.public.id}.{now}.{once}.{signature}"


def _signed(method: str, path: str, host: str, now: str, once: str, body: bytes) -> bytes:
    code = hashlib.sha256(body).hexdigest()
    return f"sayso-request/1\n{method}\n{path}\n{host.lower()}\n{now}\n{once}\n{code}".encode()


class Doorman:
    """Tells which partner a request is of; remembers for a while what was used once."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.time) -> None:
        self.ledger = ledger
        self._clock = clock
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    def of(self, said: str, method: str, path: str, host: str, body: bytes = b"") -> Partner:
        """The partner who signed; raises PartnerError for a request that nobody did."""
        scheme, _, rest = said.partition(" ")
        parts = rest.split(".")
        mend = "sign it anew: `sayso partner follow` does"
        if scheme != SCHEME or len(parts) != 4 or not parts[1].isdecimal() or len(parts[1]) > 12:
            raise PartnerError("the request is not signed by a partner", mend)
        key_id, now, once, code = parts
        partner = partner_of(self.ledger, key_id)
        try:
            signature = base64.b64decode(code, validate=True)
        except (binascii.Error, ValueError):
            signature = b""
        if not partner.key.holds(signature, _signed(method, path, host, now, once, body)):
            raise PartnerError("the request's signature does not hold", mend)
        if abs(self._clock() - int(now)) > LASTS:
            raise PartnerError(f"the request is of {now}, another time than here", "set the clocks")
        self._use(f"{key_id}.{once}")
        return partner

    def _use(self, once: str) -> None:
        now = self._clock()
        with self._lock:
            self._used = {o: at for o, at in self._used.items() if now - at <= 2 * LASTS}
            if once in self._used or len(self._used) >= MOST:
                raise PartnerError("the request was made before", "sign it anew")
            self._used[once] = now
