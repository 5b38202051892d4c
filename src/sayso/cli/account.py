"""`sayso account`: who may sign in at the desk, in which role, and what they may see."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import click

from sayso.cli.command import Command, Group, LateChoice
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, open_ledger, who
from sayso.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from sayso.desk.accounts.account import Account
    from sayso.desk.accounts.passwords import Passwords
    from sayso.ledger import Ledger

SHOWN = ("name", "role", "clearance", "disabled", "oidc", "made", "by")


def _roles() -> Sequence[str]:
    roles: Sequence[str] = _room()[0].ROLES
    return roles


def _markings() -> Sequence[str]:
    from sayso.record.marking import MARKINGS

    return MARKINGS


def _scopes() -> Sequence[str]:
    _room()
    from sayso.desk.rights import SCOPES

    return SCOPES


clearance_option = click.option(
    "--clearance", type=LateChoice(_markings), metavar="MARKING",
    help="The strictest TLP marking that they may see: clear, green, amber, amber+strict, red.",
)  # fmt: skip
oidc_option = click.option(
    "--oidc", metavar="SUBJECT_OR_MAIL",
    help="By what a provider of OpenID Connect knows them: its subject, or an e-mail address.",
)  # fmt: skip


@click.group(
    cls=Group,
    examples=(
        "sayso account add Ada --role admin",
        "sayso account add Bo --role coder --clearance green",
        "sayso account token Bo --name 'nightly export' --scope read --scope export --days 90",
    ),
)
def account() -> None:
    """Who may sign in at the desk, in which role, and what they may see.

    As soon as there is one account, every page and API call needs a sign-in or a token. Passwords
    are asked for, or read as a line of standard input; never given on the command line.
    """


@account.command(
    cls=Command,
    examples=(
        "sayso account add Ada --role admin",
        "pass desk/bo | sayso account add Bo",
        "sayso account add Cy --oidc cy@desk.example",
    ),
    exits="0 added; 2 not added, or wrong usage.",
)
@click.argument("name")
@click.option(
    "--role", type=LateChoice(_roles), default="reader", show_default=True, metavar="ROLE",
    help="reader, coder, editor or admin; the first account must be an admin.",
)  # fmt: skip
@clearance_option
@oidc_option
@ledger_option
@by_option
def add(
    name: str, role: str, clearance: str | None, oidc: str | None, url: str | None, by: str | None
) -> None:
    """Make an account; NAME is what decisions bear. Admins see red where nothing else is said.

    All others amber. With --oidc it has no password till `change --password` gives it one.
    """
    accounts, passwords = _room()
    hash_ = None if oidc else _hash(passwords, name)
    with open_ledger(url, create=True) as ledger:
        made = accounts.add_account(
            ledger, name, role=role, by=who(by), clearance=clearance, hash_=hash_, oidc=oidc
        )
    click.echo(f"{made.name}: {made.role}, sees up to {made.clearance}")


@account.command(
    "list", cls=Command, examples=("sayso account list", "sayso account list --format jsonl")
)
@ledger_option
@click.option(
    "--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True
)
def list_(url: str | None, form: str) -> None:
    """Accounts and their tokens.

    Neither passwords nor the tokens' words are kept, so none can be shown.
    """
    accounts, _ = _room()
    from sayso.desk.accounts.tokens import tokens_of

    with open_ledger(url) as ledger:
        found, tokens = accounts.accounts(ledger), tokens_of(ledger)
    for each in found:
        own = [t for t in tokens if t.account == each.id]
        last = each.sign_ins[0].at[:16] if each.sign_ins else None
        if form == "jsonl":
            row = {name: getattr(each, name) for name in SHOWN}
            held = [{"id": t.id, "name": t.name, "scopes": t.scopes} for t in own]
            click.echo(json.dumps(row | {"signed_in": last, "tokens": held}, ensure_ascii=False))
            continue
        off = ", disabled" if each.disabled else ""
        seen = f"last signed in {last}Z" if last else "never signed in"
        way = f", by OpenID Connect as {each.oidc}" if each.oidc else ""
        click.echo(f"{each.name}: {each.role}{off}, sees up to {each.clearance}{way}; {seen}")
        for token in own:
            click.echo(f"  {token.id} {token.name}: {', '.join(token.scopes)}")


@account.command(
    cls=Command,
    examples=("sayso account change Bo --role editor", "sayso account change Bo --password"),
    exits="0 changed; 2 not changed, or wrong usage.",
)
@click.argument("name")
@click.option("--role", type=LateChoice(_roles), metavar="ROLE", help="Another role.")
@clearance_option
@oidc_option
@click.option("--password", is_flag=True, help="Ask for another password; it ends all sessions.")
@ledger_option
def change(
    name: str, role: str | None, clearance: str | None, oidc: str | None, password: bool,
    url: str | None,
) -> None:  # fmt: skip
    """Another role, clearance or password for an account; or by what a provider knows its owner.

    An empty --oidc takes that way in away. It and a new password end all sessions.
    """
    accounts, passwords = _room()
    if not (role or clearance or password or oidc is not None):
        raise click.UsageError("say what to change")
    with open_ledger(url) as ledger:
        found = accounts.named(ledger, name)
        said: dict[str, object] = {"role": role, "clearance": clearance, "oidc": oidc}
        if password:
            said |= {"hash": _hash(passwords, found.name), "given": False}
        made = accounts.change_account(ledger, found.id, **said)
        if password or made.oidc != found.oidc:
            _end_sessions(ledger, found)
    click.echo(f"{made.name}: {made.role}, sees up to {made.clearance}")


@account.command(
    cls=Command,
    examples=("sayso account disable Bo", "sayso account disable Bo --undo"),
    exits="0 done; 2 not done, or wrong usage.",
)
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let them in again.")
@ledger_option
def disable(name: str, undo: bool, url: str | None) -> None:
    """Let an account in no more.

    Its sessions and tokens end at once; what it did stays.
    """
    accounts, _ = _room()
    with open_ledger(url) as ledger:
        found = accounts.named(ledger, name)
        accounts.change_account(ledger, found.id, disabled=not undo)
        if not undo:
            _end_sessions(ledger, found)
    click.echo(f"{found.name}: {'may sign in again' if undo else 'disabled'}")


@account.command(
    cls=Command,
    examples=(
        "sayso account token Bo --name 'nightly export' --scope read --scope export",
        "sayso account token Bo --forget token-5d0c4e1f9a7b2c33",
    ),
    exits="0 done; 2 not done, or wrong usage.",
)
@click.argument("name")
@click.option("--name", "label", metavar="WORDS", help="What the token is for.")
@click.option(
    "--scope", "scopes", multiple=True, type=LateChoice(_scopes), metavar="SCOPE",
    help="What it may do, never more than the account: read, export, add, judge, …",
)  # fmt: skip
@click.option("--days", type=click.IntRange(1, 3660), default=90, show_default=True,
              help="How long it lasts.")  # fmt: skip
@click.option("--forget", metavar="ID", help="Forget a token instead.")
@ledger_option
def token(
    name: str, label: str | None, scopes: tuple[str, ...], days: int, forget: str | None,
    url: str | None,
) -> None:  # fmt: skip
    """Make a token for a program.

    It asks in the account's name; the token is printed this once.
    """
    accounts, _ = _room()
    from sayso.desk.accounts import tokens

    with open_ledger(url) as ledger:
        found = accounts.named(ledger, name)
        if forget:
            tokens.forget_token(ledger, forget, found.id)
            click.echo(f"{forget} is forgotten")
            return
        _, words = tokens.make_token(
            ledger, found.id, label or "", scopes, now=time.time(), days=days
        )
    say(f"a program sends it as Authorization: Bearer; it ends in {days} days")
    click.echo(words)


@account.command(cls=Command, examples=("sayso account forget Bo",),
                 exits="0 forgotten; 2 not, or wrong usage.")  # fmt: skip
@click.argument("name")
@ledger_option
def forget(name: str, url: str | None) -> None:
    """Remove an account, its sessions and tokens.

    What it did stays under its name. `disable` is better where somebody may come back: a name that
    is free can be taken by another.
    """
    accounts, _ = _room()
    with open_ledger(url) as ledger:
        found = accounts.named(ledger, name)
        accounts.forget_account(ledger, found.id)
        left = bool(accounts.accounts(ledger))
    click.echo(f"{found.name} is forgotten")
    if not left:
        say("no account is left: the desk lets in whoever sits at this machine, and nobody else")


def _room() -> tuple[ModuleType, type[Passwords]]:
    """What knows accounts and hashes passwords; raises UsageError where it is not installed."""
    try:
        from sayso.desk.accounts import account as accounts
        from sayso.desk.accounts.passwords import Passwords
    except ModuleNotFoundError as error:
        raise UsageError(
            f"accounts need {error.name}, which is not installed: pip install 'sayso[desk]'"
        ) from None
    return accounts, Passwords


def _hash(passwords: type[Passwords], name: str) -> str:
    """The hash of a password that is asked for, or is a line of standard input."""
    from sayso.desk.accounts.passwords import check_password

    if sys.stdin.isatty():
        said: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        said = sys.stdin.readline().rstrip("\r\n")
    check_password(said, name)
    return passwords().hash(said)


def _end_sessions(ledger: Ledger, found: Account) -> None:
    from sayso.desk.accounts.sessions import end

    end(ledger, found.id)
