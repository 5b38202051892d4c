"""What goes in, whole, packed, damaged and hostile: each part is read or told of."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.cli.main import run
from sayso.corpus.inputs import Item, Meter, list_inputs, read_items
from sayso.corpus.near import COLUMNS
from sayso.corpus.schema import NOUNS, OF_REPORT, OWN, schemas
from sayso.errors import UsageError
from sayso.ledger import Ledger

# warcio's writer leaves a temporary file to the collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

LINE = {"id": "a", "text": "Nine people died in Tarn, the coast guard said.", "published": None}
PAGE = (
    "<html><head><title>Ferry sinks</title></head><body><article><h1>Ferry sinks</h1><p>"
    + "Nine people died when a ferry sank off Tarn, the coast guard said on Monday. " * 5
    + "</p></article></body></html>"
)


def items_of(*paths: Path) -> list[Item]:
    """All parts of some inputs."""
    return [i for file in list_inputs([str(p) for p in paths]) for i in read_items(file, Meter())]


def archive(path: Path, *bodies: tuple[bytes, dict[str, str]], packed: bool = True) -> Path:
    """A web archive of pages."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)
        for n, (body, headers) in enumerate(bodies):
            said = {"Content-Type": "text/html; charset=utf-8"} | headers
            status = said.pop("Status", "200 OK")
            http = StatusAndHeaders(status, list(said.items()), protocol="HTTP/1.0")
            url = f"https://news.example/{n}"
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=http
            )
            writer.write_record(record)
    return path


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("", bytes),
        (".gz", gzip.compress),
        (".bz2", bz2.compress),
        (".xz", lzma.compress),
        (".zst", lambda c: pa.compress(c, "zstd", asbytes=True)),
    ],
)
def test_lines_packed_or_not(ending: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """And a broken line among them is told by its number."""
    content = "\n".join([json.dumps(LINE), "{", "", json.dumps({**LINE, "id": "b"})]).encode()
    (tmp_path / f"in.jsonl{ending}").write_bytes(pack(content))
    first, broken, last = items_of(tmp_path)
    assert first.capture is not None
    assert last.capture is not None
    assert (first.capture.name, last.capture.name) == ("a", "b")
    assert broken.refused is not None
    assert ", line 2: not JSON" in broken.refused


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        (".gz", gzip.compress),
        (".bz2", bz2.compress),
        (".xz", lzma.compress),
        (".zst", lambda c: pa.compress(c, "zstd", asbytes=True)),
    ],
)
@pytest.mark.parametrize("harm", ["cut", "altered", "no pack at all"])
def test_a_damaged_pack_stops_no_other_file(
    harm: str, ending: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """It is read as far as it goes, says so, and the next file is read."""
    packed = bytearray(pack((json.dumps(LINE) + "\n").encode() * 300))
    half = len(packed) // 2
    match harm:
        case "cut":
            del packed[half:]
        case "altered":
            packed[half : half + 8] = bytes(b ^ 0x5A for b in packed[half : half + 8])
        case _:
            packed = bytearray(b"Dear diary, nothing happened.\n")
    (tmp_path / f"a.jsonl{ending}").write_bytes(packed)
    (tmp_path / "b.jsonl").write_text(json.dumps({**LINE, "id": "whole"}))
    *_, damaged, last = items_of(tmp_path)
    assert damaged.refused is not None  # or, where a pack has no checksum, its last line is broken
    assert "cannot be read on" in damaged.refused or "line 300: not JSON" in damaged.refused
    assert last.capture is not None
    assert last.capture.name == "whole"


def test_an_archive(tmp_path: Path) -> None:
    """Pages of status 200; packed, too large, unknown packing, and what comes after them."""
    bomb = gzip.compress(b"a" * 30_000_000)
    path = archive(
        tmp_path / "a.warc.gz",
        (PAGE.encode(), {}),
        (b"gone", {"Status": "404 Not Found"}),
        (gzip.compress(PAGE.encode()), {"Content-Encoding": "gzip"}),
        (bomb, {"Content-Encoding": "gzip"}),
        (b"x", {"Content-Encoding": "zopfli"}),
        (b"\x89PNG", {"Content-Type": "image/png"}),
        (PAGE.encode(), {}),
    )
    found = items_of(path)
    assert [i.capture.url if i.capture else None for i in found] == [
        "https://news.example/0", "https://news.example/2", None, None, "https://news.example/6",
    ]  # fmt: skip
    assert found[1].capture is not None
    assert found[1].capture.content == PAGE.encode()
    assert "more than 20 MB" in (found[2].refused or "")
    assert "packed by zopfli" in (found[3].refused or "")


@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_archive(packed: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """The page that was cut off is not taken for a whole one."""
    pages = [(PAGE.encode(), {})] * 3
    path = archive(tmp_path / "cut.warc", *pages, packed=packed)
    path.write_bytes(path.read_bytes()[:-90])
    *whole, last = items_of(path)
    assert [i.capture is not None for i in whole] == [True, True]
    assert last.capture is None
    assert "record 3" in last.at


def test_no_archive(tmp_path: Path) -> None:
    """By its name alone."""
    (tmp_path / "no.warc").write_bytes(b"Dear diary, nothing happened.\n" * 40)
    (only,) = items_of(tmp_path)
    assert "the archive is damaged" in (only.refused or "")


def test_parquet(tmp_path: Path) -> None:
    """Columns by name; those of another kind are told."""
    rows = [LINE, {**LINE, "id": "b", "text": None}, {**LINE, "id": "c"}]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    parquet.write_table(pa.table({"body": ["x"]}), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 no more")
    one, two, three, columns, damaged = items_of(tmp_path)
    assert one.capture is not None
    assert three.capture is not None
    assert "row 2: no text in it" in (two.refused or "")
    assert "no column `text`; it has body" in (columns.refused or "")
    assert "no Parquet file" in (damaged.refused or "")


def test_what_is_refused_is_called_by_where_it_stands(
    tmp_path: Path, fill: Callable[..., Any], here: Any, dataset: Callable[[Path], Any]
) -> None:
    """The path as it was given, whichever stage refuses it and whatever that calls it."""
    (tmp_path / "in").mkdir()
    given = {
        "a.txt": b"", "b.html": b"<html><body></body></html>", "c.pdf": b"%PDF-1.4 no more",
        "d.jsonl": b'{"id": "x", "text": " "}\n{"text": 3}\n', "e.parquet": b"PAR1",
        "f.warc": b"nothing of that kind", "g.docx": b"PK\x03\x04 half",
    }  # fmt: skip
    for name, content in given.items():
        (tmp_path / "in" / name).write_bytes(content)
    archive(tmp_path / "in" / "h.warc.gz", (b"", {}))
    fill(tmp_path / "out", tmp_path / "in", engine=here())
    reports = dataset(tmp_path / "out")["reports"]
    assert len(reports) == 9
    for row in reports:
        assert row["input"].startswith(f"{tmp_path}/in/")
        assert row["refused"].startswith(f"{row['input']}: ")
        assert row["refused"].count(Path(row["input"].partition(",")[0]).name) == 1, row


def test_what_is_not_there_is_told_before_anything_is_begun(tmp_path: Path) -> None:
    """A name that is misspelt, an empty folder, a scheme that nobody knows."""
    (tmp_path / "empty").mkdir()
    for given, words in [
        (str(tmp_path / "none"), "no such file or folder"),
        (str(tmp_path / "empty"), "nothing in there"),
        ("gopher://a/b", "cannot be listed"),
    ]:
        with pytest.raises(UsageError, match=words):
            list_inputs([given])


def test_a_pipe_is_waited_for_by_nobody(tmp_path: Path) -> None:
    """In a folder it is passed over; named, it is refused."""
    (tmp_path / "a.txt").write_text("Two men died in Oda on Monday.")
    os.mkfifo(tmp_path / "pipe")
    assert [i.name for i in list_inputs([str(tmp_path)])] == ["a.txt"]
    with pytest.raises(UsageError, match="no plain file"):
        list_inputs([str(tmp_path / "pipe")])


def test_the_columns_are_documented(root: Path) -> None:
    """Each of `reports`' own, and those before a noun's; their types as Arrow has them."""
    page = (root / "docs" / "corpus.md").read_text("utf-8")
    for column in (*OWN, *OF_REPORT, *COLUMNS):
        type_ = "list of string" if str(column.type).startswith("list") else str(column.type)
        assert f"| `{column.name}` | {type_} | {column.means} |" in page
    for name in (*NOUNS, *(set(schemas()["reports"].names) - {c.name for c in OWN})):
        assert f"`{name}`" in page


def test_the_command_and_the_way_into_a_ledger(
    tmp_path: Path, lines: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Read once by two processes, added without being read anew: as if it had been added."""
    out = tmp_path / "out"
    assert run(["corpus", str(lines), "--out", str(out), "--jobs", "2", "--reader", "rules"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{out}: 32 read, 8 copies, 0 refused; ")
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("by-corpus", "by-add")]
    assert run(["add", "--from", "readings", str(out), "--ledger", urls[0]]) == 0
    assert run(["add", str(lines), "--reader", "rules", "--ledger", urls[1]]) == 0
    held: list[Any] = []
    for url in urls:
        with Ledger.open(url) as ledger:
            held.append({(c.content, c.report.name) for c in ledger.claims(limit=500).rows})
            assert list(ledger.verify()) == []
    copies = {f"a{n}" for n in range(4, 40, 5)}
    assert held[0] == {(words, name) for words, name in held[1] if name not in copies}


def test_a_folder_that_is_no_corpus_is_no_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is made."""
    url = f"sqlite:///{tmp_path / 'l.db'}"
    assert run(["add", "--from", "readings", str(tmp_path), "--ledger", url]) == 2
    assert "did not fill" in capsys.readouterr().err
