"""Whether a protected source of ours and one of a partner's are one: yes or no, and nothing else.

Both names are hashed into the squares of a group of prime order (RFC 3526, 2048 bits), where each
side raises them to a secret power drawn for this run alone. The order of the two powers does not
matter, so that equal names end in the same number; from any other number nobody tells what stood
below it, for as long as the decisional Diffie-Hellman problem is hard there. Nothing that travels
is a function of a name alone: whoever holds all messages, and a list with the true name in it,
still cannot try one. (A keyed hash would not do: both hold the key.)

Each run tells one thing of one pair, so that a partner who lies about their own name can guess,
once a run. Hence a run needs that both owners agreed, for these two sources, and they say how many
runs there may be. Both sides count them. It compares names as they are written, case and accents
aside: two spellings are two names. Who begins learns first, and could keep the last message back;
the run counts all the same.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from sayso.errors import PartnerError, UsageError
from sayso.exchange.partners.dsse import MEND, open_envelope, seal_in
from sayso.exchange.partners.keys import own_key
from sayso.exchange.partners.names import id_for, ours
from sayso.exchange.partners.partner import Partner
from sayso.ledger import Ledger
from sayso.record.names import plain_name

TYPE = "application/vnd.sayso.compare+json"
# RFC 3526, group 14: P and (P - 1) / 2 are prime, so that the squares are a group of prime order
P = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF", 16,
)  # fmt: skip
Q = (P - 1) // 2
YES, NO = "the same name", "other names"


def square_of(name: str, run: str) -> int:
    """The square that a name is in a run: of 2,304 bits of hash, so that none is likelier."""
    code = b"".join(
        hashlib.sha256(f"{n}|{run}|{plain_name(name)}".encode()).digest() for n in range(9)
    )
    return pow(int.from_bytes(code) % (P - 3) + 2, 2, P)


def name_in(source: str) -> str:
    """The name in a source's key, without what a text goes on to say: *Ilse Marrow, a baker*."""
    return source.partition("|")[0].partition(",")[0].removeprefix("the ")


def secret() -> int:
    """A power for one run."""
    return secrets.randbelow(Q - 2) + 2


def is_square(value: int) -> bool:
    """True of what may travel: a square that is not 1."""
    return 1 < value < P - 1 and pow(value, Q, P) == 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the owner of a source agreed to: to compare it with one of a partner's, so often."""

    source: str
    theirs: str
    tries: int
    used: int = 0
    same: bool | None = None  # what the last run told
    pending: tuple[str, str] | None = None  # of a run that we were asked for: its id, our number

    @property
    def left(self) -> int:
        """The runs that are left."""
        return self.tries - self.used


def _row(partner: Partner, own: str, theirs: str) -> str:
    return f"agreed-{partner.id}-{own}-{theirs}"


def agree(
    ledger: Ledger, partner: Partner, source: str, theirs: str, *, tries: int = 1
) -> Agreement:
    """Agree, for a source of ours by its key, to compare it with a partner's by their id for it.

    What was used stays used, and a run that is under way ends. Raises NotInLedgerError for a source
    that is not here.
    """
    ledger.source_page(source)  # raises where there is none
    if tries < 1:
        raise UsageError("at least one run is agreed to")
    own = id_for(ledger, partner, source)

    def change(held: dict[str, Any] | None) -> dict[str, Any]:
        base = held or {"source": source, "theirs": theirs, "used": 0, "same": None}
        return {**base, "tries": base["used"] + tries, "pending": None}

    kept = ledger.alter("compared", _row(partner, own, theirs), change)
    assert kept is not None  # noqa: S101 - for the type checker
    return Agreement(**kept.value)


def agreement(ledger: Ledger, partner: Partner, own: str, theirs: str) -> Agreement | None:
    """What was agreed for two sources, by our id and theirs; None where nothing was."""
    kept = ledger.kept("compared", _row(partner, own, theirs))
    return Agreement(**kept[0].value) if kept else None


def _use(ledger: Ledger, partner: Partner, own: str, theirs: str) -> Agreement:
    """The agreement after one more run is counted; raises PartnerError where none is left."""

    def change(held: dict[str, Any] | None) -> dict[str, Any] | None:
        if held is None or held["used"] >= held["tries"]:
            raise PartnerError(
                f"no run is agreed to for {own} and {theirs}" if held is None else
                f"all {held['tries']} runs for {own} and {theirs} are used",
                "both owners must agree: sayso partner compare … --agree",
            )  # fmt: skip
        return {**held, "used": held["used"] + 1, "pending": None}

    kept = ledger.alter("compared", _row(partner, own, theirs), change)
    assert kept is not None  # noqa: S101 - for the type checker
    return Agreement(**kept.value)


def _note(ledger: Ledger, partner: Partner, own: str, theirs: str, **said: Any) -> None:
    ledger.alter("compared", _row(partner, own, theirs), lambda held: {**(held or {}), **said})


# -- messages --------------------------------------------------------------------------------------


def _seal(ledger: Ledger, partner: Partner, **said: Any) -> bytes:
    key = own_key(ledger.head().ledger, make=False)
    payload = {"from": key.public.id, "to": partner.key.id, **said}
    return seal_in(TYPE, json.dumps(payload).encode(), key)


def _open(ledger: Ledger, partner: Partner, envelope: bytes) -> dict[str, Any]:
    payload = open_envelope(TYPE, envelope, partner.key)
    try:
        held = json.loads(payload)
        own = own_key(ledger.head().ledger, make=False).public.id
        fits = held["from"] == partner.key.id and held["to"] == own
        fits = fits and all(isinstance(v, str) and len(v) <= 600 for v in held.values())
    except (ValueError, LookupError, TypeError, AttributeError):
        fits = False
    if not fits:
        raise PartnerError("it is no message of a comparison with us", MEND)
    found: dict[str, Any] = held
    return found


def _number(held: dict[str, Any], name: str) -> int:
    try:
        value = int(held[name], 16)
    except (LookupError, ValueError):
        value = 0
    if not is_square(value):
        raise PartnerError("a number of it is none of the group's", MEND)
    return value


@dataclass(frozen=True, slots=True)
class Run:
    """A run that we began: with what, and our secret."""

    partner: Partner
    own: str
    theirs: str
    id: str
    power: int
    name: str


def begin(ledger: Ledger, partner: Partner, source: str, theirs: str) -> tuple[Run, bytes]:
    """A run for a source of ours and a partner's, counted, and the message that asks for it."""
    own = id_for(ledger, partner, source)
    _use(ledger, partner, own, theirs)
    run = Run(partner, own, theirs, secrets.token_hex(16), secret(), name_in(source))
    value = pow(square_of(run.name, run.id), run.power, P)
    return run, _seal(ledger, partner, act="ask", run=run.id, yours=theirs, mine=own,
                      value=f"{value:x}")  # fmt: skip


def answer(ledger: Ledger, partner: Partner, envelope: bytes) -> bytes:
    """What we say to a partner's message; raises PartnerError where both did not agree to it."""
    held = _open(ledger, partner, envelope)
    own, theirs = str(held.get("yours")), str(held.get("mine"))
    if held.get("act") == "tell":
        return _told(ledger, partner, own, theirs, held)
    value = _number(held, "value")
    source = ours(ledger, partner, own)
    if source is None:
        raise PartnerError(f"no source is known as {own:.60}", "ask what it is called")
    _use(ledger, partner, own, theirs)
    power, run = secret(), str(held.get("run"))
    mine = pow(square_of(name_in(source), run), power, P)
    both = pow(value, power, P)
    _note(ledger, partner, own, theirs, pending=(run, f"{both:x}"))
    return _seal(ledger, partner, act="answer", run=run, value=f"{mine:x}", check=_check(run, both))


def _check(run: str, both: int) -> str:
    """What tells that somebody has a number, and does not tell it: else it could be sent back."""
    return hashlib.sha256(f"{run}|{both:x}".encode()).hexdigest()


def finish(run: Run, ledger: Ledger, envelope: bytes) -> tuple[bool, bytes]:
    """Whether the names are the same, and the message by which the partner learns it too."""
    held = _open(ledger, run.partner, envelope)
    if held.get("act") != "answer" or held.get("run") != run.id:
        raise PartnerError("it answers another question", MEND)
    both = pow(_number(held, "value"), run.power, P)
    same = secrets.compare_digest(_check(run.id, both), str(held.get("check")))
    _note(ledger, run.partner, run.own, run.theirs, same=same)
    told = _seal(ledger, run.partner, act="tell", run=run.id, yours=run.theirs, mine=run.own,
                 value=f"{both:x}")  # fmt: skip
    return same, told


def _told(ledger: Ledger, partner: Partner, own: str, theirs: str, held: dict[str, Any]) -> bytes:
    found = agreement(ledger, partner, own, theirs)
    if found is None or found.pending is None or found.pending[0] != held.get("run"):
        raise PartnerError("it ends no run that was begun", MEND)
    same = f"{_number(held, 'value'):x}" == found.pending[1]
    _note(ledger, partner, own, theirs, same=same, pending=None)
    if same:
        join(ledger, partner, found.source, theirs)
    return _seal(ledger, partner, act="end", run=str(held["run"]))


def join(ledger: Ledger, partner: Partner, source: str, theirs: str) -> str | None:
    """The judgement that a source of ours and a partner's are one; None where theirs told nothing.

    Undone as any join of sources is.
    """
    held = [row.key for row in ledger.sources(theirs).rows if theirs in row.key]
    if not held or source == held[0]:
        return None
    made = ledger.judge("join", source, other=held[0], by=partner.name,
                        reason=f"compared with {partner.name}: {YES}")  # fmt: skip
    return made.entry
