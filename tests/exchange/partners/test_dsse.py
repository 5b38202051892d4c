"""Keys and envelopes: who may sign, and what a signature holds to."""

from __future__ import annotations

import base64
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")

from sayso.errors import PartnerError, UsageError
from sayso.exchange.partners.dsse import encode_before, open_envelope, seal_in, signer_of
from sayso.exchange.partners.keys import KeyPair, key_file, own_key, read_public

TYPE = "application/vnd.sayso.bundle+json"


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / "keys"))


@pytest.fixture
def pair() -> KeyPair:
    """A key of a ledger."""
    return own_key("ledger-a")


def test_what_is_signed_is_as_the_specification_has_it() -> None:
    """The vector of DSSE's protocol.md."""
    code = encode_before("http://example.com/HelloWorld", b"hello world")
    assert code == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


@given(st.text(), st.binary(), st.text(), st.binary())
def test_two_things_are_never_signed_alike(a: str, one: bytes, b: str, other: bytes) -> None:
    """Type and payload cannot run together."""
    assert (encode_before(a, one) == encode_before(b, other)) == ((a, one) == (b, other))


def test_an_envelope_gives_its_payload_back(pair: KeyPair) -> None:
    """Whoever knows the key reads the very bytes."""
    envelope = seal_in(TYPE, b"\x00 words", pair)
    assert signer_of(envelope) == pair.public.id
    assert open_envelope(TYPE, envelope, pair.public) == b"\x00 words"


def _changed(**parts: Any) -> Any:
    def change(held: dict[str, Any]) -> None:
        held.update(parts)

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_changed(payload=base64.b64encode(b"other").decode()), "does not hold"),
        (_changed(payloadType="text/plain"), "does not hold"),
        (_changed(payload="%%"), "no signed bundle"),
        (_changed(signatures=[]), "no signed bundle"),
        (_changed(signatures=[{"sig": "", "keyid": "me"}]), "signed by me"),
        (_changed(signatures=None), "no signed bundle"),
    ],
)
def test_a_changed_envelope_is_refused(pair: KeyPair, change: Any, words: str) -> None:
    """Whatever was changed in it, in words that say what."""
    held = json.loads(seal_in(TYPE, b"words", pair))
    change(held)
    with pytest.raises(PartnerError, match=words):
        open_envelope(TYPE, json.dumps(held).encode(), pair.public)


@pytest.mark.parametrize("noise", [b"", b"[]", b"{", b"null", b"[" * 100_000, b"\xff"])
def test_noise_is_no_envelope(pair: KeyPair, noise: bytes) -> None:
    """Nor does it break anything."""
    with pytest.raises(PartnerError, match="no signed bundle"):
        open_envelope(TYPE, noise, pair.public)


def test_what_one_signed_is_not_anothers(pair: KeyPair) -> None:
    """Nor is an envelope of one type of another."""
    envelope = seal_in(TYPE, b"words", pair)
    with pytest.raises(PartnerError, match="signed by"):
        open_envelope(TYPE, envelope, own_key("ledger-b").public)
    with pytest.raises(PartnerError, match="it holds"):
        open_envelope("text/plain", envelope, pair.public)


def test_a_key_is_kept_and_only_its_owner_reads_it(pair: KeyPair) -> None:
    """The same the next time; refused as soon as others could have read it."""
    assert own_key("ledger-a").public == pair.public
    assert own_key("ledger-b").public != pair.public
    file = key_file("ledger-a")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.chmod(0o640)
        with pytest.raises(PartnerError, match="can be read by others"):
            own_key("ledger-a")
    assert pair.public.raw.hex() not in repr(pair)
    assert [each.name for each in file.parent.iterdir()] == ["ledger-a.key", "ledger-b.key"]


def test_none_is_made_unless_it_is_asked_for() -> None:
    """A command that only looks makes no key."""
    with pytest.raises(PartnerError, match="no key yet"):
        own_key("ledger-c", make=False)


def test_a_public_key_is_written_down_and_read_back(pair: KeyPair) -> None:
    """The fingerprint is eight groups of four, for reading out."""
    assert read_public(f" {pair.public.words}\n") == pair.public
    assert [len(group) for group in pair.public.fingerprint.split()] == [4] * 8
    for wrong in ("", "ed25519:AAAA", "ed25519:%%%", "clef"):
        with pytest.raises(UsageError, match="is no key"):
            read_public(wrong)


@pytest.mark.parametrize("part", ["payload", "sig"])
def test_bits_that_say_nothing_are_as_they_were(pair: KeyPair, part: str) -> None:
    """Base64's last letter holds some: changed, the bytes are the same, and the envelope is not."""
    held = json.loads(seal_in(TYPE, b"four", pair))
    where = held if part == "payload" else held["signatures"][0]
    letters, end = where[part].rstrip("="), where[part].count("=")
    other = letters[:-1] + chr(ord(letters[-1]) + 1) + "=" * end
    assert base64.b64decode(other) == base64.b64decode(where[part])
    where[part] = other
    with pytest.raises(PartnerError, match="no signed bundle"):
        open_envelope(TYPE, json.dumps(held).encode(), pair.public)
