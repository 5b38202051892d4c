"""A ledger whose reports hold what forms like to get wrong, read once for all formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.exchange.formats.offer import BY_NAME
from sayso.exchange.leaving import Asked
from sayso.incidents.batch import Linking
from sayso.intake.json_lines import read_json_line
from sayso.ledger import Ledger
from sayso.page import find_reports
from sayso.reading.reader import Reader

PRIVATE = "Nils Aldermoor"  # a witness, in the title, the text, the address, and as "Nils"
DEAD = "Olha Kovalenko"  # beside who died, whom the reading took for "his neighbour"
PROTECTED = "Tomas Verlinde"  # whom the publisher took out of a later version
HOSTILE = "https://press.example/depot?by=nils-aldermoor&x=\u201c<b>\u201d"
STORIES = (
    {
        "id": "first nils-aldermoor.txt", "publisher": "Fjordwire", "published": "2024-05-02",
        "title": f"“I saw four bodies”: {PRIVATE} on the depot", "url": HOSTILE,
        "text": f"“I saw four bodies”: {PRIVATE} on the depot\n\nPORTO, May 2, 2024 (Fjordwire) - "
        "Four people were killed and 9 wounded when a shell hit a depot in Porto on Thursday, the "
        f"health ministry said.\n\n“I saw four bodies in the yard,” {PRIVATE}, a baker, told "
        "reporters. Aldermoor said that a second shell followed. Nils said that nobody came.\n",
    },
    {
        "id": "second.txt", "publisher": "Harbour Press", "published": "2024-05-03",
        "title": "Toll of Porto depot shelling disputed", "url": "https://harbour.example/2",
        "text": "Toll of Porto depot shelling disputed\n\nPORTO, May 3, 2024 (Harbour Press) - At "
        "least 11 people were killed when a shell hit a depot in Porto on Thursday, the fire "
        "brigade said on Friday. Up to 40 were wounded, it said.\n",
    },
    {
        "id": "nowhere.txt", "publisher": "Fjordwire",
        "title": "Dozens of fighters killed",
        "text": "Dozens of fighters killed\n\nDozens of fighters were killed in an ambush, a rebel "
        "spokesman said. The location of the ambush was not known.\n",
    },
    {
        "id": "dead.txt", "publisher": "Fjordwire", "published": "2024-06-08",
        "title": "Shop hit in Sudzha", "url": "https://press.example/sudzha",
        "text": "Shop hit in Sudzha\n\nSUDZHA, June 8, 2024 (Fjordwire) - Ivan Petrenko, a shop "
        f"owner, said his neighbour {DEAD}, 34, died in the shelling of Sudzha on Friday. "
        "Kovalenko's son Danylo was wounded.\n",
    },
    {
        "id": "quiet.txt", "publisher": "=1+1 Gazette", "published": "2024-06-01",
        "title": "@Budget talks", "url": "https://press.example/talks",
        "text": "Budget talks\n\nThe finance ministry said that talks on the budget would go on.\n",
    },
    {
        "id": "old.txt", "publisher": "Harbour Press", "published": "2024-07-09",
        "title": f"Thirty villagers abducted: {PROTECTED}", "url": "https://harbour.example/9",
        "text": "Thirty villagers abducted near Kassala\n\nKASSALA, July 9, 2024 (Harbour Press) - "
        f"Gunmen abducted 30 villagers in Kassala in June, {PROTECTED} told Harbour Press. "
        "Verlinde said that the gunmen came at night.\n",
    },
    {
        "id": "new.txt", "publisher": "Harbour Press", "published": "2024-07-09",
        "title": "Thirty villagers abducted near Kassala", "url": "https://harbour.example/9",
        "text": "Thirty villagers abducted near Kassala\n\nKASSALA, July 9, 2024 (Harbour Press) - "
        "Gunmen abducted 30 villagers in Kassala in June, a resident told Harbour Press. "
        "The resident said that the gunmen came at night.\n",
    },
)  # fmt: skip
Leave = Callable[..., Path]


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[Ledger]:
    """The ledger."""
    url = f"sqlite:///{tmp_path_factory.mktemp('odd') / 'odd.db'}"
    with Ledger.open(url, maker="tests", linking=Linking()) as ledger:
        for story in STORIES:
            line = json.dumps(story).encode()
            (report,) = find_reports(read_json_line("stories.jsonl", 1, line))
            ledger.add([reader.read(report)])
        yield ledger


@pytest.fixture
def leave(odd: Ledger, tmp_path: Path) -> Leave:
    """A function that writes a format and says where the file is."""

    def write(name: str, asked: Asked | None = None, called: str = "out") -> Path:
        form = BY_NAME[name]
        place = tmp_path / f"{called}{form.ending}"
        form.write(odd, asked or Asked(), place)
        return place

    return write
