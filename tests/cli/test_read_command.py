"""`sayso read`: rows to standard output, words to standard error, an exit code that tells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from sayso.cli.main import run
from sayso.cli.output.jsonl import JsonLines
from sayso.errors import ModelError
from sayso.pipeline import read as work
from sayso.record import Claim, Reading, Report, Span
from sayso.record.wire import schema

STORY = "Dockers left Odda pier on Monday.\n\nThe harbour master said that two boats had sunk.\n"


class FakeReader:
    """Reads each report as one claim; breaks on one that says so."""

    def __init__(self, *, learned: bool = True) -> None:
        self.learned = learned

    def read(self, report: Report) -> Reading:
        """One claim that is the whole report."""
        if "BREAK" in report.text:
            raise KeyError("a secret word of the report")
        if "HUGE" in report.text:
            raise MemoryError
        claim = Claim("c1", (Span(0, len(report.text)),), None, "stated", "positive")
        return Reading(report, claims=(claim,), warnings=("no date was found",))


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(work, "shared_reader", FakeReader)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_DEBUG", raising=False)


def write(name: str, text: str = STORY) -> str:
    """A file in the test's folder."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_all_read_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    """Each report is a line that fits the schema; standard error is silent."""
    assert run(["read", write("a.txt"), write("b.txt"), "--format", "jsonl"]) == 0
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    for row in rows:
        jsonschema.validate(row, schema())
    assert [row["report"]["name"] for row in rows] == ["a.txt", "b.txt"]  # one text, both names
    assert err == ""


def test_some_refused_is_1_and_the_others_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, one that is empty: said in a line each, and passed over."""
    files = [write("a.txt"), "absent.txt", write("empty.txt", ""), write("b.txt")]
    assert run(["read", *files, "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    lines = err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("sayso: absent.txt: ")
    assert lines[1].startswith("sayso: empty.txt: ")
    assert all("; " in line for line in lines)  # what to do


def test_nothing_read_is_2_and_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """No header, no empty page: nothing."""
    for form in ("table", "jsonl", "csv", "html"):
        assert run(["read", "absent.txt", "--format", form]) == 2
        assert capsys.readouterr().out == ""


def test_a_defect_is_70_and_the_others_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    """One line that says what to report, without the report's words and without a trace."""
    assert run(["read", write("a.txt", STORY + "BREAK"), write("b.txt"), "--format", "jsonl"]) == 70
    out, err = capsys.readouterr()
    assert [json.loads(line)["report"]["name"] for line in out.splitlines()] == ["b.txt"]
    assert len(err.splitlines()) == 1
    assert err.startswith("sayso: a.txt: a defect in sayso (KeyError in ")
    assert "secret" not in err
    assert "SAYSO_DEBUG=1" in err


def test_out_dash_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """As everywhere; a file of that name can still be written by its path."""
    assert run(["read", write("a.txt"), "--format", "jsonl", "--out", "-"]) == 0
    assert '"name":"a.txt"' in capsys.readouterr().out.replace(": ", ":")
    assert not Path("-").exists()
    assert run(["read", "a.txt", "--format", "jsonl", "--out", "./-"]) == 0
    assert Path("-").exists()


def test_debugging_shows_the_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for the whole trace gets it."""
    monkeypatch.setenv("SAYSO_DEBUG", "1")
    assert run(["read", write("a.txt", STORY + "BREAK")]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_report_too_large_for_memory_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Want of memory is no defect; the next report is read."""
    assert run(["read", write("a.txt", STORY + "HUGE"), write("b.txt"), "--format", "csv"]) == 1
    assert "sayso: a.txt: more than this machine's memory holds" in capsys.readouterr().err


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["a.txt", "--format", "xml"],
        ["a.txt", "--from", "odt"],
        ["a.txt", "--published", "Friday"],
        ["a.txt", "--published", "27.12.2024"],
        ["a.txt", "--published", "December 27, 2024"],
        ["a.txt", "--jobs", "0"],
        ["a.txt", "--reader", "oracle"],
        ["a.txt", "--nonsense"],
        ["-", "-"],
        ["a.txt", "--out", "a.txt"],
        ["a.txt", "--out", "no/such/folder/x.jsonl"],
        ["a.txt", "--out", "."],
    ],
)
def test_wrong_usage_is_2_in_one_line(capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    """What is wrong and where help is; nothing on standard output; the inputs untouched."""
    write("a.txt")
    assert run(["read", *args]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("sayso: ")
    assert "Traceback" not in err
    assert Path("a.txt").read_text(encoding="utf-8") == STORY


def test_warnings_go_to_standard_error_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """A table and CSV have no place for them; JSON and the page hold them."""
    write("a.txt")
    for form, said in (("table", True), ("csv", True), ("jsonl", False), ("html", False)):
        assert run(["read", "a.txt", "--format", form]) == 0
        out, err = capsys.readouterr()
        assert ("sayso: a.txt: no date was found" in err) is said
        assert ("no date was found" in out) is not said


def test_csv_has_one_header(capsys: pytest.CaptureFixture[str]) -> None:
    """Over all files."""
    assert run(["read", write("a.txt"), write("b.txt"), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [row["report"] for row in rows] == ["a.txt", "b.txt"]


def test_json_lines_keep_their_ids_and_skip_what_is_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A broken line is an error of its own; two lines with one text keep both names."""
    lines = [json.dumps({"id": name, "text": STORY}) for name in ("x", "y")]
    write("r.jsonl", "\n".join([lines[0], "{broken", lines[1]]))
    assert run(["read", "--from", "jsonl", "r.jsonl", "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    rows = [json.loads(line)["report"] for line in out.splitlines()]
    assert [row["name"] for row in rows] == ["x", "y"]
    assert [row["text"] for row in rows] == [STORY, STORY]
    assert len(err.splitlines()) == 1


def test_what_the_user_says_wins(capsys: pytest.CaptureFixture[str]) -> None:
    """--published and --publisher reach the report."""
    args = ["--published", "2025-03-11", "--publisher", "Harbour Courier", "--format", "jsonl"]
    assert run(["read", write("a.txt"), *args]) == 0
    report = json.loads(capsys.readouterr().out)["report"]
    assert report["publisher"] == "Harbour Courier"
    assert report["published"] == {
        "start": "2025-03-11", "end": "2025-03-11", "precision": "day", "basis": "given"
    }  # fmt: skip


def test_out_writes_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """The file holds what standard output would have held, and nothing stands beside it."""
    assert run(["read", write("a.txt"), "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert run(["read", "a.txt", "--format", "html", "--out", "page.html"]) == 0
    assert capsys.readouterr().out == ""
    assert Path("page.html").read_text(encoding="utf-8") == page
    assert sorted(p.name for p in Path().iterdir()) == ["a.txt", "page.html"]


def test_out_of_nothing_leaves_the_old_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing could be read, what stood there stays."""
    write("page.html", "old")
    assert run(["read", "absent.txt", "--format", "html", "--out", "page.html"]) == 2
    assert Path("page.html").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in Path().iterdir()) == ["page.html"]
    assert "absent.txt" in capsys.readouterr().err


def test_a_file_name_cannot_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """An escape sequence in a name is shown as a sign."""
    assert run(["read", "\x1b[2J.txt"]) == 2
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "␛[2J.txt" in err


def test_a_model_that_is_missing_ends_the_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said once, not once a file: nothing else could be read either."""

    def missing(**_: bool) -> FakeReader:
        raise ModelError("no English model is installed; run: pip install it")

    monkeypatch.setattr(work, "shared_reader", missing)
    assert run(["read", write("a.txt"), write("b.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_defect_in_showing_spares_the_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading that can't be printed is a defect of its own."""
    whole = JsonLines.put

    def put(self: JsonLines, reading: Reading) -> str:
        if reading.report.name == "a.txt":
            raise ZeroDivisionError
        return whole(self, reading)

    monkeypatch.setattr(JsonLines, "put", put)
    assert run(["read", write("a.txt"), write("b.txt"), "--format", "jsonl"]) == 70
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "sayso: a.txt: a defect in sayso (ZeroDivisionError" in err


@pytest.mark.parametrize(("name", "learned"), [("model", True), ("rules", False)])
def test_the_reader_that_was_asked_for_reads(
    monkeypatch: pytest.MonkeyPatch, name: str, *, learned: bool
) -> None:
    """`--reader rules` reads without the learned reader, `model` with it."""
    asked: list[bool] = []

    def reader(*, learned: bool) -> FakeReader:
        asked.append(learned)
        return FakeReader()

    monkeypatch.setattr(work, "shared_reader", reader)
    assert run(["read", write("a.txt"), "--reader", name]) == 0
    assert asked == [learned]
