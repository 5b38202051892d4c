"""The file that names a provider of OpenID Connect, and what this desk is to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sayso.errors import UsageError
from sayso.hosts import is_loopback
from sayso.lexicon.load import parse_toml

NAMES = ("issuer", "client_id", "client_secret_env", "client_secret_file", "label", "claim")
LONGEST_LABEL = 80
# what must be asked for, so that the token holds the claim
SCOPES = {"sub": "openid", "email": "openid email"}


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """A provider, what the desk is called there, and the claim that names an account."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    label: str = "Sign in with OpenID Connect"
    claim: str = "sub"

    @property
    def scope(self) -> str:
        """What the provider is asked for."""
        return SCOPES.get(self.claim, "openid profile email")


def read_oidc(path: Path, environ: Mapping[str, str]) -> OidcSettings:
    """The settings in a TOML file; raises UsageError, which never holds the secret."""
    try:
        said = parse_toml(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no TOML in UTF-8"
        raise UsageError(f"{path}: {why or 'it cannot be read'}") from None
    if unknown := [name for name in said if name not in NAMES]:
        raise UsageError(f"{path}: {unknown[0]!r:.40} is no setting; there are {', '.join(NAMES)}")
    if wrong := [name for name, value in said.items() if not _is_word(value)]:
        raise UsageError(f"{path}: {wrong[0]} must be a word or a line in quotation marks")
    if missing := [name for name in NAMES[:2] if name not in said]:
        raise UsageError(f"{path}: {missing[0]} is missing")
    if "?" in said["issuer"] or not _is_safe(said["issuer"]):
        raise UsageError(f"{path}: issuer must be an https:// address, without ? and #")
    more = {name: said[name] for name in ("label", "claim") if name in said}
    if len(more.get("label", "")) > LONGEST_LABEL:
        raise UsageError(f"{path}: label has more than {LONGEST_LABEL} characters")
    return OidcSettings(said["issuer"], said["client_id"], _secret(path, said, environ), **more)


def is_endpoint(address: object, issuer: str) -> bool:
    """True for an https address; http is for an issuer on this machine, which is for trials."""
    return isinstance(address, str) and _is_safe(address, plain=urlsplit(issuer).scheme == "http")


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _is_safe(address: str, *, plain: bool = True) -> bool:
    """True where nobody on the way can read along: https, or http that stays on this machine."""
    try:
        found = urlsplit(address)
        found.port  # noqa: B018 - raises ValueError for what is none
    except ValueError:
        return False
    if not address.isprintable() or not found.hostname or found.username or found.fragment:
        return False
    return found.scheme == "https" or (
        plain and found.scheme == "http" and is_loopback(found.hostname)
    )


def _secret(path: Path, said: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """What the desk proves itself by to the provider; it stands in no file that is handed round."""
    name, place = said.get("client_secret_env"), said.get("client_secret_file")
    if (name is None) == (place is None):
        raise UsageError(f"{path}: give client_secret_env or client_secret_file, one of them")
    if name is not None:
        found, where = environ.get(name, ""), f"the variable {name}"
    else:
        where = str(path.parent / str(place))
        try:
            found = Path(where).read_text("utf-8")
        except (OSError, ValueError):
            raise UsageError(f"{path}: client_secret_file: {where} cannot be read") from None
    if not _is_word(found.strip()):
        raise UsageError(f"{path}: {where} holds no secret of one line")
    return found.strip()
