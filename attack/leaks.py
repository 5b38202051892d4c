"""A protected name planted wherever a report has words; every way out looked through for it."""

from __future__ import annotations

import base64
import gzip
import json
import logging
from pathlib import Path
from urllib.parse import quote

from attack import leaks_commands, leaks_sent
from attack.bundles import pair
from attack.desk import asked, client_of, values
from attack.planted import fill
from attack.search import NAME, look, names_in
from attack.tally import Size, Tally
from sayso.errors import SaysoError
from sayso.exchange.formats.offer import FORMATS
from sayso.exchange.leaving import Asked
from sayso.exchange.partners.outbox import send, statements
from sayso.exchange.partners.partner import partner_named
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.record.marking import Marking

LEVELS: tuple[Marking, ...] = ("clear", "green", "amber", "amber+strict")


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=0)
        self.said = b""

    def emit(self, record: logging.LogRecord) -> None:
        self.said += self.format(record).encode() + b"\n"


def _exports(tally: Tally, ledger: Ledger, folder: Path) -> None:
    for level in LEVELS:
        for unmasked in (False, True):
            for form in FORMATS:
                place = folder / f"{form.name}-{level}-{unmasked}{form.ending}"
                try:
                    left = form.write(ledger.seen_by(level), Asked(unmasked=unmasked), place)
                except SaysoError as error:
                    look(tally, f"the error of {place.name}", str(error).encode())
                    continue
                look(tally, f"the notes of {place.name}", repr(left).encode())
                files = place.rglob("*") if place.is_dir() else [place]
                for file in files:
                    if file.is_file():
                        look(tally, place.name, file.name.encode() + b"\n")
                        look(tally, place.name, file.read_bytes())


def _desk(tally: Tally, ledger: Ledger) -> None:
    log = _Log()
    logging.getLogger().addHandler(log)
    held = values(ledger)
    own = {key for key in held["key"] if names_in(key.encode())}
    try:
        client = client_of(ledger, "amber")
        for method, path in asked(held):
            # what is asked for comes back in a refusal: that one says it is no leak
            if any(key in path for key in own):
                continue
            answer = client.request(method, path, follow_redirects=False)
            told = repr(answer.headers.raw).encode() + answer.content
            look(tally, f"{method} {path}", told)
        for path in ("/incidents?at=x", "/api/v1/claims?cursor=x", "/api/v1/reports/r0", "/no"):
            look(tally, path, client.get(path).content)
        for words in ("soldiers", "protected", "ann", "speaks"):
            for page in ("incidents", "claims", "sources", "reports"):
                for at in (f"/{page}?q={words}", f"/api/v1/{page}?q={words}"):
                    look(tally, at, client.get(at).content)
    finally:
        logging.getLogger().removeHandler(log)
    look(tally, "the desk's log", log.said)


def _partners(tally: Tally, folder: Path) -> None:
    with pair(folder) as (a, _, _, _):
        handles = fill(a)
        partner = partner_named(a, "South")
        for handle in handles:
            try:
                send(a, partner, [handle], by="ed")
            except SaysoError as error:
                tally.tried += 1
                if names_in(str(error).encode()):
                    tally.leaks.append(f"why {handle} is not sent")
        told = [s.wire() for s in statements(a, partner, 0)]
        tally.expect(len(told) > 3, "too little was told a partner to look through")
        for each in told:
            look(tally, f"statement {each['n']}", json.dumps(each, ensure_ascii=False).encode())


def attack(size: Size, folder: Path) -> Tally:
    """Exports, pages, answers, errors, logs, streams, commands, and what partners are told."""
    del size  # all of it in either form
    tally = Tally("leaks")
    for hidden in (NAME.encode("utf-16"), base64.b64encode(b"xx" + NAME.encode()), gzip.compress(
        NAME.upper().encode()), quote(NAME).encode(), NAME.encode().hex().encode(),
        json.dumps({"a": base64.b64encode(NAME.encode() * 3).decode()}).encode()):  # fmt: skip
        tally.expect(bool(names_in(hidden)), f"the search itself misses {hidden[:30]!r}")
    url = f"sqlite:///{folder / 'leaks.db'}"
    with Ledger.open(url, linking=Linking()) as ledger:
        fill(ledger)
        tally.expect(list(ledger.verify()) == [], "the planted ledger does not verify")
        _exports(tally, ledger, folder)
        _desk(tally, ledger)
        leaks_sent.webhooks(tally, ledger)
        leaks_sent.model(tally, ledger, folder / "answers")
    leaks_sent.python(tally, folder / "leaks.db")
    leaks_commands.commands(tally, url, folder)
    leaks_commands.assistant(tally, url)
    leaks_commands.served(tally, url)
    place = folder / "partners"
    place.mkdir()
    _partners(tally, place)
    return tally
