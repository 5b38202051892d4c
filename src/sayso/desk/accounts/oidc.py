"""Signing in by OpenID Connect: to a provider and back, with its word on who somebody is.

Authorization code flow with PKCE. The desk keeps nothing of a sign-in that is under way: state,
nonce and verifier are made from one secret, which the browser holds in a cookie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote, quote_plus, unquote, urlencode, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from sayso.desk.accounts.oidc_file import OidcSettings, is_endpoint
from sayso.desk.accounts.secret import new_secret
from sayso.desk.problems import Problem
from sayso.errors import FetchError
from sayso.intake.fetch import Fetcher

LOG = logging.getLogger("sayso.desk")
# signatures by a key that the provider alone has: neither `none` nor one by the shared secret
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY = 60  # seconds that two clocks may differ
KNOWN_FOR = 300.0  # seconds for which what a provider said of itself is not asked for again
LARGEST, WHOLE = 1024 * 1024, 10.0  # bytes and seconds of one answer
AT_ONCE, LONGEST_WAIT = 4, 2.0  # whoever asks is unknown yet: they must not hold up the desk
LONGEST_BACK = 2_000  # a cookie has at most 4096 bytes
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Trip:
    """A sign-in under way, as the browser holds it: a secret, and the page to go on to."""

    secret: str
    back: str

    @classmethod
    def begin(cls, back: str) -> Self:
        """A new one."""
        return cls(new_secret().words, back if len(quote(back, safe="")) <= LONGEST_BACK else "/")

    @classmethod
    def held(cls, cookie: str) -> Self:
        """The one that a cookie tells of, where it tells of one."""
        secret, _, back = cookie.partition(".")
        return cls(secret, unquote(back))

    @property
    def cookie(self) -> str:
        """What the browser is to hold."""
        return f"{self.secret}.{quote(self.back, safe='')}"

    def word(self, what: str) -> str:
        """64 hex digits, for the `state`, the `nonce`, or the `verifier` of PKCE."""
        return hmac.new(self.secret.encode(), what.encode(), hashlib.sha256).hexdigest()

    def is_state(self, said: str) -> bool:
        """True where this is what was sent along: the answer is to this browser's question."""
        mine = self.word("state").encode()
        return bool(self.secret) and hmac.compare_digest(said.encode("utf-8", "replace"), mine)


@dataclass(frozen=True, slots=True)
class _About:
    """What a provider says of itself: where one signs in, where a code is redeemed, its keys."""

    authorize: str
    redeem: str
    keys: str
    by_form: bool  # it takes the secret in the form alone


class Provider:
    """A provider of OpenID Connect. Its host may be an inner one: who runs the desk named it."""

    def __init__(
        self, settings: OidcSettings, inner: Collection[tuple[str, int]] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.clock = clock
        found = urlsplit(settings.issuer)
        port = found.port or (443 if found.scheme == "https" else 80)
        self._inner = [(found.hostname or "", port), *inner]
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._known: tuple[float, _About] | None = None

    def begin(self, back: str, come_back: str) -> tuple[str, str]:
        """The address to which a browser is sent, and the cookie to hold; raises Problem."""
        trip = Trip.begin(back)
        with self._turn() as fetcher:
            about = self._about(fetcher)
        address = prepare_grant_uri(
            about.authorize, self.settings.client_id, "code", come_back, self.settings.scope,
            trip.word("state"), nonce=trip.word("nonce"), code_challenge_method="S256",
            code_challenge=create_s256_code_challenge(trip.word("verifier")),
        )  # fmt: skip
        return address, trip.cookie

    @staticmethod
    def trip(cookie: str) -> Trip:
        """The sign-in under way that a browser's cookie tells of."""
        return Trip.held(cookie)

    def finish(self, trip: Trip, code: str, come_back: str) -> str:
        """By what the provider knows who came back with a code; raises Problem."""
        if not code:
            raise Problem(401, "the provider let nobody in", "begin again")
        with self._turn() as fetcher:
            about = self._about(fetcher)
            given = self._redeem(fetcher, about, trip, code, come_back)
            keys = self._answer(fetcher, about.keys)
        return self._name(self._claims(given, keys, trip))

    @contextmanager
    def _turn(self) -> Iterator[Fetcher]:
        if not self._turns.acquire(timeout=LONGEST_WAIT):
            raise Problem(503, "many sign in at this moment", "try again")
        try:
            with Fetcher(inner=self._inner, largest=LARGEST, whole=WHOLE) as fetcher:
                yield fetcher
        finally:
            self._turns.release()

    def _about(self, fetcher: Fetcher) -> _About:
        if self._known and 0 <= self.clock() - self._known[0] < KNOWN_FOR:
            return self._known[1]
        issuer = self.settings.issuer
        said = self._answer(fetcher, issuer.rstrip("/") + "/.well-known/openid-configuration")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if said.get("issuer") != issuer:
            raise self._broken(f"it calls itself {said.get('issuer')!r:.200}, not {issuer!r}")
        if wrong := [name for name in names if not is_endpoint(said.get(name), issuer)]:
            raise self._broken(f"its {wrong[0]} is no https address: {said.get(wrong[0])!r:.200}")
        ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        authorize, redeem, keys = (said[name] for name in names)
        found = _About(authorize, redeem, keys, by_form="client_secret_basic" not in ways)
        self._known = (self.clock(), found)
        return found

    def _redeem(
        self, fetcher: Fetcher, about: _About, trip: Trip, code: str, come_back: str
    ) -> dict[str, Any]:
        """What a code is redeemed for; the provider takes each once."""
        mine = self.settings
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": come_back,
                "code_verifier": trip.word("verifier")}  # fmt: skip
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if about.by_form:
            form |= {"client_id": mine.client_id, "client_secret": mine.secret}
        else:  # RFC 6749, 2.3.1: both are encoded as in a form before they are joined
            joined = f"{quote_plus(mine.client_id)}:{quote_plus(mine.secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(joined.encode()).decode()}"
        return self._answer(fetcher, about.redeem, headers, urlencode(form).encode())

    def _answer(
        self, fetcher: Fetcher, address: str, headers: Mapping[str, str] | None = None,
        form: bytes | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """The JSON object that an address of the provider answers."""
        try:
            said = json.loads(
                fetcher.ask(address, {"Accept": "application/json", **(headers or {})}, form)
            )
        except FetchError as error:
            raise self._broken(str(error)) from error
        except (ValueError, RecursionError) as error:
            raise self._broken(f"{address} answers no JSON") from error
        if not isinstance(said, dict):
            raise self._broken(f"{address} answers no JSON object")
        return said

    def _claims(
        self, given: Mapping[str, Any], keys: Mapping[str, Any], trip: Trip
    ) -> Mapping[str, Any]:
        """What an ID token says, once it is found to be the provider's, for us, of this trip."""
        mine = self.settings
        must = {"iss": {"essential": True, "value": mine.issuer},
                "aud": {"essential": True, "value": mine.client_id}}  # fmt: skip
        held = {"nonce": trip.word("nonce"), "client_id": mine.client_id,
                "access_token": given.get("access_token")}  # fmt: skip
        try:
            signed = jwt.decode(given["id_token"], _key_set(keys), algorithms=ALGORITHMS)
            claims = CodeIDToken(signed.claims, signed.header, must, held)
            claims.validate(now=int(self.clock()), leeway=LEEWAY)
        except JoseError as error:
            raise _refused(str(error)) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:  # of what is no token
            raise _refused(type(error).__name__) from error
        found: Mapping[str, Any] = claims
        return found

    def _name(self, claims: Mapping[str, Any]) -> str:
        """The claim that names an account; an e-mail address only where it was verified."""
        claim = self.settings.claim
        said = claims.get(claim)
        if not isinstance(said, str) or not 0 < len(said) <= LONGEST_NAME:
            raise _refused(f"it has no claim {claim!r} of at most {LONGEST_NAME} characters")
        if claim == "email" and claims.get("email_verified") is not True:
            raise Problem(401, "the provider has not verified your e-mail address")
        return said

    def _broken(self, why: str) -> Problem:
        LOG.warning("OpenID Connect: %s", why)
        host = urlsplit(self.settings.issuer).hostname
        return Problem(
            502, f"{host} did not answer as it should",
            "begin again, or ask an admin, who finds more in the desk's log",
        )  # fmt: skip


def _key_set(said: Mapping[str, Any]) -> KeySet:
    """The provider's public keys for signatures; raises JoseError where there are none."""
    kinds = [key for key in said.get("keys", ()) if key.get("kty") in ("RSA", "EC")]
    return KeySet.import_key_set({"keys": [k for k in kinds if k.get("use", "sig") == "sig"]})


def _refused(why: str) -> Problem:
    LOG.warning("OpenID Connect: an ID token was refused: %.200s", why)
    return Problem(401, "what the provider said of you does not hold", "begin again")
