"""What a path or standard input holds: captures, and errors that lose nothing."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import time
from pathlib import Path

import pytest

from sayso.errors import CaptureError, InputError
from sayso.intake import LARGEST_CAPTURE, LARGEST_TEXT, STDIN_NAME, make_capture, read_captures
from sayso.record import Capture


def _one(source: str | Path) -> Capture | InputError:
    (found,) = read_captures(str(source))
    return found


def test_a_file_is_a_capture(tmp_path: Path) -> None:
    """Its bytes, its name without the folder, its form and its hash; no instant of a fetch."""
    file = tmp_path / "story.txt"
    file.write_bytes(b"Divers have raised the ferry.\r\n")
    found = _one(file)
    assert isinstance(found, Capture)
    assert (found.name, found.form, found.fetched) == ("story.txt", "text", None)
    assert found.content == b"Divers have raised the ferry.\r\n"
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input, its form found by its content."""

    class Given:
        buffer = io.BytesIO(b'{"id": "a", "text": "x y"}\n{"id": "b", "text": "z"}\n')

    monkeypatch.setattr(sys, "stdin", Given)
    found = list(read_captures("-"))
    assert [c.name for c in found if isinstance(c, Capture)] == ["a", "b"]
    Given.buffer = io.BytesIO(b"Divers have raised the ferry.")
    (plain,) = read_captures("-")
    assert isinstance(plain, Capture)
    assert (plain.name, plain.form) == (STDIN_NAME, "text")


@pytest.mark.parametrize("name", ["feed.json", "feed.jsonl", "feed.txt", "feed"])
def test_json_of_any_shape(tmp_path: Path, name: str) -> None:
    """Lines, an array, or one object over several lines give the same reports."""
    row = '{"id": "a",%s"text": "Divers have raised the ferry."}'
    other = row.replace('"a"', '"b"')
    lines, array, one = row % " " + "\n", f"[{row % ' '},\n{other % ' '}]", row % "\n"
    for content, names in ((lines, ["a"]), (array, ["a", "b"]), (one, ["a"])):
        if name == "feed.jsonl" and content == one:
            continue  # its name says: an object a line
        (tmp_path / name).write_text(content, encoding="utf-8")
        found = list(read_captures(str(tmp_path / name)))
        assert [c.name for c in found if isinstance(c, Capture)] == names, (name, content)
        assert len(found) == len(names)


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "empty"), (b" \n\r\n\t", "empty"), (b"\xef\xbb\xbf\n", "empty"),
     (b"\x89PNG\r\n\x1a\n....", "PNG picture"), (b"\x1f\x8b\x08....", "gzip-compressed")],
)  # fmt: skip
def test_what_holds_no_report(tmp_path: Path, content: bytes, what: str) -> None:
    """The error names the file, what it is, and what to do."""
    file = tmp_path / "story.txt"
    file.write_bytes(content)
    found = _one(file)
    assert isinstance(found, CaptureError)
    assert found.name == "story.txt"
    assert what in found.what
    assert found.mend


def test_what_is_not_there(tmp_path: Path) -> None:
    """A missing file, a folder, an address, an impossible path: each an error, none raised."""
    for source, what in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "a folder"),
        ("", "no name of a file"),
        ("https://courier.example/ferry", "an address"),
        ("a\0b", "cannot be opened"),
    ):
        found = _one(source)
        assert isinstance(found, CaptureError)
        assert found.name == (str(source) or "''")
        assert what in found.what


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """Missing permission is said as such."""
    file = tmp_path / "story.txt"
    file.write_text("x")
    file.chmod(0)
    found = _one(file)
    assert isinstance(found, CaptureError)
    assert "not allowed" in found.what


def test_fifty_megabytes_of_one_line(tmp_path: Path) -> None:
    """Refused in a moment, and no more than the limit is read."""
    file = tmp_path / "line.txt"
    with file.open("wb") as out:
        for _ in range(50):
            out.write(b"word " * (1024 * 1024 // 5))
    start = time.process_time()
    found = _one(file)
    assert isinstance(found, CaptureError)
    assert "split it" in found.mend
    assert time.process_time() - start < 3


def test_limits() -> None:
    """Text is bounded closer than a PDF with its pictures."""
    with pytest.raises(CaptureError, match="more than 20 MB"):
        make_capture("x.txt", b"a" * (LARGEST_TEXT + 1))
    assert make_capture("x.pdf", b"%PDF-1.4" + b"a" * LARGEST_TEXT).form == "pdf"
    with pytest.raises(CaptureError, match="more than 50 MB"):
        make_capture("x.pdf", b"%PDF-1.4" + b"a" * LARGEST_CAPTURE)


def test_the_caller_s_form_wins() -> None:
    """A form that is given is not found again."""
    assert make_capture("x.html", b"<p>Divers", "text").form == "text"
