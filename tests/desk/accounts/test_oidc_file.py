"""The file that names a provider of OpenID Connect."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.desk.accounts.oidc_file import OidcSettings, is_endpoint, read_oidc
from sayso.errors import UsageError

GOOD = """
issuer = "https://id.desk.example/realms/news"
client_id = "sayso"
client_secret_env = "DESK_SECRET"
"""
ENVIRON = {"DESK_SECRET": "six geese a-laying"}


def read(folder: Path, words: str) -> OidcSettings:
    """The settings that a file of these words holds."""
    path = folder / "oidc.toml"
    path.write_text(words, encoding="utf-8")
    return read_oidc(path, ENVIRON)


def test_a_file_names_a_provider(tmp_path: Path) -> None:
    """The secret comes from a variable or a file beside it, and is not shown with the rest."""
    found = read(tmp_path, GOOD)
    assert (found.issuer, found.client_id) == ("https://id.desk.example/realms/news", "sayso")
    assert (found.secret, found.claim, found.scope) == ("six geese a-laying", "sub", "openid")
    assert "geese" not in repr(found)
    (tmp_path / "secret").write_text("seven swans\n")
    beside = GOOD.replace('env = "DESK_SECRET"', 'file = "secret"')
    more = 'label = "Example ID"\nclaim = "email"\n'
    found = read(tmp_path, beside + more)
    assert (found.secret, found.label, found.scope) == ("seven swans", "Example ID", "openid email")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("issuer = ", "no TOML"),
        (GOOD + 'client_secret = "x"', "'client_secret' is no setting"),
        (GOOD + "label = 7", "label must be a word"),
        (GOOD + 'label = ""', "label must be a word"),
        (GOOD + f'label = "{"x" * 81}"', "more than 80"),
        (GOOD.replace("client_id", "#"), "client_id is missing"),
        (GOOD.replace("DESK_SECRET", "NONE"), "the variable NONE holds no secret"),
        (GOOD + 'client_secret_file = "x"', "one of them"),
        (GOOD.replace("client_secret_env", "#"), "one of them"),
        (GOOD.replace("_env", "_file"), "cannot be read"),
        (GOOD.replace("https", "http"), "issuer must be an https:// address"),
        (GOOD.replace("https://", "https://ada:x@"), "issuer must be"),
        (GOOD.replace("news", "news?x=1"), "issuer must be"),
        (GOOD.replace("news", "news#x"), "issuer must be"),
        (GOOD.replace("desk.example", "desk.example:x"), "issuer must be"),
        (GOOD.replace("https://id", "https://[id"), "issuer must be"),
    ],
)
def test_what_is_wrong_is_said(words: str, said: str, tmp_path: Path) -> None:
    """By its name; never the secret."""
    with pytest.raises(UsageError, match=said) as error:
        read(tmp_path, words)
    assert "geese" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is said which."""
    with pytest.raises(UsageError, match=r"none\.toml: "):
        read_oidc(tmp_path / "none.toml", {})


def test_plain_http_stays_on_this_machine() -> None:
    """For trials: the issuer there, and all that it names."""
    assert is_endpoint("http://127.0.0.1:8080/token", "http://127.0.0.1:8080")
    assert is_endpoint("https://id.example/token?tenant=1", "https://id.example")
    for address in ("http://127.0.0.1/token", "http://id.example/token", None, "", "//id.example"):
        assert not is_endpoint(address, "https://id.example")
    assert not is_endpoint("http://id.example/token", "http://127.0.0.1:8080")
