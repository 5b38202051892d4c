"""Passwords: which are long enough, and their hashes (argon2id, RFC 9106)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sayso.errors import LedgerBusyError, UsageError

SHORTEST, LONGEST = 12, 1_000
DIFFERENT = 5  # characters that differ
RFC_9106 = (3, 65_536, 4)  # passes, KiB, lanes: its second recommendation
AT_ONCE = 4  # each holds its 64 MiB: many who sign in at once must not fill the memory
LONGEST_WAIT = 10.0  # seconds


def check_password(password: str, name: str) -> None:
    """Raises UsageError for a password that is easily guessed."""
    if len(password) < SHORTEST:
        raise UsageError(f"a password has at least {SHORTEST} characters: a few words are easiest")
    if len(password) > LONGEST:
        raise UsageError(f"a password has at most {LONGEST} characters")
    if len(set(password)) < DIFFERENT:
        raise UsageError("this password repeats a few characters; take other words")
    if name.casefold() in password.casefold() and len(password) - len(name) < SHORTEST:
        raise UsageError("this password is hardly more than the name; take other words")


class Passwords:
    """Hashes passwords, and tells whether one is that of a hash."""

    def __init__(self, cost: tuple[int, int, int] = RFC_9106) -> None:
        passes, memory, lanes = cost
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        # what the password of an unknown name is compared with, so that it takes as long
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash, with its salt and its cost."""
        with self._turn():
            return self._hasher.hash(password)

    def is_right(self, password: str, hash_: str | None) -> bool:
        """True where it is the password of the hash; None is nobody's, and takes as long."""
        with self._turn():
            try:
                self._hasher.verify(hash_ or self._nobody, password[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return hash_ is not None

    def is_stale(self, hash_: str) -> bool:
        """True for a hash that was made at another cost."""
        return self._hasher.check_needs_rehash(hash_)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=LONGEST_WAIT):
            raise LedgerBusyError("many sign in at this moment", "try again")
        try:
            yield
        finally:
            self._turns.release()
