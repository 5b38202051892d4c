"""Who publishes at an address, and which wire a line names, by `lexicon/publishers.toml`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table

# Anyone writes there: the host says nothing about who publishes.
SOCIAL_HOSTS = frozenset(
    "twitter.com x.com t.co facebook.com fb.com instagram.com youtube.com youtu.be t.me telegram.org"
    " tiktok.com linkedin.com reddit.com whatsapp.com wa.me pinterest.com threads.net bsky.app"
    " vk.com archive.org archive.ph archive.today google.com goo.gl bit.ly apple.com ow.ly"
    " flipboard.com soundcloud.com spotify.com vimeo.com dailymotion.com wikipedia.org".split()
)
_STAFF = re.compile(
    r"\b(?:staff|news ?agency|wire(?: service)?|news wire|newsroom|bureau|reporters?|writers?"
    r"|correspondents?|photo|via|by|from|with|source|the|file|agency)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outlets:
    """The publishers: by host, and the wires by each way of writing them (case-folded)."""

    by_host: dict[str, str]
    names: dict[str, str]
    wires: dict[str, str]


def _texts(name: str, entry: dict[str, object], field: str) -> list[str]:
    found = entry.get(field, [])
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise LexiconError(
            "publishers.toml", None, f"{name}.{field} is not a list of texts", 'write ["…", "…"]'
        )
    return found


def fold(name: str) -> str:
    """A publisher's name as it is compared: case, stops and a leading article left out."""
    words = " ".join(re.sub(r"[.,'’/_-]+", " ", name.casefold()).split())
    return words.removeprefix("the ")


@functools.cache
def outlets() -> Outlets:
    """The table of publishers, a user's laid over it. Raises LexiconError for a bad entry."""
    by_host: dict[str, str] = {}
    names: dict[str, str] = {}
    wires: dict[str, str] = {}
    for name, entry in load_table("publishers").items():
        if not isinstance(entry, dict):
            raise LexiconError("publishers.toml", None, f"{name} is not a table", f'["{name}"]')
        by_host |= {host.lower(): name for host in _texts(name, entry, "hosts")}
        ways = {fold(way): name for way in [name, *_texts(name, entry, "aliases")]}
        names |= ways
        if entry.get("wire"):
            wires |= ways
    return Outlets(by_host, names, wires)


def host_of(address: str) -> str | None:
    """The host of an address without "www.", None where there is none to tell."""
    address = address.strip()
    try:
        host = urlsplit(address if "//" in address[:12] else f"//{address}").hostname
    except ValueError:
        return None
    host = (host or "").rstrip(".").lower()
    return host.removeprefix("www.") if "." in host else None


def _parents(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[i:]) for i in range(len(parts) - 1)]


def publisher_at(address: str) -> str | None:
    """The publisher of an address ("https://www.themoscowtimes.com/…": The Moscow Times).

    None for hosts that the table doesn't know and for those where anyone writes.
    """
    host = host_of(address)
    known = outlets().by_host
    return next((known[h] for h in _parents(host) if h in known), None) if host else None


def is_social(address: str) -> bool:
    """True for hosts where anyone writes, so that they name no publisher."""
    host = host_of(address)
    return host is not None and any(h in SOCIAL_HOSTS for h in _parents(host))


def publisher_named(words: str) -> str | None:
    """The publisher that words name as a whole ("the guardian": The Guardian)."""
    return outlets().names.get(fold(words))


def find_wire(words: str, *, whole: bool = False) -> str | None:
    """The wire that a short line names ("Jane Roe, Agence France-Presse": AFP), else None.

    `whole` asks that the line be nothing but its name ("Reuters Staff", "AFP-3"). The longest
    name wins, so that "Associated Press of Pakistan" is not the Associated Press.
    """
    if len(words) > 200:
        return None
    known = outlets().wires
    if whole:
        bare = fold(re.sub(r"[-_ ]?\d{1,3}$", "", words))
        return known.get(bare) or known.get(fold(_STAFF.sub(" ", bare)))
    tokens = re.findall(r"[\w.&’'-]+", words)
    for size in range(min(6, len(tokens)), 0, -1):
        for i in range(len(tokens) - size + 1):
            piece = " ".join(tokens[i : i + size])
            found = known.get(fold(piece))
            # "an ap", "ria": a short name counts only as it is written, in capitals
            if found and (len(piece) > 4 or piece.isupper() or piece == found):
                return found
    return None
