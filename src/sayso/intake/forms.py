"""Which form bytes have: by what they begin with, then by the name's ending."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import PurePath

from sayso.errors import CaptureError
from sayso.record import Form

_ENDINGS: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".rtf": "rtf",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl", ".json": "jsonl",
    ".warc": "warc",
}  # fmt: skip
# What else comes in by mistake, said by its name.
_OTHERS = (
    (b"\x1f\x8b", "gzip-compressed", "unpack it first"),
    (b"BZh", "bzip2-compressed", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\xfd7zXZ", "xz-compressed", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", "unpack it first"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old or encrypted Office file",
        "save it as DOCX or text, without a password",
    ),
    (b"\x89PNG", "a PNG picture", "give the report's text"),
    (b"\xff\xd8\xff", "a JPEG picture", "give the report's text"),
    (b"GIF8", "a GIF picture", "give the report's text"),
    (b"SQLite format 3", "an SQLite database", "give the report's text"),
    (b"PAR1", "a Parquet file", "give JSON Lines"),
    (b"\x7fELF", "a program", "give the report's text"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|meta"
    rb"|title|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(rb"<(?:html|head|body)\b[^>]{0,500}>", re.IGNORECASE)
_SNIFF = 4096
_CELL = re.compile(rb"[a-z_][\w .-]{0,40}")  # a column's name


def _zip_form(name: str, content: bytes) -> Form:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CaptureError(name, "a damaged DOCX or ZIP file", "save it again") from error
    if "word/document.xml" in names:
        return "docx"
    raise CaptureError(name, "a ZIP archive, not a DOCX", "unpack it, or save it as DOCX or text")


def _is_json_line(start: bytes) -> bool:
    """True where the first line is a JSON object with a text, as `--from jsonl` takes it."""
    line = start.lstrip().split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and isinstance(row.get("text"), str)


def is_json_array(start: bytes) -> bool:
    """True where bytes begin as one JSON value over several lines does: `[`, or `{` alone."""
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"[") or start.split(b"\n", 1)[0].strip() == b"{"


def is_one_json(content: bytes) -> bool:
    """True for one JSON value, not one a line: `{"id": "a",` goes on in the next line."""
    return is_json_array(content[:_SNIFF]) or (
        not _is_json(content.lstrip().split(b"\n", 1)[0]) and _is_json(content)
    )


def _is_json(content: bytes) -> bool:
    """True for one whole JSON array or object; prose may begin with a bracket too."""
    try:
        return isinstance(json.loads(content), list | dict)
    except (ValueError, RecursionError):
        return False


def _refuse_table(name: str, start: bytes, ending: str) -> None:
    """Raises CaptureError for a table: read as prose, its cells would make nonsense."""
    line = start.split(b"\n", 1)[0].strip()
    cells = [c.strip(b' "').lower() for c in re.split(rb"[,;\t]", line[:2000])]
    named = len(cells) > 1 and bool({b"text", b"body", b"content"} & set(cells))
    if ending in {".csv", ".tsv"} or (named and all(_CELL.fullmatch(c) for c in cells)):
        mend = 'write each row as a JSON line, {"id": "…", "text": "…"}'
        raise CaptureError(name, "a table (CSV)", mend)


def find_form(name: str, content: bytes) -> Form:
    """The form of bytes: what they begin with decides, then the name's ending, else text.

    A PDF named .txt is a PDF. Raises CaptureError for what is none of the forms: archives,
    pictures, old Office files, tables.
    """
    start = content[:_SNIFF].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _zip_form(name, content)
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"WARC/"):
        return "warc"
    for mark, what, mend in _OTHERS:
        if start.startswith(mark):
            raise CaptureError(name, what, mend)
    suffix = PurePath(name).suffix.lower()
    ending = _ENDINGS.get(suffix)
    if ending == "jsonl" or (ending in {None, "text"} and _is_json_line(content[:1_000_000])):
        return "jsonl"
    if ending in {None, "text"} and start.lstrip()[:1] in {b"[", b"{"} and _is_json(content):
        return "jsonl"
    if ending == "html" or _HTML.match(start) or (ending is None and _HTML_INSIDE.search(start)):
        return "html"
    if ending in {None, "text"}:
        _refuse_table(name, start, suffix)
    return ending or "text"
