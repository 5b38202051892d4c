"""Who asks is found here, by session or token; signing in and out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sayso.desk.accounts import account as kept_accounts
from sayso.desk.accounts import sessions, tokens, tries
from sayso.desk.accounts.account import Account, SignIn
from sayso.desk.accounts.passwords import Passwords, check_password
from sayso.desk.accounts.secret import hash_of, new_secret, parted, seal_of
from sayso.desk.accounts.sessions import Lasting
from sayso.desk.accounts.tokens import Token
from sayso.desk.accounts.who import ANYBODY, Who
from sayso.desk.rights import OF_ROLE, scopes_of
from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.layout.instants import to_iso

LOG = logging.getLogger("sayso.desk")
LONGEST_AGENT = 200
WRONG = "the name or the password is not right"


@dataclass(frozen=True, slots=True)
class Caller:
    """What a browser tells with its sign-in: its address, its name, the device that it is."""

    address: str
    agent: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What the browser is to hold from now on: its session; the device, where it is a new one."""

    account: Account
    session: str
    device: str | None


class Door:
    """Knows who asks, and lets in."""

    def __init__(
        self, ledger: Ledger, passwords: Passwords, lasting: Lasting, *, alone: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.ledger = ledger
        self.passwords = passwords
        self.lasting = lasting
        self.alone = alone  # only this machine reaches the desk
        self.clock = clock
        self._noting: set[str] = set()  # ids of what is just noted to be used
        self._lock = threading.Lock()
        self._guarded = False  # once there are accounts, they are asked for till the desk ends

    def is_guarded(self) -> bool:
        """True where one must sign in: there are accounts, or others than this machine reach it."""
        if not self._guarded:
            self._guarded = not self.alone or bool(self.ledger.kept("account"))
        return self._guarded

    # -- who asks ------------------------------------------------------------------------------

    def by_session(self, held: str) -> Who | None:
        """Who holds a session; anybody where there are no accounts; None who must sign in."""
        if not self.is_guarded():
            return ANYBODY
        session = sessions.find(self.ledger, held, self.clock(), self.lasting) if held else None
        account = self._enabled(session.account) if session else None
        if session is None or account is None:
            return None
        if self.clock() - session.used > sessions.TOUCH:
            self._note_use(session.id, sessions.touch)
        return Who(
            account.name, OF_ROLE[account.role], account.clearance, account.id, account.role,
            session=session.id, given=account.given, seal=seal_of(parted(held, "session")[1]),
        )  # fmt: skip

    def by_token(self, words: str) -> Who | None:
        """Who a token speaks for: it may do what its scopes say, where the account may still."""
        found = tokens.find_token(self.ledger, words, self.clock())
        return self._of_token(found) if found and found.asks is None else None

    def by_feed(self, words: str, asks: Mapping[str, str]) -> Who | None:
        """Who the address of a feed reads for: of one view alone."""
        found = tokens.find_token(self.ledger, words, self.clock())
        return self._of_token(found) if found and found.asks == dict(asks) else None

    def is_still(self, who: Who) -> bool:
        """True where who asked may go on: a stream of events outlives many a session."""
        if who.account is None:
            return not self.is_guarded()
        account = self._enabled(who.account)
        if account is None or account.clearance != who.clearance:
            return False  # who was cleared for less meanwhile asks anew
        if who.session is None:
            return any(t.id == who.token for t in tokens.tokens_of(self.ledger, who.account))
        held = sessions.sessions_of(self.ledger, who.account)
        return any(
            s.id == who.session and not s.is_over(self.clock(), self.lasting) for s in held
        )  # fmt: skip

    def _of_token(self, token: Token) -> Who | None:
        account = self._enabled(token.account)
        if account is None:
            return None
        if self.clock() - (token.used or 0) > sessions.TOUCH:
            self._note_use(token.id, tokens.touch_token)
        return Who(
            account.name, OF_ROLE[account.role] & scopes_of(token.scopes), account.clearance,
            account.id, account.role, token=token.id,
        )  # fmt: skip

    def _enabled(self, id_: str) -> Account | None:
        found = kept_accounts.account(self.ledger, id_)
        return found if found and not found.disabled else None

    def _note_use(self, id_: str, touch: Callable[[Ledger, str, float], None]) -> None:
        """Keep that a session or a token was used, beside the request: another may be writing."""
        with self._lock:
            if id_ in self._noting:
                return
            self._noting.add(id_)

        def note() -> None:
            try:
                touch(self.ledger, id_, self.clock())
            except LedgerError as error:
                LOG.info("not noted that %s was used: %s", id_, error.what)
            finally:
                with self._lock:
                    self._noting.discard(id_)

        threading.Thread(target=note, name="note use", daemon=True).start()

    # -- signing in and out --------------------------------------------------------------------

    def sign_in(self, name: str, password: str, caller: Caller) -> SignedIn:
        """A new session; raises UsageError for a wrong name or password, WaitError for too many.

        An unknown name, a wrong password and a disabled account take as long and say the same.
        """
        found = kept_accounts.by_name(kept_accounts.accounts(self.ledger), name)
        known = bool(found and caller.device and hash_of(caller.device) in found.devices)
        place = f"device {hash_of(caller.device)}" if known else tries.place_of(caller.address)
        tries.begin_try(self.ledger, place, name, self.clock(), known=known)
        right = self.passwords.is_right(password, found.hash if found else None)
        if found is None or not right or found.disabled:
            raise UsageError(WRONG)
        tries.end_try(self.ledger, place, name)
        more = {}
        if found.hash and self.passwords.is_stale(found.hash):
            more["hash"] = self.passwords.hash(password)
        return self.let_in(found, caller, "password", known=known, **more)

    def sign_in_by(self, said: str, caller: Caller, *, mail: bool) -> SignedIn:
        """A new session for who a provider says it is; raises UsageError where none is made for it.

        Nobody is made by it, and of a disabled account it is not told that there is one.
        """
        found = kept_accounts.by_oidc(kept_accounts.accounts(self.ledger), said, mail=mail)
        if found is None or found.disabled:
            raise UsageError(f"no account here is for {said!r:.270}; an admin makes them")
        # as known: the device counts wrong passwords, and here none was given
        return self.let_in(found, caller, "OpenID Connect", known=True)

    def let_in(
        self, account: Account, caller: Caller, how: str, *, known: bool = False, **more: str
    ) -> SignedIn:
        """A new session of an account that proved to be the one."""
        now = self.clock()
        sessions.sweep(self.ledger, now, self.lasting)
        agent = caller.agent[:LONGEST_AGENT]
        held = sessions.begin(self.ledger, account.id, caller.address, agent, now)
        device = None if known else new_secret()
        done = SignIn(to_iso(int(now * 1_000_000)), caller.address, agent, how)
        kept_accounts.note_sign_in(
            self.ledger, account.id, done, device.hash if device else None, **more
        )
        return SignedIn(account, held, device.words if device else None)

    def sign_out(self, who: Who) -> None:
        """End the session by which somebody asks."""
        if who.account and who.session:
            sessions.end(self.ledger, who.account, only=who.session)

    def change_password(self, who: Who, old: str, new: str, caller: Caller) -> SignedIn:
        """A new password and a new session; all others of the account end. Raises UsageError."""
        found = self._enabled(who.account or "")
        if found is None:
            raise UsageError(WRONG)
        place = f"session {who.session}"
        tries.begin_try(self.ledger, place, found.name, self.clock(), known=True)
        if not self.passwords.is_right(old, found.hash):
            raise UsageError("the present password is not right")
        tries.end_try(self.ledger, place, found.name)
        check_password(new, found.name)
        kept_accounts.change_account(
            self.ledger, found.id, hash=self.passwords.hash(new), given=False
        )
        sessions.end(self.ledger, found.id)
        return self.let_in(found, caller, "new password", known=True)
