"""Commitments and links: what makes a changed, missing or swapped row show.

A payload is committed to as SHA-256 over 32 random bytes of salt and its content, so that after
both are removed nobody can try words against what is left. An entry's hash covers its fields and
that commitment, a batch's root covers its entries' hashes, a batch's hash its root and the batch
before it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections.abc import Iterable
from typing import Any

SALT_BYTES = 32
START = bytes(32)  # the link before the first


def new_salt() -> bytes:
    """Random bytes for one payload."""
    return secrets.token_bytes(SALT_BYTES)


def new_id(kind: str) -> str:
    """A random id, a function of nothing: `kind` and 16 hex digits."""
    return f"{kind}-{secrets.token_hex(8)}"


def encode(content: Any) -> bytes:
    """The bytes of a payload's content: JSON, keys as they stand, ASCII only."""
    return json.dumps(content, separators=(",", ":")).encode("ascii")


def decode(packed: bytes) -> Any:
    """The content that a payload row holds."""
    return json.loads(zlib.decompress(packed))


def pack(code: bytes) -> bytes:
    """The bytes as they are stored; the commitment is over the bytes before."""
    return zlib.compress(code, 6)


def unpack(packed: bytes) -> bytes:
    """What `pack` was given; raises zlib.error where the row is damaged."""
    return zlib.decompress(packed)


def commit(salt: bytes, code: bytes) -> bytes:
    """The commitment to a payload."""
    return hashlib.sha256(salt + code).digest()


def _digest(*parts: Any) -> bytes:
    plain = [p.hex() if isinstance(p, bytes) else p for p in parts]
    return hashlib.sha256(json.dumps(plain).encode()).digest()


def entry_hash(row: tuple[Any, ...]) -> bytes:
    """The hash of an entry: id, batch, kind, maker, at, about, commitment."""
    return _digest("entry", *row)


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root of a batch: SHA-256 over its entries' hashes in order."""
    root = hashlib.sha256()
    for each in hashes:
        root.update(each)
    return root.digest()


def batch_hash(ledger: str, row: tuple[Any, ...]) -> bytes:
    """The hash of a link: seq, at, first, last, root, prev; the ledger's own id too."""
    return _digest("batch", ledger, *row)
