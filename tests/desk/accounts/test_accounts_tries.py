"""Waits after wrong passwords: they grow, they fade, and they lock nobody out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.accounts import tries
from sayso.desk.accounts.tries import BY_ADDRESS, BY_NAME, LONGEST, WaitError, begin_try, end_try
from sayso.ledger import Ledger

HERE, THERE = "203.0.113.7", "198.51.100.9"
NOW = 1_900_000_000.0


def fail(ledger: Ledger, place: str, name: str, times: int, now: float = NOW) -> None:
    """So many wrong passwords, each as soon as it may be given."""
    for _ in range(times):
        try:
            begin_try(ledger, place, name, now)
        except WaitError as error:
            now += error.seconds
            begin_try(ledger, place, name, now)


def test_the_first_wrong_passwords_cost_nothing_the_next_ever_more(empty_ledger: Ledger) -> None:
    """People mistype; who goes on waits 1, 2, 4 … seconds, at most a quarter of an hour."""
    now, waits = NOW, []
    for _ in range(BY_NAME + 14):
        try:
            begin_try(empty_ledger, HERE, "Ada", now)
        except WaitError as error:
            waits.append(error.seconds)
            now += error.seconds
            begin_try(empty_ledger, HERE, "Ada", now)
    assert waits[:5] == [1, 2, 4, 8, 16]
    assert max(waits) <= LONGEST


def test_wrong_passwords_from_one_address_keep_nobody_out_at_another(empty_ledger: Ledger) -> None:
    """Whoever wants to lock Ada out by wrong passwords locks out themselves."""
    fail(empty_ledger, HERE, "Ada", BY_NAME + 5)
    with pytest.raises(WaitError):
        begin_try(empty_ledger, HERE, "Ada", NOW)
    begin_try(empty_ledger, THERE, "Ada", NOW)


def test_who_tries_many_names_waits_by_the_address(empty_ledger: Ledger) -> None:
    """One password tried on all names is as many wrong ones."""
    for n in range(BY_ADDRESS):
        begin_try(empty_ledger, HERE, f"name {n}", NOW)
    with pytest.raises(WaitError):
        begin_try(empty_ledger, HERE, "one more", NOW)


def test_a_known_browser_has_a_count_of_its_own(empty_ledger: Ledger) -> None:
    """Where others of the same address try passwords, who was here before still gets in."""
    for n in range(BY_ADDRESS + 5):
        fail(empty_ledger, HERE, f"name {n}", 1)
    begin_try(empty_ledger, "device 1", "Ada", NOW, known=True)


def test_a_right_password_clears_the_name_not_the_address(empty_ledger: Ledger) -> None:
    """Who has an account of their own cannot clear the way for the next name with it."""
    for n in range(BY_ADDRESS - 1):
        begin_try(empty_ledger, HERE, f"name {n}", NOW)
        begin_try(empty_ledger, THERE, "Ada", NOW - 7 * 86400)
        end_try(empty_ledger, THERE, "Ada")
    begin_try(empty_ledger, HERE, "Mal", NOW)
    end_try(empty_ledger, HERE, "Mal")
    begin_try(empty_ledger, HERE, "next", NOW)
    with pytest.raises(WaitError):
        begin_try(empty_ledger, HERE, "and next", NOW)


def test_what_was_wrong_fades(empty_ledger: Ledger) -> None:
    """A day later nobody remembers."""
    fail(empty_ledger, HERE, "Ada", BY_NAME + 8)
    assert tries.wrong_tries(empty_ledger, "ada", NOW) == (BY_NAME + 8, 1)
    begin_try(empty_ledger, HERE, "Ada", NOW + 86400)
    assert tries.wrong_tries(empty_ledger, "Ada", NOW + 86400 * 2) == (0, 0)


def test_neither_names_nor_addresses_are_kept(empty_ledger: Ledger) -> None:
    """A password that was typed into the field of the name stands nowhere."""
    fail(empty_ledger, HERE, "correct horse battery", 2)
    held = str(empty_ledger.kept("try"))
    assert "horse" not in held
    assert HERE not in held


def test_a_flood_of_addresses_fills_nothing(
    empty_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest are forgotten: what is kept is bounded, by address and by name."""
    monkeypatch.setattr(tries, "MOST", 10)
    for n in range(25):
        begin_try(empty_ledger, f"192.0.2.{n}", "Ada", NOW)
    assert len(empty_ledger.kept("try")) <= 10
    monkeypatch.setattr(tries, "BY_ADDRESS", 1_000)
    for n in range(tries.NAMES + 20):
        begin_try(empty_ledger, "192.0.2.99", f"name {n}", NOW)
    assert max(len(k.value["names"]) for k in empty_ledger.kept("try")) == tries.NAMES


def test_a_home_is_one_place() -> None:
    """Its network of IPv6 has more addresses than anybody can count; IPv4 in IPv6 is itself."""
    assert tries.place_of("2001:db8:1:2::9") == tries.place_of("2001:db8:1:2:ffff::1")
    assert tries.place_of("2001:db8:1:3::9") != tries.place_of("2001:db8:1:2::9")
    assert tries.place_of("::ffff:203.0.113.7") == HERE
    assert tries.place_of("testclient") == "testclient"


@given(st.integers(0, 10**6), st.floats(0, 10**9), st.floats(0, 10**9))
def test_counts_only_fade(count: int, last: float, now: float) -> None:
    """Whatever the clock does, nothing is added and nothing breaks."""
    assert 0 <= tries.faded(count, last, now) <= count
