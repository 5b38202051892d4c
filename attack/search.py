"""A name looked for in bytes, in whatever form it stands there: packed, coded, in another case."""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import quote, unquote_to_bytes

from attack.tally import Tally

NAME, ALIAS = "Quillon Ravenscourt", "Corvuskin"
FORMS = (NAME, "Quillon", "Ravenscourt", ALIAS)


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


def look(tally: Tally, where: str, content: bytes) -> None:
    """Count one stream of bytes that was looked through."""
    tally.tried += 1
    if found := names_in(content):
        tally.leaks.append(f"{where}: {found[:4]}")
