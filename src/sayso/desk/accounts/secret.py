"""Random secrets that are shown once: of a session, a token, a device. Only their hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """What somebody holds, and the hash by which it is known again."""

    words: str
    hash: str


def new_secret() -> Secret:
    """256 random bits: a plain hash hides them, nobody can try them all."""
    words = secrets.token_urlsafe(32)
    return Secret(words, hash_of(words))


def hash_of(words: str) -> str:
    """The SHA-256 of a secret."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def is_secret(words: str, hash_: str) -> bool:
    """True where these are the words of the hash; it takes as long for any words."""
    return hmac.compare_digest(hash_of(words), hash_)


def named(id_: str, secret: Secret) -> str:
    """A secret with the id under which its hash is kept: `token-5d0c4e1f9a7b2c33.gT…`."""
    return f"{id_}.{secret.words}"


def parted(named_: str, kind: str) -> tuple[str, str]:
    """The id and the words of a named secret; two empty words for what is none."""
    id_, _, words = named_.partition(".")
    return (id_, words) if id_.startswith(f"{kind}-") and words else ("", "")


def seal_of(words: str) -> str:
    """What the forms of a session carry, so that no other page can send them for its owner."""
    return hmac.new(words.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()[:32]
