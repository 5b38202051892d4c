"""JSON Lines: texts exactly as given, and broken lines that stop nobody."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError, PageError
from sayso.intake.json_lines import read_json_array, read_json_line, read_json_lines
from sayso.record import Capture


def _read(content: bytes, longest: int = 10_000) -> list[Capture | InputError]:
    return list(read_json_lines("feed.jsonl", io.BytesIO(content), longest))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_texts_stay_as_given(text: str) -> None:
    """Code point by code point, whatever is in it; only white space alone is refused."""
    (found,) = _read(json.dumps({"id": "a", "text": text}).encode() + b"\n")
    if text.strip():
        assert isinstance(found, Capture)
        assert found.content.decode() == text
    else:
        assert isinstance(found, PageError)


def test_what_a_line_says_beside_its_text() -> None:
    """Known facts are kept, empty ones are not, unknown keys are passed over."""
    row = {"id": "a", "text": "x", "published": "2024-12-27", "url": "https://x.example/a",
           "title": " T ", "publisher": None, "score": 3}  # fmt: skip
    found = read_json_line("feed.jsonl", 1, json.dumps(row).encode())
    assert found.name == "a"
    assert found.url == "https://x.example/a"
    assert found.facts == {"published": "2024-12-27", "url": "https://x.example/a", "title": "T"}


@pytest.mark.parametrize("key", ["id", "title", "publisher", "url"])
def test_half_a_character_is_made_whole(key: str) -> None:
    """What no store and no output takes; in the text itself it is refused, with its place."""
    found = read_json_line("feed.jsonl", 1, json.dumps({"text": "x", key: "a\udc00b"}).encode())
    assert (found.name if key == "id" else found.facts[key]) == "a\ufffdb"
    pair = json.dumps({"text": "x", key: "\ud83d\udd25"}).encode()
    whole = read_json_line("feed.jsonl", 1, pair)
    assert (whole.name if key == "id" else whole.facts[key]) == "\N{FIRE}"


def test_an_id_that_stood_before() -> None:
    """Both reports are kept, under names that tell them apart, and the second one says so."""
    found = _read(
        b'{"id": "a", "text": "x"}\n{"id": "a#2", "text": "y"}\n{"id": "a", "text": "z"}\n'
    )
    assert [c.name for c in found] == ["a", "a#2", "a#3"]
    last = found[2]
    assert isinstance(last, Capture)
    assert last.warnings == ("the id 'a' stands before, at feed.jsonl, line 1; here it is 'a#3'",)


def test_an_array_of_reports() -> None:
    """Each item is a report or an error that names its place; so is one object over some lines."""
    content = b'\xef\xbb\xbf[{"id": "a", "text": "x"},\n 3, {"id": "a", "text": "y"}, {"id": "b"}]'
    found = list(read_json_array("feed.json", content))
    names = [c.name for c in found if isinstance(c, Capture)]
    errors = [str(e) for e in found if isinstance(e, InputError)]
    assert names == ["a", "a#2"]
    assert [e.partition(";")[0] for e in errors] == [
        "feed.json, item 2: a number, not an object",
        "feed.json, item 4: no text in it",
    ]
    (one,) = read_json_array("feed.json", b'{"id": "a",\r\n "text": "x"}')
    assert isinstance(one, Capture)
    assert (one.name, one.at) == ("a", "feed.json, item 1")


@pytest.mark.parametrize("content", [b"[", b"[]", b'[{"text": NaN}]', b"\xff[", b"[" * 100_000])
def test_a_broken_array_is_one_error(content: bytes) -> None:
    """It names the file and says what to write."""
    with pytest.raises(InputError, match=r"^feed\.json: .*; \w"):
        read_json_array("feed.json", content)


def test_names() -> None:
    """A number is a name too; a line without one is called by its place."""
    found = _read(b'{"id": 7, "text": "x"}\n{"text": "y"}\n')
    assert [c.name for c in found] == ["7", "feed.jsonl, line 2"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"id": "a", "text": ', "not JSON"),
        (b"[1, 2]", "an array, not an object"),
        (b'{"id": "a"}', "no text"),
        (b'{"text": 3}', "not a text"),
        (b'{"text": "x", "id": [1]}', "id is an array"),
        (b'{"text": "x", "title": {}}', "title is an object"),
        (b'{"text": "\\ud800"}', "half a character"),
        (b'{"text": "\xff"}', "not UTF-8 at byte 10"),
        (b'{"text": " \\n"}', "empty"),
        (b'{"text": NaN}', "NaN is not JSON"),
        (b"[" * 9000, "not JSON"),
        (b"x" * 20_000, "longer than"),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_read(line: bytes, what: str) -> None:
    """The error says file, line, reason and mend; the lines around it come out."""
    good = b'{"id": "g", "text": "x"}\n'
    first, broken, last = _read(good + line + b"\n" + good)
    assert isinstance(first, Capture)
    assert isinstance(last, Capture)
    assert isinstance(broken, InputError)
    assert broken.name == "feed.jsonl, line 2"
    assert what in broken.what
    assert broken.mend


def test_a_mark_empty_lines_and_a_last_line_without_end() -> None:
    """A byte order mark belongs to no line, an empty line to none."""
    found = _read(b'\xef\xbb\xbf{"id": "a", "text": "x"}\r\n\r\n{"id": "b", "text": "y"}')
    assert [c.name for c in found] == ["a", "b"]


def test_nothing_at_all() -> None:
    """An empty file is an error, not silence."""
    (found,) = _read(b"\n\n")
    assert isinstance(found, InputError)
    assert found.what == "empty"
