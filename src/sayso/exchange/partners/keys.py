"""The key by which a ledger signs, and those by which it knows its partners (Ed25519).

The private key is no part of the ledger: whoever copies the ledger's file, or is given a backup of
it, cannot speak in its name. It lies in a file that its owner alone can read, named for the
ledger's id, in the folder `$SAYSO_KEYS` (else `~/.config/sayso/keys`).
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import PartnerError, UsageError

FOLDER = "SAYSO_KEYS"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
SIZE = 32  # bytes of a key of Ed25519
PREFIX = "ed25519:"


def ed25519() -> Any:
    """The library's part that is used; raises UsageError where it is not installed."""
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519 as found  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError(
            f"partners need {error.name}, which is not installed: pip install 'sayso[partners]'"
        ) from None
    return found


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The 32 bytes by which somebody's signatures are known."""

    raw: bytes

    @property
    def words(self) -> str:
        """The key as it is written down and given to `sayso partner add`."""
        return PREFIX + base64.b64encode(self.raw).decode()

    @property
    def fingerprint(self) -> str:
        """128 bits of the key's SHA-256 in groups of four, to be read out over the telephone."""
        code = hashlib.sha256(self.raw).hexdigest()[:32]
        return " ".join(code[i : i + 4] for i in range(0, 32, 4))

    @property
    def id(self) -> str:
        """The fingerprint in one word: how bundles and requests say whose they are."""
        return self.fingerprint.replace(" ", "")

    def holds(self, signature: bytes, message: bytes) -> bool:
        """True where the message was signed by the key's owner, byte for byte."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415

        try:
            ed25519().Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A ledger's own key; its private half is never shown."""

    public: PublicKey
    _private: Any

    def __repr__(self) -> str:
        return f"KeyPair({self.public.id})"

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        signature: bytes = self._private.sign(message)
        return signature


def read_public(words: str) -> PublicKey:
    """The key that words are, as `sayso partner key` prints it; raises UsageError."""
    code = words.strip().removeprefix(PREFIX)
    try:
        raw = base64.b64decode(code, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != SIZE:
        raise UsageError(f"{words.strip()[:60]!r} is no key: give the line that the partner's "
                         "`sayso partner key` prints, ed25519:…")  # fmt: skip
    return PublicKey(raw)


def key_file(ledger: str) -> Path:
    """Where the private key of a ledger lies, by the ledger's id."""
    folder = os.environ.get(FOLDER)
    home = Path(folder) if folder else Path.home() / ".config" / "sayso" / "keys"
    return home / f"{ledger}.key"


def own_key(ledger: str, *, make: bool = True) -> KeyPair:
    """The key of a ledger by its id, made where there is none.

    Raises PartnerError where there is none and none is made, and for a file that others can read.
    """
    file = key_file(ledger)
    if not file.exists():
        if not make:
            raise PartnerError("this ledger has no key yet", "make one: sayso partner key")
        _write(file, ed25519().Ed25519PrivateKey.generate().private_bytes_raw())
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & OTHERS:
        raise PartnerError(f"{file} can be read by others", f"chmod 600 {file}")
    raw = file.read_bytes()
    if len(raw) != SIZE:
        raise PartnerError(f"{file} is no key", "put back the file that was there, or remove it")
    private = ed25519().Ed25519PrivateKey.from_private_bytes(raw)
    return KeyPair(PublicKey(private.public_key().public_bytes_raw()), private)


def _write(file: Path, raw: bytes) -> None:
    """A new file, whole or not at all; where another process made one meanwhile, theirs stays."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=file.parent)  # of mode 0600
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
