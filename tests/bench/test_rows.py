"""Marked files as they come: what can be settled is, what can't is said with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.quality.__main__ import main
from bench.quality.rows import GoldError, give_back, prepare, read_rows
from bench.quality.where import ENVIRONMENT, find, of_split


def _write(folder: Path, content: bytes, name: str = "gold.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_mark_line_ends_and_empty_lines_are_settled(tmp_path: Path) -> None:
    """A byte order mark, CRLF, and lines of white space are no rows; U+2028 ends none."""
    gold = _write(tmp_path, b'\xef\xbb\xbf{"id": 1, "text": "a\xe2\x80\xa8b"}\r\n\r\n \n{"id": 2}')
    assert read_rows(gold) == [(1, {"id": 1, "text": "a\u2028b"}), (4, {"id": 2})]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no rows in it"),
        (b"\xef\xbb\xbf\r\n", "no rows in it"),
        (b'{"id": "a", "text": "x"}\n{"id"', "line 2: not JSON"),
        (b"[]\n", "line 1: a list, not an object"),
        (b"\xff\n", "not UTF-8 at byte 0"),
        (b'{"id": "a"}\n', "line 1: no text; time needs id, text"),
        (b'{"text": "x"}\n', "line 1: no id"),
        (b'{"id": "a", "text": 3}\n', "line 1: text is a int, not a text"),
    ],
)
def test_what_cannot_be_settled(tmp_path: Path, content: bytes, what: str) -> None:
    """The error names the file, and the line where it is one's."""
    with pytest.raises(GoldError, match=rf"gold\.jsonl.*{what}"):
        prepare("time", _write(tmp_path, content), tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Its path is named, and no file is made of it."""
    with pytest.raises(GoldError, match=r"none\.jsonl: "):
        prepare("time", tmp_path / "none.jsonl", tmp_path)
    assert not list(tmp_path.iterdir())


def test_ids_are_given_back_as_they_were(tmp_path: Path) -> None:
    """Numbers are names inside, and numbers again in what is written, pairs included."""
    folder = tmp_path / "made"
    folder.mkdir()
    gold = _write(tmp_path, b'{"id": 7, "text": "x", "dct": false}\n{"id": "8", "text": "y"}\n')
    made, ids = prepare("copies", gold, folder)
    assert [row for _, row in read_rows(made)] == [
        {"id": "7", "text": "x"}, {"id": "8", "text": "y"},
    ]  # fmt: skip
    out = _write(tmp_path, b'{"a": "7", "b": "8"}\n{"id": "7"}\n', "out.jsonl")
    give_back(out, ids)
    assert [row for _, row in read_rows(out)] == [{"a": 7, "b": "8"}, {"id": 7}]


def test_the_part_of_a_set(tmp_path: Path) -> None:
    """`dev` in a name gives way; else the part follows the name, or stands alone."""
    assert of_split(tmp_path / "dev.jsonl", "train").name == "train.jsonl"
    assert of_split(tmp_path / "uw.dev.jsonl", "test").name == "uw.test.jsonl"
    assert of_split(tmp_path / "lgl.jsonl", "test").name == "lgl.test.jsonl"
    (tmp_path / "tst3.jsonl").touch()
    assert of_split(tmp_path / "tst1.jsonl", "tst3").name == "tst3.jsonl"


def test_data_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that holds `data`, or `data` itself."""
    (tmp_path / "data/msrp").mkdir(parents=True)
    gold = _write(tmp_path / "data/msrp", b"{}\n", "dev.jsonl")
    for folder in (tmp_path, tmp_path / "data"):
        monkeypatch.setenv(ENVIRONMENT, str(folder))
        assert find("data/msrp/dev.jsonl") == gold


def test_the_command_measures_a_part_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`NAME --data DIR --split PART` reads that part there, by the scorer beside it."""
    monkeypatch.setenv(ENVIRONMENT, "")
    (tmp_path / "data/msrp").mkdir(parents=True)
    (tmp_path / "scorers").mkdir()
    row = {"id": 1, "a": "Six died.", "b": "Six died."}
    _write(tmp_path / "data/msrp", json.dumps(row).encode() + b"\r\n", "late.jsonl")
    (tmp_path / "scorers/score_paraphrase.py").write_text(
        "import json, sys\nprint(json.dumps({'accuracy': len(open(sys.argv[2]).readlines())}))\n"
    )
    assert main(["paraphrase", "--data", str(tmp_path), "--split", "late"]) == 0
    assert "paraphrase/msrp@late" in (shown := capsys.readouterr().out)
    assert "accuracy 1" in shown
    assert main(["paraphrase", "--data", str(tmp_path)]) == 0
    assert "left out: no dev.jsonl here" in capsys.readouterr().out


@pytest.mark.parametrize(
    "args",
    [
        ["time", "--gold", "x"],
        ["--gold", "x", "--predict", "y"],
        ["pages", "--gold", "x", "--predict", "y"],
        ["time", "--only", "time"],
        ["--split", "train", "--record"],
        ["--data", "no/such/folder"],
        ["weather"],
    ],
)
def test_wrong_usage(args: list[str]) -> None:
    """It ends with 2, before anything is read."""
    with pytest.raises(SystemExit) as ended:
        main(args)
    assert ended.value.code == 2
