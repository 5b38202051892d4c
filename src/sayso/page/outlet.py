"""Who publishes at an address, and which wire a line names (the table is lexicon/publishers)."""

from __future__ import annotations

import re
from typing import Final

from sayso.lexicon.publishers import find_by_name, find_publisher, wires_in
from sayso.record.address import split_address

# Anyone writes there: the host says nothing about who publishes.
_SOCIAL: Final = re.compile(
    r"(?:[\w-]+\.)*(?:twitter|x|t|facebook|fb|instagram|youtube|youtu|telegram|tiktok|linkedin|reddit"
    r"|whatsapp|wa|pinterest|threads|bsky|vk|archive|google|goo|bit|ow|flipboard|soundcloud|spotify"
    r"|vimeo|dailymotion|wikipedia)\.(?:com|co|me|org|app|net|be|ph|today|is|gl|ly|ru)"
)
_NUMBERED = re.compile(r"[-_. ]?\d{1,6}$")


# The last word of a paper's, a station's or an agency's name that the table does not know.
_OUTLET_END = re.compile(
    r"\b(?:Times|Herald|Gazette|Chronicle|Courier|Post|Tribune|News|Journal|Daily|Press|Observer"
    r"|Guardian|Star|Mail|Telegraph|Standard|Ledger|Review|Today|Radio|TV|Television|Broadcasting"
    r"|Mirror|Independent|Examiner|Inquirer|Sentinel|Bulletin|Dispatch|Express|Globe|Echo|Argus"
    r"|Monitor|Register|Weekly|Online|Magazine|Reporter|Advertiser|Citizen|Record|Sun|Leader"
    r"|Voice|World|Network|Nation|Pravda|Zeitung|Agency|Newswire|Wire)$"
)
_AGENCY_END = re.compile(r"\b(?:(?:News|Press) ?Agency|Newswire|News ?Wire|Wire)$")


def looks_like_outlet(name: str) -> bool:
    """True for the name of a paper or station, known or by its last word ("Volga Chronicle")."""
    return len(name.split()) <= 6 and (bool(find_by_name(name)) or bool(_OUTLET_END.search(name)))


def looks_like_agency(name: str) -> bool:
    """True for the name of an agency, known or by its last words ("Meridian News Agency")."""
    known = find_by_name(name)
    return known.is_wire if known else bool(_AGENCY_END.search(name))


def host_of(address: str) -> str | None:
    """The host of an address without "www.", None where there is none to tell."""
    address = address.strip()
    host = split_address(address if "//" in address[:12] else f"//{address}").hostname
    host = (host or "").rstrip(".").lower()
    if "." not in host or host.replace(".", "").isdigit():
        return None  # "localhost", "127.0.0.1:8000": a page that someone shows to themselves
    return host.removeprefix("www.")


def is_social(address: str) -> bool:
    """True for hosts where anyone writes, so that they name no publisher."""
    return bool(_SOCIAL.fullmatch(host_of(address) or ""))


def publisher_at(address: str) -> str | None:
    """The publisher of an address ("https://www.themoscowtimes.com/…": The Moscow Times).

    None for hosts that the table doesn't know and for those where anyone writes.
    """
    host = host_of(address)
    found = find_publisher(host) if host and not is_social(address) else None
    return found.name if found else None


def wire_named(words: str) -> str | None:
    """The wire that a short line is, and nothing besides ("AFP-3", "Reuters Staff"), else None."""
    bare = _NUMBERED.sub("", words.strip(" -–—()[]./|:")).strip()
    bare = re.sub(r" (?:staff|news ?agency|wire|bureau|newsroom)$", "", bare, flags=re.IGNORECASE)
    found = find_by_name(bare) if 1 < len(bare) < 60 else None
    if not found or not found.is_wire:
        return None
    # "Allentown, Pa." ends with a state: a short name counts only as it is written
    return found.name if len(bare) > 4 or bare in found.names else None


def find_wire(words: str) -> str | None:
    """The first wire that a byline, dateline or credit line names, else None."""
    found = wires_in(words) if len(words) <= 300 else ()
    return found[0].name if found else None
