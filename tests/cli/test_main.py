"""The command as the shell sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from sayso import __version__
from sayso.cli.main import run
from sayso.pipeline.defects import defect_words
from sayso.record import wire
from sayso.record.clean import clean_line

STORY = (
    "Dockers left Odda pier on Monday, port officials said.\n\n"
    "“Two boats have sunk,” the harbour master told the Northern Ledger. "
    "He denied that anyone was hurt.\n"
)


def sayso(*args: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m sayso` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sayso", *args], input=text, capture_output=True, text=True,
        check=False, encoding="utf-8",
    )  # fmt: skip


def test_help_and_version_are_0(capsys: pytest.CaptureFixture[str]) -> None:
    """Both go to standard output."""
    assert run(["--help"]) == 0
    assert "Examples:" in capsys.readouterr().out
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"sayso {__version__}\n"


def test_no_command_shows_the_help_and_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing was asked for; what can be asked for goes to standard error."""
    assert run([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Usage: sayso" in err


def test_a_full_disk_is_said() -> None:
    """What was printed is not all there: 2, in one line, and no trace at the very end."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("w") as sink:
        done = subprocess.run([sys.executable, "-m", "sayso", "schema"], stdout=sink,
                              stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "sayso: cannot write (No space left on device); write elsewhere\n"


def test_an_unknown_command_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    """In one line, with where help is."""
    assert run(["raed"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("sayso: No such command 'raed'")
    assert err.endswith("see `sayso --help`\n")


def test_the_schema_is_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """`sayso schema` prints a JSON Schema that validators take."""
    assert run(["schema"]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_nothing_heavy_is_imported_for_help() -> None:
    """The help must come in a blink: no spaCy, no rich, no lxml, none of our rooms."""
    script = (
        "import sys; from sayso.cli.main import run; run(['read', '--help'])\n"
        "heavy = ('spacy', 'rich', 'lxml', 'pdfplumber', 'trafilatura', 'sayso.record', 'numpy')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_reading_keeps_to_one_thread_unless_told_otherwise() -> None:
    """Threads of one small matrix only wait for each other; who sets their number is obeyed."""
    code = "import os, sys; from sayso.cli import main; sys.argv = ['sayso', '--version']\n"
    code += "try:\n    main.main()\nfinally:\n    print(os.environ['OMP_NUM_THREADS'])"
    for given, then in ({}, "1"), ({"OMP_NUM_THREADS": "2"}, "2"):
        env = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"} | given
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
        )
        assert done.stdout.splitlines()[-1] == then


def test_an_unexpected_error_is_70_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No trace, but what to report."""
    monkeypatch.setattr(wire, "schema", lambda: 1 / 0)
    assert run(["schema"]) == 70
    err = capsys.readouterr().err
    assert err.startswith("sayso: a defect in sayso (ZeroDivisionError")
    assert len(err.splitlines()) == 1


def test_an_end_of_file_within_a_parser_is_no_interrupt(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Click takes it for Ctrl-D at a question, and the command would end without a word."""

    def ended() -> None:
        raise EOFError

    monkeypatch.setattr(wire, "schema", ended)
    assert run(["schema"]) == 70
    assert "a defect in sayso (EOFError" in capsys.readouterr().err


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is no defect."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(wire, "schema", interrupted)
    assert run(["schema"]) == 130


def test_a_defect_names_our_own_line() -> None:
    """Of a trace through libraries, the last line of ours is the one to report."""
    try:
        clean_line(None)  # type: ignore[arg-type]
    except TypeError as error:
        words = defect_words(error)
    assert words.startswith("a defect in sayso (TypeError in record/clean.py, line ")


def test_standard_input_is_read_to_rows() -> None:
    """The whole way, in a process of its own: text in, one valid JSON line out."""
    done = sayso("read", "-", "--format", "jsonl", "--published", "2025-03-11", text=STORY)
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    schema = json.loads(sayso("schema").stdout)
    jsonschema.validate(row, schema)
    assert row["report"]["text"] == STORY
    assert row["report"]["published"]["basis"] == "given"
    length = len(STORY)
    for claim in row["claims"]:
        assert all(0 <= start < end <= length for start, end in claim["content"])


def test_two_processes_print_what_one_prints(tmp_path: Path) -> None:
    """--jobs changes the time, not the rows nor their order; what fails, fails alone."""
    lines = [json.dumps({"id": f"r{i}", "text": f"{STORY}Wave {i} came."}) for i in range(5)]
    lines.insert(2, "{broken")
    source = tmp_path / "r.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    one = sayso("read", str(source), "--format", "jsonl")
    two = sayso("read", str(source), "--format", "jsonl", "--jobs", "2")
    assert one.returncode == two.returncode == 1
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    names = [json.loads(line)["report"]["name"] for line in one.stdout.splitlines()]
    assert names == ["r0", "r1", "r2", "r3", "r4"]


def test_a_reader_that_closes_the_pipe_gets_no_complaint(tmp_path: Path) -> None:
    """`sayso read … | head -1`: quiet, and 141 as any program that SIGPIPE ends."""
    source = tmp_path / "r.jsonl"
    lines = [json.dumps({"id": f"r{i}", "text": STORY}) for i in range(40)]
    source.write_text("\n".join(lines), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "sayso", "read", str(source), "--format", "jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


# A test run in the background has Ctrl-C switched off, and its children inherit that.
HEEDING_CTRL_C = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


def test_ctrl_c_twice_is_quiet_and_130(tmp_path: Path) -> None:
    """Whole lines until then, no trace from any process, and no waiting for what is half read."""
    source = tmp_path / "r.jsonl"
    lines = [json.dumps({"id": f"r{i}", "text": STORY}) for i in range(2000)]
    source.write_text("\n".join(lines), encoding="utf-8")
    read = ["-m", "sayso", "read", str(source), "--format", "jsonl", "--jobs", "2"]
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING_CTRL_C, *read],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        rest, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert err.strip() == ""
    for line in (first, *rest.splitlines()):
        json.loads(line)
