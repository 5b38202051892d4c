"""The form of bytes, by what they begin with and then by their name."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import CaptureError
from sayso.intake.forms import find_form
from sayso.record import Form


def _zip(entry: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", b"%PDF-1.7\n", "pdf"),
        ("a", b"\xef\xbb\xbf<!DOCTYPE html><p>x", "html"),
        ("a.txt", b"<!-- saved --><html><p>x", "html"),
        ("a.txt", b"He wrote <b>no</b> to them.", "text"),
        ("a.html", b"Divers have raised the ferry.", "html"),
        ("a.doc", b"{\\rtf1 x}", "rtf"),
        ("a", _zip("word/document.xml"), "docx"),
        ("a", b'{"id": "a", "text": "x"}\n', "jsonl"),
        ("a", b'{"id": "a"}\n', "jsonl"),
        ("a.txt", b'{"id": "a", "text": "x"}\n', "jsonl"),
        ("a.txt", b'[{"id": "a",\n "text": "x"}]', "jsonl"),
        ("a.json", b"[", "jsonl"),
        ("a.txt", b"[Updated] Divers have raised the ferry.", "text"),
        ("a.txt", b"text, pictures and maps: what divers found\n", "text"),
        ("a.jsonl", b"broken", "jsonl"),
        ("a.NDJSON", b"{}", "jsonl"),
        ("a", b"WARC/1.1\r\n", "warc"),
        ("story.v2", b"Divers have raised the ferry.", "text"),
    ],
)
def test_forms(name: str, content: bytes, form: Form) -> None:
    """A PDF named .txt is a PDF; so is JSON whatever its name; prose may begin with a bracket."""
    assert find_form(name, content) == form


@pytest.mark.parametrize(
    ("content", "what"),
    [(_zip("xl/workbook.xml"), "ZIP archive"), (b"PK\x03\x04broken", "damaged"),
     (b"\xd0\xcf\x11\xe0....", "Office"), (b"SQLite format 3\0", "SQLite")],
)  # fmt: skip
def test_what_is_no_form(content: bytes, what: str) -> None:
    """Archives, old Office files, databases are called by their names."""
    with pytest.raises(CaptureError, match=what):
        find_form("a.txt", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b"x"), ("a.tsv", b"x\ty"), ("a", b'id,title,"text"\n1,Ferry,Raised.\n'),
     ("a.txt", b"id;body;published\n")],
)  # fmt: skip
def test_a_table_is_refused(name: str, content: bytes) -> None:
    """By its name, or by a first line of columns, the text among them; it says what to write."""
    with pytest.raises(CaptureError, match=r"a table \(CSV\); .*JSON line"):
        find_form(name, content)


def test_many_comments_before_a_page_are_no_maze() -> None:
    """Each comment ends at its first mark: 400 before something else took time beyond any end."""
    comments = b"<!--a--> " * 400
    assert find_form("a", comments + b"x") == "text"
    assert find_form("a", comments + b"<!DOCTYPE html>") == "html"


@given(st.binary(max_size=200), st.sampled_from(["a", "a.txt", "a.pdf", "a.jsonl"]))
def test_any_bytes_have_a_form_or_are_refused(content: bytes, name: str) -> None:
    """No bytes crash it."""
    try:
        form = find_form(name, content)
    except CaptureError:
        return
    assert form in {"text", "html", "pdf", "docx", "rtf", "jsonl", "warc"}
