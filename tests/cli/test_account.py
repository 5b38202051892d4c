"""`sayso account` as the shell sees it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

pytest.importorskip("argon2", reason="the desk is not installed: pip install 'sayso[desk]'")

from sayso.cli.main import run
from sayso.desk.accounts import passwords
from sayso.desk.accounts.account import named
from sayso.desk.accounts.passwords import Passwords
from sayso.desk.accounts.sessions import Lasting, begin, find
from sayso.desk.accounts.tokens import find_token
from sayso.ledger import Ledger

PASSWORD = "nine herons over the weir"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger's address, which is also the one that commands take; hashes are cheap."""
    made = f"sqlite:///{tmp_path}/accounts.db"
    monkeypatch.setenv("SAYSO_LEDGER", made)
    monkeypatch.setattr(passwords, "RFC_9106", (1, 8, 1))
    monkeypatch.setattr(Passwords.__init__, "__defaults__", ((1, 8, 1),))
    return made


def account(monkeypatch: pytest.MonkeyPatch, *args: str, typed: str = f"{PASSWORD}\n") -> int:
    """The exit code of `sayso account …` with something on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return run(["account", *args])


def test_an_account_is_added_with_a_password_from_standard_input(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first is an admin; a short password is refused and nothing is kept; none is printed."""
    assert account(monkeypatch, "add", "Bo") == 2
    assert account(monkeypatch, "add", "Ada", "--role", "admin", typed="short\n") == 2
    assert account(monkeypatch, "add", "Ada", "--role", "admin", "--by", "Eve") == 0
    assert account(monkeypatch, "add", "Bo", "--role", "coder", "--clearance", "green") == 0
    said = capsys.readouterr()
    assert "first account must be an admin" in said.err
    assert "at least 12" in said.err
    assert said.out == "Ada: admin, sees up to red\nBo: coder, sees up to green\n"
    with Ledger.open(url) as ledger:
        ada = named(ledger, "Ada")
        assert ada.by == "Eve"
        assert Passwords((1, 8, 1)).is_right(PASSWORD, ada.hash)


def test_accounts_are_listed_changed_disabled_and_forgotten(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each by its name; the last admin stays."""
    account(monkeypatch, "add", "Ada", "--role", "admin")
    account(monkeypatch, "add", "Bo", "--role", "coder")
    assert account(monkeypatch, "change", "bo", "--role", "editor", "--clearance", "red") == 0
    assert account(monkeypatch, "change", "bo", "--password", typed=f"{PASSWORD} 2\n") == 0
    assert account(monkeypatch, "change", "bo") == 2
    assert account(monkeypatch, "disable", "Bo") == 0
    assert account(monkeypatch, "disable", "Ada") == 2
    capsys.readouterr()
    assert account(monkeypatch, "list", "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["name"], r["role"], r["clearance"], r["disabled"]) for r in rows] == [
        ("Ada", "admin", "red", False), ("Bo", "editor", "red", True),
    ]  # fmt: skip
    assert "argon2" not in str(rows)
    assert account(monkeypatch, "disable", "Bo", "--undo") == 0
    assert account(monkeypatch, "forget", "Ada") == 2
    assert account(monkeypatch, "forget", "Bo") == 0
    assert account(monkeypatch, "forget", "Bo") == 2
    assert account(monkeypatch, "list") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Ada: admin, sees up to red")
    with Ledger.open(url) as ledger:
        assert len(ledger.kept("account")) == 1


def test_who_comes_in_by_a_provider_needs_no_password(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is asked for; one word of a provider is one account's; another ends the sessions."""
    account(monkeypatch, "add", "Ada", "--role", "admin")
    assert account(monkeypatch, "add", "Bo", "--oidc", "bo@desk.example", typed="") == 0
    assert account(monkeypatch, "add", "Cy", "--oidc", "BO@desk.example", typed="") == 2
    assert account(monkeypatch, "change", "Ada", "--oidc", "bo@desk.example") == 2
    with Ledger.open(url) as ledger:
        bo = named(ledger, "Bo")
        assert (bo.oidc, bo.hash) == ("bo@desk.example", None)
        held = begin(ledger, bo.id, "203.0.113.7", "", 0.0)
        assert find(ledger, held, 0.0, Lasting())
    assert account(monkeypatch, "change", "Bo", "--oidc", "bo@desk.example") == 0
    with Ledger.open(url) as ledger:
        assert find(ledger, held, 0.0, Lasting())
    capsys.readouterr()
    assert account(monkeypatch, "list") == 0
    assert "sees up to amber, by OpenID Connect as bo@desk.example;" in capsys.readouterr().out
    assert account(monkeypatch, "change", "Bo", "--oidc", "") == 0
    with Ledger.open(url) as ledger:
        assert named(ledger, "Bo").oidc is None
        assert find(ledger, held, 0.0, Lasting()) is None


def test_a_token_is_printed_once(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Alone on standard output, so that a script can take it."""
    account(monkeypatch, "add", "Ada", "--role", "admin")
    assert account(monkeypatch, "token", "Ada", "--name", "x", "--scope", "admin") == 2
    assert account(monkeypatch, "token", "Ada", "--name", "x") == 2
    capsys.readouterr()
    assert account(monkeypatch, "token", "Ada", "--name", "x", "--scope", "read") == 0
    words = capsys.readouterr().out.strip()
    with Ledger.open(url) as ledger:
        made = find_token(ledger, words, 0.0)
        assert made
        assert made.scopes == ("read",)
    assert account(monkeypatch, "token", "Ada", "--forget", made.id) == 0
    assert account(monkeypatch, "token", "Ada", "--forget", made.id) == 2
