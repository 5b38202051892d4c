"""Signing in by OpenID Connect, and all that a provider or somebody in between may do wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

pytest.importorskip("authlib", reason="it is not installed: pip install 'sayso[oidc]'")
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from sayso.desk.accounts import account as kept
from sayso.desk.accounts.door import Caller
from sayso.desk.accounts.oidc import Provider
from sayso.desk.accounts.oidc_file import OidcSettings
from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.ledger import Ledger

CLIENT, SECRET = "sayso desk", "a:secret/with signs"
DONE = "http://testserver/sign-in/oidc/done"


@dataclass
class Fake:
    """A provider on this machine: it gives codes, and redeems each once."""

    site: Any
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "k1"}))
    subject: str = "sub-bo"
    claims: dict[str, Any] = field(default_factory=dict)  # laid over what a token says
    about: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)
    sign: Callable[[dict[str, Any]], str] | None = None

    def start(self) -> Fake:
        """Answer from now on."""
        at = self.site.url
        about = {
            "issuer": at, "authorization_endpoint": f"{at}/authorize?tenant=1",
            "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys",
        }  # fmt: skip
        self.site.say("/.well-known/openid-configuration", json.dumps(about | self.about))
        self.site.say("/keys", json.dumps({"keys": [self.key.as_dict(private=False)]}))
        self.site.paths["/token"] = self.redeem
        return self

    def consent(self, address: str, subject: str = "") -> dict[str, str]:
        """What the browser brings back after somebody signed in there."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked | {"sub": subject or self.subject}
        return {"code": code, "state": asked["state"]}

    def redeem(self, request: BaseHTTPRequestHandler) -> None:
        """An ID token for a code, to whoever holds its verifier and the client's secret."""
        form = dict(parse_qsl(request.rfile.read(int(request.headers["content-length"])).decode()))
        self.forms.append(form)
        asked = self.codes.pop(form.get("code", ""), None)
        said = request.headers.get("authorization", "")
        fine = asked and self.is_client(said, form) and is_verifier(form, asked)
        told = {"error": "invalid_grant"}
        if asked and fine:
            told = {"access_token": "x", "token_type": "Bearer", "id_token": self.token(asked)}
        body = json.dumps(told).encode()
        request.send_response(200 if fine else 400)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def is_client(self, said: str, form: dict[str, str]) -> bool:
        """True where the secret is sent in the way that was asked for."""
        if self.about.get("token_endpoint_auth_methods_supported"):
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        pair = base64.b64decode(said.removeprefix("Basic ")).decode()
        return pair == "sayso+desk:a%3Asecret%2Fwith+signs"

    def token(self, asked: dict[str, str]) -> str:
        """What the provider says of who signed in."""
        now = int(time.time())
        claims = {
            "iss": self.site.url, "aud": CLIENT, "sub": asked["sub"], "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, **self.claims,
        }  # fmt: skip
        claims = {k: v for k, v in claims.items() if v is not None}
        if self.sign:
            return self.sign(claims)
        return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, self.key)


def is_verifier(form: dict[str, str], asked: dict[str, str]) -> bool:
    """True where what is redeemed is what was asked for (RFC 7636)."""
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (asked["code_challenge"], asked["code_challenge_method"]) == (challenge, "S256") and (
        form["redirect_uri"] == asked["redirect_uri"] == DONE
    )


@pytest.fixture
def fake(site: Any) -> Fake:
    """A provider that does all right."""
    return Fake(site).start()


@dataclass
class Desk:
    """A desk that people sign in at by a provider."""

    ledger: Ledger
    provider: Provider
    app: Any

    def visitor(self, scheme: str = "http") -> TestClient:
        """A new browser."""
        return TestClient(
            self.app, f"{scheme}://testserver", follow_redirects=False,
            raise_server_exceptions=False,
        )  # fmt: skip


@pytest.fixture
def make_desk(empty_ledger: Ledger, fake: Fake) -> Callable[..., Desk]:
    """A function that starts a desk with an admin, a coder and a reader; Ada has no way in."""

    def make(**more: str) -> Desk:
        provider = Provider(OidcSettings(fake.site.url, CLIENT, SECRET, **more))
        settings = Settings(by="x", hosts=("testserver",), cost=(1, 8, 1), oidc=provider)
        for name, role, oidc in (
            ("Ada", "admin", None), ("Bo", "coder", "sub-bo"), ("Cy", "reader", "cy@desk.example"),
        ):  # fmt: skip
            kept.add_account(empty_ledger, name, role=role, by="tests", oidc=oidc)
        return Desk(empty_ledger, provider, create_app(empty_ledger, settings))

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """One whose accounts are named by the subject."""
    return make_desk()


def begin(client: TestClient, back: str = "/log") -> str:
    """The provider's address to which a browser is sent."""
    answer = client.get("/sign-in/oidc", params={"back": back})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def come_back(client: TestClient, fake: Fake, subject: str = "", **changed: str) -> Any:
    """The answer to a browser that went to the provider and came back."""
    said = fake.consent(begin(client), subject) | changed
    return client.get("/sign-in/oidc/done", params=said)


def is_in(client: TestClient) -> bool:
    """True where a browser is signed in."""
    return client.get("/api/v1/me").status_code == 200


def seal_of(client: TestClient) -> str:
    """The seal in the pages of a browser."""
    return client.get("/account").text.partition('name="seal" content="')[2][:32]


# -- in -------------------------------------------------------------------------------------------


def test_one_goes_to_the_provider_and_comes_back_in(desk: Desk, fake: Fake) -> None:
    """By a link, which needs no script; the page that was asked for comes after it; then out."""
    client = desk.visitor()
    page = client.get("/sign-in", params={"back": "/log?act=report"}).text
    assert 'href="/sign-in/oidc?back=/log%3Fact%3Dreport">Sign in with OpenID Connect</a>' in page
    assert 'name="password"' in page
    address = begin(client, "/log?act=report")
    asked = parse_qs(urlsplit(address).query)
    assert asked["scope"] == ["openid"]
    assert asked["tenant"] == ["1"]
    assert "log" not in address
    done = client.get("/sign-in/oidc/done", params=fake.consent(address))
    assert done.headers["location"] == "/log?act=report"
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["role"]) == ("Bo", "coder")
    assert kept.named(desk.ledger, "Bo").sign_ins[0].how == "OpenID Connect"
    assert "client_secret" not in fake.forms[0]
    client.post("/sign-out", data={"seal": seal_of(client)})
    assert not is_in(client)


def test_the_cookie_of_a_sign_in_under_way_is_short_lived(desk: Desk) -> None:
    """No script reads it, no page of another site sends a form with it; over https it is secure."""
    for scheme, name in (("http", "sayso_oidc"), ("https", "__Host-sayso-oidc")):
        answer = desk.visitor(scheme).get("/sign-in/oidc")
        held = answer.headers["set-cookie"]
        assert held.startswith(f"{name}=")
        assert "HttpOnly; Max-Age=600; Path=/; SameSite=lax" in held
        assert ("Secure" in held) == (scheme == "https")
        assert answer.headers["cache-control"] == "no-store"


def test_a_verified_address_names_an_account(make_desk: Callable[..., Desk], fake: Fake) -> None:
    """In any case of a to z; not one that the provider did not verify, nor one that looks alike."""
    desk = make_desk(claim="email", label="Sign in with Example ID")
    assert "Sign in with Example ID" in desk.visitor().get("/sign-in").text
    for mail, verified, status in (
        ("Cy@Desk.example", True, 303), ("cy@desk.example", False, 401),
        ("cy@desk.example", "true", 401), ("cy@des\u212a.example", True, 403), (None, True, 401),
        ("", True, 401), (["cy@desk.example"], True, 401),
    ):  # fmt: skip
        fake.claims = {"email": mail, "email_verified": verified}
        client = desk.visitor()
        assert come_back(client, fake).status_code == status, (mail, verified)
        assert is_in(client) == (status == 303)


def test_the_secret_goes_by_form_to_a_provider_that_takes_it_so_alone(
    desk: Desk, fake: Fake
) -> None:
    """As it says of itself."""
    fake.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    fake.start()
    assert come_back(desk.visitor(), fake).status_code == 303


def test_new_keys_of_the_provider_are_found(desk: Desk, fake: Fake) -> None:
    """It changes them when it likes."""
    assert come_back(desk.visitor(), fake).status_code == 303
    fake.key = ECKey.generate_key("P-256", {"kid": "k1"})
    fake.start()
    assert come_back(desk.visitor(), fake).status_code == 303


# -- who has no account ---------------------------------------------------------------------------


def test_nobody_is_made_on_the_fly(desk: Desk, fake: Fake) -> None:
    """Whoever the provider knows and no admin named stays outside, and is told by what name."""
    client = desk.visitor()
    answer = come_back(client, fake, "sub-<b>mal")
    assert answer.status_code == 403
    assert "o account here is for &#39;sub-&lt;b&gt;mal&#39;" in answer.text
    assert come_back(client, fake, "SUB-BO").status_code == 403  # a subject is meant to the letter
    assert not is_in(client)
    assert len(kept.accounts(desk.ledger)) == 3


def test_a_disabled_account_is_answered_as_none(desk: Desk, fake: Fake) -> None:
    """It is not told that there is one; nor is one let in whose way was taken away."""
    bo = kept.named(desk.ledger, "Bo")
    kept.change_account(desk.ledger, bo.id, disabled=True)
    answer = come_back(desk.visitor(), fake)
    assert answer.status_code == 403
    assert "o account here is for &#39;sub-bo&#39;" in answer.text
    kept.change_account(desk.ledger, bo.id, disabled=False, oidc="")
    assert come_back(desk.visitor(), fake).status_code == 403


def test_an_account_without_a_password_has_none(desk: Desk) -> None:
    """Neither an empty one nor any other."""
    for password in ("", "None", "nobody has this password"):
        said = {"name": "Bo", "password": password}
        assert desk.visitor().post("/sign-in", data=said).status_code == 401


def test_an_admin_names_who_comes_in_by_a_provider(make_desk: Callable[..., Desk]) -> None:
    """On the page: without a password; another name ends the sessions, an empty one the way."""
    desk = make_desk()
    door = desk.app.state.desk.door
    ada = kept.named(desk.ledger, "Ada")
    kept.change_account(desk.ledger, ada.id, oidc="sub-ada")
    admin = desk.visitor()
    held = door.sign_in_by("sub-ada", Caller("203.0.113.7"), mail=False)
    admin.cookies.set("sayso_session", held.session)
    admin.headers["x-sayso-seal"] = seal_of(admin)
    said = {"name": "Di", "role": "coder", "clearance": "green", "oidc": " sub-di "}
    assert admin.post("/accounts", data=said).status_code == 303
    made = kept.named(desk.ledger, "Di")
    assert (made.oidc, made.hash, made.given) == ("sub-di", None, False)
    again = admin.post("/accounts", data=said | {"name": "Ed", "oidc": "SUB-DI"})
    assert again.status_code == 400
    assert "signs in by that subject" in again.text
    assert 'value="sub-di"' in admin.get("/accounts").text
    client = desk.visitor()
    session = door.sign_in_by("sub-di", Caller("203.0.113.7"), mail=False).session
    client.cookies.set("sayso_session", session)
    same = {"do": "change", "role": "reader", "oidc": "sub-di"}
    admin.post(f"/accounts/{made.id}", data=same)
    assert is_in(client)
    admin.post(f"/accounts/{made.id}", data=same | {"oidc": ""})
    assert kept.named(desk.ledger, "Di").oidc is None
    assert not is_in(client)


# -- who means ill --------------------------------------------------------------------------------


def test_an_answer_is_taken_only_by_the_browser_that_asked(desk: Desk, fake: Fake) -> None:
    """Another state, none, or another browser: nobody is signed in as somebody else by a link."""
    for wrong in ("", "x", "ä"):
        client = desk.visitor()
        assert come_back(client, fake, state=wrong).status_code == 401
        assert not is_in(client)
    link = fake.consent(begin(desk.visitor()))
    victim = desk.visitor()
    assert victim.get("/sign-in/oidc/done", params=link).status_code == 401
    victim.cookies.set("sayso_oidc", ".%2F")
    assert victim.get("/sign-in/oidc/done", params=link).status_code == 401
    assert not is_in(victim)
    assert fake.forms == []


def test_a_code_is_good_once(desk: Desk, fake: Fake) -> None:
    """The browser forgets its question, and whoever kept it finds the code redeemed."""
    client = desk.visitor()
    said = fake.consent(begin(client))
    held = dict(client.cookies)
    assert client.get("/sign-in/oidc/done", params=said).status_code == 303
    assert "sayso_oidc" not in client.cookies
    assert client.get("/sign-in/oidc/done", params=said).status_code == 401
    thief = desk.visitor()
    thief.cookies.update(held)
    assert thief.get("/sign-in/oidc/done", params=said).status_code == 502
    assert not is_in(thief)


def by_none(claims: dict[str, Any]) -> str:
    """A token that nobody signed."""
    parts = ({"alg": "none", "kid": "k1"}, claims)
    words = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
    return ".".join((*words, ""))


def by_secret(claims: dict[str, Any]) -> str:
    """A token signed by what the provider and the desk share."""
    return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, OctKey.import_key(SECRET * 2))


def by_another(claims: dict[str, Any]) -> str:
    """A token signed by somebody else's key under the provider's name of it."""
    return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, ECKey.generate_key("P-256"))


def test_a_token_is_signed_by_the_providers_own_key(desk: Desk, fake: Fake) -> None:
    """Else anybody could write one."""
    for sign in (by_none, by_secret, by_another, lambda _: "x", lambda _: 7):
        fake.sign = sign
        client = desk.visitor()
        assert come_back(client, fake).status_code == 401, sign
        assert not is_in(client)


def test_a_token_is_for_this_desk_this_question_and_this_moment(
    desk: Desk, fake: Fake, caplog: pytest.LogCaptureFixture
) -> None:
    """One that is not is refused; the log says why, and holds neither it nor a secret."""
    now = time.time()
    for claims in (
        {"nonce": "x"}, {"nonce": None}, {"aud": "another"}, {"aud": None}, {"aud": []},
        {"aud": [CLIENT, "another"], "azp": "another"}, {"aud": [CLIENT, "another"]},
        {"iss": "https://evil.example"}, {"iss": None}, {"exp": now - 3600}, {"exp": None},
        {"exp": "never"}, {"iat": now + 3600}, {"nbf": now + 3600}, {"sub": None}, {"sub": ""},
        {"sub": ["sub-bo"]}, {"at_hash": "x"},
    ):  # fmt: skip
        fake.claims = claims
        caplog.clear()
        client = desk.visitor()
        answer = come_back(client, fake)
        assert answer.status_code == 401, claims
        assert "does not hold" in answer.text
        assert not is_in(client)
        assert "ID token was refused" in caplog.text
        assert not any(word in caplog.text + answer.text for word in ("eyJ", SECRET, "code-"))


def test_a_sign_in_leads_to_no_other_site(desk: Desk, fake: Fake) -> None:
    """Neither by the link nor by a cookie."""
    client = desk.visitor()
    for back in (
        "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example",
    ):  # fmt: skip
        assert "evil" not in client.get("/sign-in", params={"back": back}).text
        said = fake.consent(begin(client, back))
        assert client.get("/sign-in/oidc/done", params=said).headers["location"] == "/"
    address = begin(client)
    secret = client.cookies["sayso_oidc"].partition(".")[0]
    client.cookies.clear()
    client.cookies.set("sayso_oidc", f"{secret}.https%3A%2F%2Fevil.example")
    done = client.get("/sign-in/oidc/done", params=fake.consent(address))
    assert done.headers["location"] == "/"


def test_a_page_with_a_very_long_address_is_forgotten(desk: Desk, fake: Fake) -> None:
    """A browser keeps no cookie of more than 4 KB: without it nobody could sign in."""
    client = desk.visitor()
    said = fake.consent(begin(client, "/incidents?q=" + "é" * 900))
    assert client.get("/sign-in/oidc/done", params=said).headers["location"] == "/"


# -- a provider that fails ------------------------------------------------------------------------


def test_a_refusal_by_the_provider_is_told(desk: Desk, fake: Fake) -> None:
    """Not in its own words: anybody could put them into a link."""
    client = desk.visitor()
    state = fake.consent(begin(client))["state"]
    asked = {"error": "access_denied", "error_description": "call 555", "state": state}
    answer = client.get("/sign-in/oidc/done", params=asked)
    assert answer.status_code == 401
    assert "the provider let nobody in" in answer.text.lower()
    assert "555" not in answer.text


def test_a_provider_that_says_odd_things_of_itself_is_not_believed(
    desk: Desk, fake: Fake, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is sent there, and no secret."""
    for about in (
        {"issuer": "https://evil.example"}, {"token_endpoint": None}, {"jwks_uri": "file:///x"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ):  # fmt: skip
        fake.about = about
        fake.start()
        caplog.clear()
        answer = desk.visitor().get("/sign-in/oidc")
        assert answer.status_code == 502, about
        assert "location" not in answer.headers
        assert 'name="password"' in answer.text
        assert "OpenID Connect: " in caplog.text


def test_answers_that_are_none(desk: Desk, fake: Fake) -> None:
    """Of any of its addresses."""
    for body in ("no JSON", "[]", "[" * 100_000, "x" * 1_100_000):
        for path in ("/keys", "/token", "/.well-known/openid-configuration"):
            fake.start()
            client = desk.visitor()
            address = begin(client)
            fake.site.say(path, body)
            desk.provider._known = None  # as after five minutes
            said = fake.consent(address)
            answer = client.get("/sign-in/oidc/done", params=said)
            assert answer.status_code == 502, (path, body[:9])
            assert not is_in(client)


def test_a_provider_without_keys(desk: Desk, fake: Fake) -> None:
    """Nothing that it signed can be checked, so nothing is believed."""
    for keys in ({}, {"keys": []}, {"keys": [7]}, {"keys": 7}, {"keys": [{"kty": "EC"}]}):
        fake.site.say("/keys", json.dumps(keys))
        assert come_back(desk.visitor(), fake).status_code == 401, keys


def test_a_provider_that_is_down(desk: Desk, fake: Fake) -> None:
    """It is told; passwords work on. What it said of itself is not asked for at every click."""
    begin(desk.visitor())
    fake.site.server.shutdown()
    fake.site.server.server_close()
    client = desk.visitor()
    assert come_back(client, fake).status_code == 502
    desk.provider._known = None
    answer = client.get("/sign-in/oidc", params={"back": "/log"})
    assert answer.status_code == 502
    assert "127.0.0.1 did not answer as it should" in answer.text
    assert 'name="back" value="/log"' in answer.text


def test_without_the_setting_there_is_no_such_way(empty_client: TestClient) -> None:
    """No button either."""
    assert "OpenID" not in empty_client.get("/sign-in").text
    assert empty_client.get("/sign-in/oidc").status_code == 404
    assert empty_client.get("/sign-in/oidc/done").status_code == 404


def test_strangers_at_the_provider_do_not_hold_up_the_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While four wait for it, a fifth is told to try again."""
    monkeypatch.setattr("sayso.desk.accounts.oidc.LONGEST_WAIT", 0.01)
    for _ in range(4):
        desk.provider._turns.acquire()
    assert desk.visitor().get("/sign-in/oidc").status_code == 503
