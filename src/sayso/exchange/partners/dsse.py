"""Envelopes that are signed, by DSSE 1.0 (github.com/secure-systems-lab/dsse).

What is signed is the type and the bytes, each with its length: a signature of one thing can never
be taken for one of another. The bytes are read only when the signature holds.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from sayso.errors import PartnerError
from sayso.exchange.partners.keys import KeyPair, PublicKey

MEND = "ask the partner to send it again"


def encode_before(type_: str, payload: bytes) -> bytes:
    """The bytes that are signed: DSSE's pre-authentication encoding."""
    kind = type_.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def seal_in(type_: str, payload: bytes, key: KeyPair) -> bytes:
    """An envelope with a payload, as JSON in one line."""
    signature = key.sign(encode_before(type_, payload))
    return json.dumps({
        "payload": base64.b64encode(payload).decode(),
        "payloadType": type_,
        "signatures": [{"keyid": key.public.id, "sig": base64.b64encode(signature).decode()}],
    }).encode()  # fmt: skip


def signer_of(envelope: bytes) -> str:
    """Whose an envelope says that it is; nothing holds it to that until it is opened."""
    return str(_parts(envelope)[2])


def open_envelope(type_: str, envelope: bytes, key: PublicKey) -> bytes:
    """The payload of an envelope of a type, which the key's owner signed.

    Raises PartnerError for all that is not so.
    """
    kind, payload, signer, signature = _parts(envelope)
    if signer != key.id:
        raise PartnerError(f"it is signed by {signer:.40}, not by {key.id}", MEND)
    if not key.holds(signature, encode_before(kind, payload)):
        raise PartnerError("its signature does not hold: bytes of it were changed", MEND)
    if kind != type_:
        raise PartnerError(f"it holds {kind!r:.80}, not {type_!r}", "update sayso")
    return payload


def _parts(envelope: bytes) -> tuple[str, bytes, str, bytes]:
    """Type, payload, whose it says that it is, signature; raises PartnerError."""
    try:
        held: Any = json.loads(envelope)
        (signed,) = held["signatures"]
        payload, signature = _decoded(held["payload"]), _decoded(signed["sig"])
        return str(held["payloadType"]), payload, str(signed["keyid"]), signature
    except (ValueError, LookupError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise PartnerError(
            "it is no signed bundle (a DSSE envelope, one signature)", MEND
        ) from None


def _decoded(words: str) -> bytes:
    """The bytes that Base64 is of, as this one way writes them; raises ValueError for another.

    The last letter has bits that say nothing: without this, an envelope could be changed in them.
    """
    code = base64.b64decode(words, validate=True)
    if base64.b64encode(code).decode() != words:
        raise ValueError(words[-8:])
    return code
