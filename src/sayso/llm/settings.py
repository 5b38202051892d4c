"""Which language model is asked, where, and how far."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sayso.errors import UsageError
from sayso.hosts import is_loopback

OUTPUTS = ("native", "tool", "prompted")
CAP = 200_000  # tokens of a run, unless somebody says more


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, sent and answered, in whatever money the user thinks in."""

    sent: float
    answered: float

    def of(self, sent: int, answered: int) -> float:
        """What so many tokens cost."""
        return (sent * self.sent + answered * self.answered) / 1e6


@dataclass(frozen=True, slots=True)
class Settings:
    """A model at an OpenAI-compatible server, and the bounds of a run.

    `timeout` is in seconds for one report, tries included; `retries` how often an answer that does
    not fit is asked for anew; `cap` the tokens of the whole run. The key is never printed.
    """

    model: str
    base_url: str
    key: str | None = field(default=None, repr=False)
    output: str = "native"
    timeout: float = 120.0
    retries: int = 2
    cap: int = CAP
    price: Price | None = None
    cache: Path | None = None

    @property
    def is_here(self) -> bool:
        """True where the server is this machine: no text leaves it."""
        return is_loopback(urlsplit(self.base_url).hostname or "")


def find_settings(
    model: str | None = None,
    base_url: str | None = None,
    cap: int | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings of the command line, and what it leaves open of the environment.

    Raises UsageError for what is missing or cannot be; the key comes by the environment alone.
    """
    name = model or environ.get("SAYSO_LLM_MODEL", "")
    url = base_url or environ.get("SAYSO_LLM_BASE_URL", "")
    if not name:
        raise UsageError("--reader llm: which model? --model NAME, or $SAYSO_LLM_MODEL")
    if not url:
        raise UsageError(
            "--reader llm: at which server? --base-url http://127.0.0.1:11434/v1, or "
            "$SAYSO_LLM_BASE_URL"
        )
    _check_url(url)
    output = environ.get("SAYSO_LLM_OUTPUT", "native")
    if output not in OUTPUTS:
        raise UsageError(f"SAYSO_LLM_OUTPUT is none of {', '.join(OUTPUTS)}")
    return Settings(
        name, url.rstrip("/"), environ.get("SAYSO_LLM_KEY") or None, output,
        _number(environ, "SAYSO_LLM_TIMEOUT", 120.0),
        int(_number(environ, "SAYSO_LLM_RETRIES", 2, most=5)),
        cap or int(_number(environ, "SAYSO_LLM_MAX_TOKENS_TOTAL", CAP, most=1e12)),
        _price(environ.get("SAYSO_LLM_PRICE")),
        cache_folder(environ),
    )  # fmt: skip


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise UsageError("--base-url is no address: write it as http://127.0.0.1:11434/v1")
    if parts.username or parts.password:
        raise UsageError("--base-url holds a password: give the key by $SAYSO_LLM_KEY")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise UsageError("--base-url: a server that is not this machine is asked by https alone")


def _number(environ: Mapping[str, str], name: str, usual: float, most: float = 3600) -> float:
    said = environ.get(name)
    if not said:
        return usual
    try:
        value = float(said)
    except ValueError:
        value = -1
    if not 0 <= value <= most or (value == 0 and name != "SAYSO_LLM_RETRIES"):
        raise UsageError(f"{name}={said!r:.40}: a number up to {most:g} is wanted")
    return value


def _price(said: str | None) -> Price | None:
    if not said:
        return None
    try:
        sent, answered = (float(part) for part in said.split(","))
    except ValueError:
        raise UsageError("SAYSO_LLM_PRICE: write SENT,ANSWERED for a million tokens") from None
    if not (0 <= sent < 1e6 and 0 <= answered < 1e6):
        raise UsageError("SAYSO_LLM_PRICE: a price is a number from 0 on")
    return Price(sent, answered)


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of answers; `off` for none."""
    said = environ.get("SAYSO_LLM_CACHE")
    if said == "off":
        return None
    if said:
        return Path(said)
    home = environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "sayso" / "llm"
