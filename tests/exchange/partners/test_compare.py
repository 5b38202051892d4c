"""The comparison of two sources: yes or no, to both, so often as both agreed; and nothing else."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import NotInLedgerError, PartnerError
from sayso.exchange.partners import compare
from sayso.exchange.partners.compare import (
    P,
    agree,
    agreement,
    answer,
    begin,
    finish,
    is_square,
    join,
    plain_name,
    square_of,
)
from sayso.exchange.partners.names import id_for, ours
from sayso.ledger import Ledger
from sayso.record import Reading
from tests.exchange.partners.conftest import House

NAME = "Quillon Ravenscourt"
OTHER = "Ilse Marrow"
Say = Callable[..., Reading]


@pytest.fixture
def both(a: House, b: House, make_reading: Say) -> tuple[House, House]:
    """Partners who each hold a report in which one source speaks, under a spelling of theirs."""
    a.ledger.add([make_reading(NAME, "Four died on 1 May 2024 in Sudzha", url=None)])
    b.ledger.add([make_reading("QUILLON RÁVENSCOURT", "Six died in Sudzha", url=None),
                  make_reading(OTHER, "Nobody died in Sudzha", url=None)])  # fmt: skip
    return a, b


def key_of(ledger: Ledger, name: str) -> str:
    """The key of a source."""
    return ledger.sources(name).rows[0].key


def ids(a: House, b: House, name: str) -> tuple[str, str]:
    """What the two are called: A's with B, B's with A; both owners agreed to compare them."""
    one, other = key_of(a.ledger, NAME), key_of(b.ledger, name)
    mine = id_for(a.ledger, a.partner("South"), one)
    theirs = id_for(b.ledger, b.partner("North"), other)
    agree(a.ledger, a.partner("South"), one, theirs)
    agree(b.ledger, b.partner("North"), other, mine)
    return mine, theirs


def run(a: House, b: House, name: str, mine: str) -> tuple[bool, list[bytes]]:
    """What B learns of a run that it begins, and all messages."""
    key = key_of(b.ledger, name)
    began, asked = begin(b.ledger, b.partner("North"), key, mine)
    said = answer(a.ledger, a.partner("South"), asked)
    same, told = finish(began, b.ledger, said)
    ended = answer(a.ledger, a.partner("South"), told)
    return same, [asked, said, told, ended]


@pytest.mark.parametrize(("name", "same"), [("QUILLON RÁVENSCOURT", True), (OTHER, False)])
def test_both_learn_yes_or_no(both: tuple[House, House], *, name: str, same: bool) -> None:
    """Whatever case and accents are; each side counts one run."""
    a, b = both
    mine, theirs = ids(a, b, name)
    assert run(a, b, name, mine)[0] is same
    for ledger, partner, own, other in (
        (a.ledger, a.partner("South"), mine, theirs), (b.ledger, b.partner("North"), theirs, mine),
    ):  # fmt: skip
        found = agreement(ledger, partner, own, other)
        assert found is not None
        assert (found.same, found.used, found.left) == (same, 1, 0)


def test_a_run_needs_both_owners_and_is_counted(both: tuple[House, House]) -> None:
    """Without an agreement of one's own, of the other's, or with none left, nothing is told."""
    a, b = both
    key = key_of(b.ledger, OTHER)
    mine = id_for(a.ledger, a.partner("South"), key_of(a.ledger, NAME))
    with pytest.raises(PartnerError, match="no run is agreed"):
        begin(b.ledger, b.partner("North"), key, mine)
    agree(b.ledger, b.partner("North"), key, mine)
    _, asked = begin(b.ledger, b.partner("North"), key, mine)
    with pytest.raises(PartnerError, match="no run is agreed"):
        answer(a.ledger, a.partner("South"), asked)
    with pytest.raises(PartnerError, match="all 1 runs"):
        begin(b.ledger, b.partner("North"), key, mine)
    mine, theirs = ids(a, b, OTHER)
    _, asked = begin(b.ledger, b.partner("North"), key, mine)
    answer(a.ledger, a.partner("South"), asked)
    with pytest.raises(PartnerError, match="all 1 runs"):
        answer(a.ledger, a.partner("South"), asked)
    with pytest.raises(NotInLedgerError):
        agree(a.ledger, a.partner("South"), "nobody|person|", theirs)


def test_an_agreement_is_for_one_pair(both: tuple[House, House]) -> None:
    """B cannot compare A's source with another of its own."""
    a, b = both
    mine, _ = ids(a, b, OTHER)
    key = next(r.key for r in b.ledger.sources().rows if "marrow" not in r.key)
    agree(b.ledger, b.partner("North"), key, mine)
    _, asked = begin(b.ledger, b.partner("North"), key, mine)
    with pytest.raises(PartnerError, match="no run is agreed"):
        answer(a.ledger, a.partner("South"), asked)


def _numbers(messages: list[bytes]) -> Iterator[int]:
    """Every number that B holds of a run's messages."""
    for each in messages:
        held: dict[str, Any] = json.loads(base64.b64decode(json.loads(each)["payload"]))
        for name in ("value", "both"):
            if name in held:
                yield int(held[name], 16)


def test_whoever_holds_all_messages_and_a_list_names_nobody(
    both: tuple[House, House], monkeypatch: pytest.MonkeyPatch
) -> None:
    """B tries each candidate with each secret, run and number that it holds: none stands out.

    The true name is among them. What B can make of a candidate is its hash, that to each secret of
    B's, and that to the secret's inverse; none is a number that A sent.
    """
    a, b = both
    powers: list[int] = []
    real = compare.secret

    def noted() -> int:
        powers.append(real())
        return powers[-1]

    monkeypatch.setattr(compare, "secret", noted)
    mine, _ = ids(a, b, OTHER)
    same, messages = run(a, b, OTHER, mine)
    assert same is False
    held, theirs = list(_numbers(messages)), powers[:1]  # A's is not B's to know
    sent_by_a = {held[1], held[2]}
    inverse = pow(theirs[0], -1, compare.Q)
    seen = {pow(n, p, P) for n in sent_by_a for p in (1, theirs[0], inverse)}
    runs = [_run_of(messages[0]), mine, ""]
    for name, run_ in itertools.product([NAME, "Ann Roe", "Bo Ek", "Cy Ash"], runs):
        for power in (1, *theirs, inverse):
            assert pow(square_of(name, run_), power, P) not in seen
    for message in messages:
        assert b"uillon" not in message
    assert NAME.casefold() not in repr(b.ledger.kept("compared")).casefold()


def _run_of(message: bytes) -> str:
    return str(json.loads(base64.b64decode(json.loads(message)["payload"]))["run"])


def test_an_id_is_no_function_of_a_name(both: tuple[House, House], make_reading: Say) -> None:
    """Another with another partner, and in another ledger; the same when it is asked again."""
    a, b = both
    key = key_of(a.ledger, NAME)
    south = a.partner("South")
    one = id_for(a.ledger, south, key)
    assert id_for(a.ledger, south, key) == one
    assert ours(a.ledger, south, one) == key
    assert ours(a.ledger, south, "source-0") is None
    assert id_for(a.ledger, replace(south, id="partner-other"), key) != one
    b.ledger.add([make_reading(NAME, "It is so", url=None)])
    assert id_for(b.ledger, b.partner("North"), key) != one


def test_numbers_outside_the_group_are_refused(both: tuple[House, House]) -> None:
    """None that would tell a secret's parity, or make every name the same."""
    assert not any(map(is_square, (0, 1, P - 1, P, P + 4, -4)))
    assert is_square(4)
    assert not is_square(P - 4)  # no square: -1 is none
    a, b = both
    mine, _ = ids(a, b, OTHER)
    began, asked = begin(b.ledger, b.partner("North"), key_of(b.ledger, OTHER), mine)
    forged = compare._seal(a.ledger, a.partner("South"), act="answer", run=began.id,
                           value="1", both="1")  # fmt: skip
    with pytest.raises(PartnerError, match="none of the group's"):
        finish(began, b.ledger, forged)
    with pytest.raises(PartnerError, match="signed by"):
        finish(began, b.ledger, asked)


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_equal_names_and_no_others_meet(one: str, other: str) -> None:
    """Each name is a square, and two are the same one where they are one name."""
    a, b = square_of(one, "run"), square_of(other, "run")
    assert is_square(a)
    assert (a == b) == (plain_name(one) == plain_name(other))
    assert square_of(one, "run") != square_of(one, "another run")


def test_a_join_is_made_where_theirs_is_known(both: tuple[House, House]) -> None:
    """Nothing is joined with what was never told."""
    a, _ = both
    assert join(a.ledger, a.partner("South"), key_of(a.ledger, NAME), "source-77") is None


def test_an_erased_name_is_in_nothing_that_was_agreed(both: tuple[House, House]) -> None:
    """Nor in the list of what sources are called with a partner."""
    a, b = both
    ids(a, b, OTHER)
    assert "ravenscourt" in repr(a.ledger.kept("compared"))
    a.ledger.erase_names([NAME], by="ann", why="asked")
    assert "ravenscourt" not in repr(a.ledger.kept("compared"))
