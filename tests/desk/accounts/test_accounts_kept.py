"""Accounts, sessions and tokens as they are kept."""

from __future__ import annotations

import contextlib
import threading

import pytest

from sayso.desk.accounts import account as kept
from sayso.desk.accounts import sessions, tokens
from sayso.desk.accounts.account import add_account
from sayso.desk.accounts.passwords import Passwords, check_password
from sayso.desk.accounts.sessions import Lasting
from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import Ledger

NOW = 1_900_000_000.0


@pytest.fixture
def admin(empty_ledger: Ledger) -> kept.Account:
    """The first account."""
    return add_account(empty_ledger, "Ada", role="admin", by="tests")


def test_the_first_account_is_an_admin_and_one_stays(empty_ledger: Ledger) -> None:
    """Else nobody could make the others; nor be let in again."""
    with pytest.raises(UsageError, match="first account must be an admin"):
        add_account(empty_ledger, "Bo", role="coder", by="tests")
    ada = add_account(empty_ledger, "Ada", role="admin", by="tests")
    bo = add_account(empty_ledger, "Bo", role="coder", by="tests")
    for changes in ({"role": "editor"}, {"disabled": True}):
        with pytest.raises(UsageError, match="only admin"):
            kept.change_account(empty_ledger, ada.id, **changes)
    with pytest.raises(UsageError, match="only admin"):
        kept.forget_account(empty_ledger, ada.id)
    kept.change_account(empty_ledger, bo.id, role="admin")
    kept.change_account(empty_ledger, ada.id, disabled=True)
    with pytest.raises(UsageError, match="only admin"):
        kept.change_account(empty_ledger, bo.id, role="reader")


def test_two_admins_who_disable_each_other_at_once_leave_one(
    empty_ledger: Ledger, admin: kept.Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked at and what is changed are one transaction."""
    bo = add_account(empty_ledger, "Bo", role="admin", by="tests")
    meet, look = threading.Barrier(2), kept.accounts

    def slow(ledger: Ledger) -> list[kept.Account]:
        found = look(ledger)
        with contextlib.suppress(threading.BrokenBarrierError):
            meet.wait(0.5)  # both have looked, where they look outside of it
        return found

    monkeypatch.setattr(kept, "accounts", slow)
    told: list[str] = []

    def disable(id_: str) -> None:
        try:
            kept.change_account(empty_ledger, id_, disabled=True)
        except UsageError as error:
            told.append(str(error))

    threads = [threading.Thread(target=disable, args=(each.id,)) for each in (admin, bo)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert [a.disabled for a in look(empty_ledger)].count(False) == 1


@pytest.mark.parametrize("name", ["ada", " Ada ", "ADA", "Ａｄａ"])  # the last is full width
def test_nobody_signs_as_somebody_else(
    name: str, empty_ledger: Ledger, admin: kept.Account
) -> None:
    """A name in another case or width is the same name."""
    with pytest.raises(UsageError, match="already"):
        add_account(empty_ledger, name, role="coder", by="tests")
    assert kept.named(empty_ledger, name) == admin


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\u202eb", "a\x00b"])
def test_a_name_can_be_read(name: str, empty_ledger: Ledger) -> None:
    """Signs that turn or hide what stands beside them are no name."""
    with pytest.raises(UsageError, match="needs a name"):
        add_account(empty_ledger, name, role="admin", by="tests")


def test_unknown_roles_markings_and_names_are_said(
    empty_ledger: Ledger, admin: kept.Account
) -> None:
    """With what there is."""
    with pytest.raises(UsageError, match="reader, coder"):
        kept.change_account(empty_ledger, admin.id, role="king")
    with pytest.raises(UsageError, match="amber"):
        kept.change_account(empty_ledger, admin.id, clearance="pink")
    with pytest.raises(NotInLedgerError, match="did you mean Ada"):
        kept.named(empty_ledger, "Adda")
    with pytest.raises(NotInLedgerError):
        kept.change_account(empty_ledger, "account-0", role="admin")


def test_a_forgotten_account_leaves_no_session_and_no_token(
    empty_ledger: Ledger, admin: kept.Account
) -> None:
    """And the next account of that name inherits nothing."""
    sessions.begin(empty_ledger, admin.id, "", "", NOW)
    tokens.make_token(empty_ledger, admin.id, "x", ["read"], now=NOW, days=1)
    kept.forget_account(empty_ledger, admin.id)
    assert [empty_ledger.kept(kind) for kind in ("account", "session", "token")] == [[], [], []]


def test_a_session_ends_when_it_is_not_used_and_in_any_case(
    empty_ledger: Ledger, admin: kept.Account
) -> None:
    """Used every hour, it still ends after its whole time; what expired is swept away."""
    lasting = Lasting(idle=7200, whole=86400)
    held = sessions.begin(empty_ledger, admin.id, "192.0.2.1", "", NOW)
    found = sessions.find(empty_ledger, held, NOW + 7000, lasting)
    assert found
    assert sessions.find(empty_ledger, held, NOW + 7300, lasting) is None
    for hour in range(24):
        sessions.touch(empty_ledger, found.id, NOW + hour * 3600)
        assert sessions.find(empty_ledger, held, NOW + hour * 3600, lasting)
    sessions.touch(empty_ledger, found.id, NOW + 86400)
    assert sessions.find(empty_ledger, held, NOW + 86401, lasting) is None
    sessions.sweep(empty_ledger, NOW + 86401, lasting)
    assert empty_ledger.kept("session") == []


def test_a_session_is_known_by_its_secret_alone(empty_ledger: Ledger, admin: kept.Account) -> None:
    """Its id, which lists show, opens nothing; nor does a token's secret, nor what is kept."""
    held = sessions.begin(empty_ledger, admin.id, "", "", NOW)
    id_, _, words = held.partition(".")
    row = empty_ledger.kept("session")[0]
    assert words not in str(row.value)
    _, token = tokens.make_token(empty_ledger, admin.id, "x", ["read"], now=NOW, days=1)
    for wrong in (
        id_,
        f"{id_}.",
        f"{id_}.{row.value['hash']}",
        f"{id_}.{words}x",
        words,
        token,
        "",
    ):
        assert sessions.find(empty_ledger, wrong, NOW, Lasting()) is None, wrong
    assert tokens.find_token(empty_ledger, held, NOW) is None


def test_an_account_has_so_many_sessions(empty_ledger: Ledger, admin: kept.Account) -> None:
    """The one that was used longest ago ends."""
    first = sessions.begin(empty_ledger, admin.id, "", "", NOW)
    for n in range(sessions.MOST):
        last = sessions.begin(empty_ledger, admin.id, "", "", NOW + n + 1)
    assert len(sessions.sessions_of(empty_ledger, admin.id)) == sessions.MOST
    assert sessions.find(empty_ledger, first, NOW, Lasting()) is None
    assert sessions.find(empty_ledger, last, NOW + 50, Lasting())


def test_a_token_ends(empty_ledger: Ledger, admin: kept.Account) -> None:
    """After its days; one of another account is not forgotten by its id."""
    made, words = tokens.make_token(empty_ledger, admin.id, "x", ["read"], now=NOW, days=2)
    assert tokens.find_token(empty_ledger, words, NOW + 2 * 86400 - 1) == made
    assert tokens.find_token(empty_ledger, words, NOW + 2 * 86400) is None
    with pytest.raises(UsageError, match="no such token"):
        tokens.forget_token(empty_ledger, made.id, "account-of-another")
    tokens.forget_token(empty_ledger, made.id, admin.id)
    assert tokens.find_token(empty_ledger, words, NOW) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("elevenchars", "at least 12"), ("x" * 1001, "at most"), ("abababababab", "repeats"),
        ("adalovelace1!", "hardly more than the name"),
    ],
)  # fmt: skip
def test_a_password_that_is_easily_guessed_is_refused(password: str, words: str) -> None:
    """Short, endless, of a few characters, or the name again."""
    with pytest.raises(UsageError, match=words):
        check_password(password, "Adalovelace")


def test_a_hash_is_checked_and_renewed() -> None:
    """Nobody's hash fits no password; one made cheaper is stale; a broken one is wrong."""
    cheap, dear = Passwords((1, 8, 1)), Passwords((2, 16, 1))
    made = cheap.hash("nine herons over the weir")
    assert cheap.is_right("nine herons over the weir", made)
    assert not cheap.is_right("nine herons over the mill", made)
    assert not cheap.is_right("nobody has this password", None)
    assert not cheap.is_right("nine herons over the weir", "broken")
    assert dear.is_stale(made)
    assert not cheap.is_stale(made)


def test_what_is_kept_shows_no_secret(empty_ledger: Ledger) -> None:
    """Not where an account is printed, as in a log."""
    hash_ = Passwords((1, 8, 1)).hash("nine herons over the weir")
    made = add_account(empty_ledger, "Ada", role="admin", by="tests", hash_=hash_)
    assert "argon2" not in repr(made)
