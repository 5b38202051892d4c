"""A protected name planted wherever a report has words; every way out looked through for it."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import gzip
import io
import json
import logging
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from attack.bundles import pair
from attack.desk import asked, client_of, values
from attack.tally import Size, Tally
from sayso.errors import SaysoError
from sayso.exchange.formats.offer import FORMATS
from sayso.exchange.leaving import Asked
from sayso.exchange.partners.outbox import send, statements
from sayso.exchange.partners.partner import partner_named
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.record import Reading
from tests.ledger.conftest import said_by

NAME, ALIAS = "Quillon Ravenscourt", "Corvuskin"
FORMS = (NAME, "Quillon", "Ravenscourt", ALIAS)
WORDS = "Four soldiers were killed on 1 May 2024 in Sudzha"
LEVELS = ("clear", "green", "amber", "amber+strict")


def planted(n: int, field: str, said: str) -> Reading:
    """A reading that names the protected one in one place."""
    more = f"{said} asked to speak again." if field == "text" else ""
    who = said if field == "speaker" else "Ann Roe"
    url = f"https://paper{n}.example/" + (
        quote(said.lower().replace(" ", "-")) if field == "url" else "a"
    )
    made = said_by(who, WORDS, url=url, more=more)
    if field in ("title", "name", "byline"):
        value = f"{said} speaks" if field == "title" else f"{said.lower().replace(' ', '_')}.txt"
        made = dataclasses.replace(
            made, report=dataclasses.replace(made.report, **{field: value})
        )  # fmt: skip
    return made


def spellings(name: str) -> list[str]:
    """The ways in which a name may stand in bytes that were not packed."""
    upper = [name, name.upper(), unicodedata.normalize("NFD", name)]
    return [*upper, json.dumps(name)[1:-1], quote(name), name.replace(" ", "-"),
            name.replace(" ", "_"), name.replace(" ", "+"), name.encode().hex()]  # fmt: skip


_SAID = [each.casefold().encode() for form in FORMS for each in spellings(form)]
# base64 of the longest run that stands alike whatever stands before it
_CODED = [
    base64.b64encode(b"\0" * shift + form.encode())[4 if shift else 0 : -4]
    for form in FORMS for shift in range(3)
]  # fmt: skip
_WIDE = [form.encode(code) for form in FORMS for code in ("utf-16-le", "utf-16-be")]
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


def unpacked(content: bytes, depth: int = 2) -> Iterator[bytes]:
    """The bytes, and whatever is packed in them: ZIP, gzip, Parquet's pages, base64, addresses."""
    yield content
    if not depth:
        return
    inner: list[bytes] = []
    if content[:2] == b"PK":
        with (
            contextlib.suppress(
                zipfile.BadZipFile,
                ValueError,
                NotImplementedError,
                zlib.error,
                RuntimeError,
                EOFError,
                OSError,
            ),
            zipfile.ZipFile(io.BytesIO(content)) as held,
        ):
            for each in held.infolist():
                inner += [each.filename.encode(), each.comment, held.read(each)]
    if content[:2] == b"\x1f\x8b":
        with contextlib.suppress(OSError, zlib.error, EOFError):
            inner.append(gzip.decompress(content))
    if content[:4] == b"PAR1":
        import pyarrow.parquet as pq  # noqa: PLC0415 - only where a file is one

        table = pq.read_table(io.BytesIO(content))
        inner.append(repr(table.to_pylist()).encode() + repr(table.schema.metadata).encode())
    if inner:  # what is packed is not coded as well
        for each in inner:
            yield from unpacked(each, depth - 1)
        return
    if b"%" in content:
        inner.append(unquote_to_bytes(content))
    decoded = []
    for found in set(_BASE64.findall(content[:5_000_000])):
        for code in (base64.b64decode, base64.urlsafe_b64decode):
            with contextlib.suppress(ValueError):
                decoded.append(code(found + b"=" * (-len(found) % 4)))
    yield b"\n".join(decoded)
    with contextlib.suppress(ValueError):
        told = json.loads(content)
        inner.append(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
    for each in inner:
        if each != content:
            yield from unpacked(each, depth - 1)


def names_in(content: bytes) -> list[str]:
    """Which forms of the name stand in some bytes, in whatever form."""
    found: set[str] = set()
    for each in unpacked(content):
        text = each.decode("utf-8", "ignore")
        low = (
            unicodedata.normalize("NFKD", text).casefold().encode("utf-8", "ignore") + each.lower()
        )
        found.update(said.decode() for said in _SAID if said in low)
        found.update(f"base64 {said!r}" for said in _CODED if len(said) > 8 and said in each)
        found.update(f"UTF-16 {said[:8]!r}" for said in _WIDE if said in each)
    return sorted(found)


def fill(ledger: Ledger) -> list[str]:
    """The planted ledger, the name protected; the handles of its reports."""
    fields = ("speaker", "text", "title", "url", "name", "byline")
    readings = [planted(n, field, said) for n, (field, said) in enumerate(
        (field, said) for field in fields for said in (NAME, ALIAS))]  # fmt: skip
    ledger.add(readings[:-2])
    ledger.add([said_by("Maud Ellery", WORDS, url="https://other.example/")])
    (key,) = {s.key for s in ledger.sources(NAME).rows if s.name == NAME}
    claim = ledger.claims(limit=1).rows[0].claim
    ledger.judge("note", claim, by="ed", reason=f"{NAME} rang, {ALIAS} he is called")
    ledger.judge("protect", key, by="ed", reason=f"{NAME} asked", names=list(FORMS))
    ledger.add(readings[-2:])  # what comes later is covered as well
    page = dataclasses.replace(readings[0], report=readings[0].report)
    ledger.add([page])
    return [r.report for r in ledger.reports(limit=100).rows]


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=0)
        self.said = b""

    def emit(self, record: logging.LogRecord) -> None:
        self.said += self.format(record).encode() + b"\n"


def look(tally: Tally, where: str, content: bytes) -> None:
    """Count one stream of bytes that was looked through."""
    tally.tried += 1
    if found := names_in(content):
        tally.leaks.append(f"{where}: {found[:4]}")


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
    """All exports, pages, answers, errors, the log, and what partners are told."""
    del size  # all of it in either form
    tally = Tally("leaks")
    for hidden in (NAME.encode("utf-16"), base64.b64encode(b"xx" + NAME.encode()), gzip.compress(
        NAME.upper().encode()), quote(NAME).encode(), NAME.encode().hex().encode(),
        json.dumps({"a": base64.b64encode(NAME.encode() * 3).decode()}).encode()):  # fmt: skip
        tally.expect(bool(names_in(hidden)), f"the search itself misses {hidden[:30]!r}")
    with Ledger.open(f"sqlite:///{folder / 'leaks.db'}", linking=Linking()) as ledger:
        fill(ledger)
        tally.expect(list(ledger.verify()) == [], "the planted ledger does not verify")
        _exports(tally, ledger, folder)
        _desk(tally, ledger)
    place = folder / "partners"
    place.mkdir()
    _partners(tally, place)
    return tally
