"""`--reader llm` and `sayso compare` on the command line."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli.main import sayso
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from tests.llm.conftest import RIGHT, TEXT, Model

Run = Callable[..., Result]


@pytest.fixture
def model() -> Iterator[Model]:
    """A model's server of this test's own."""
    made = Model()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Model) -> Run:
    """A command in a folder with the report, the stub as its model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_LEDGER", raising=False)
    monkeypatch.setenv("SAYSO_LLM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SAYSO_LLM_MODEL", "stub")
    monkeypatch.setenv("SAYSO_LLM_BASE_URL", model.url)
    Path("pier.txt").write_text(TEXT, encoding="utf-8")

    def call(*args: str) -> Result:
        return CliRunner().invoke(sayso, args)

    return call


def test_read_prints_what_the_model_found(run: Run) -> None:
    """In the wire format; what it may take and took is said beside it."""
    done = run("read", "pier.txt", "--reader", "llm", "--format", "jsonl")
    assert done.exit_code == 0
    (line,) = done.stdout.splitlines()
    assert len(json.loads(line)["claims"]) == len(RIGHT["claims"])
    assert "1 report to ask stub at" in done.stderr
    assert "1 asked, 0 known from before" in done.stderr
    again = run("read", "pier.txt", "--reader", "llm", "--format", "jsonl")
    assert again.stdout == done.stdout
    assert "to ask" not in again.stderr
    assert "0 asked, 1 known from before, 0 tokens" in again.stderr


def test_more_than_the_cap_is_refused_before_anything_is_sent(run: Run, model: Model) -> None:
    """With what it is likely to take, and the option that allows it."""
    done = run("read", "pier.txt", "--reader", "llm", "--max-tokens-total", "1000")
    assert isinstance(done.exception, SaysoError)
    assert "--max-tokens-total" in str(done.exception)
    assert model.asked == []


def test_one_report_without_an_answer_does_not_stop_the_others(run: Run, model: Model) -> None:
    """Refused with its reason; in order, side by side."""
    lines = [json.dumps({"id": f"r{n}", "text": TEXT + f"\nNote {n}.\n"}) for n in range(5)]
    Path("five.jsonl").write_text("\n".join(lines), encoding="utf-8")
    model.answers = [RIGHT, "nonsense", "nonsense", "nonsense", RIGHT]
    done = run("read", "five.jsonl", "--reader", "llm", "--format", "jsonl")
    assert done.exit_code == 1
    assert [json.loads(x)["report"]["name"] for x in done.stdout.splitlines()] == [
        "r0", "r2", "r3", "r4",
    ]  # fmt: skip
    assert "r1: what the model answered is not as asked" in done.stderr
    again = run("read", "five.jsonl", "--reader", "llm", "--format", "jsonl", "--jobs", "3")
    assert again.exit_code == 0
    assert [json.loads(x)["report"]["name"] for x in again.stdout.splitlines()] == [
        f"r{n}" for n in range(5)
    ]


def test_a_server_that_is_not_there_costs_no_tokens(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was sent, so nothing is counted: also beside another reader."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("SAYSO_LLM_BASE_URL", f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
    for command in (("read",), ("compare", "--reader", "rules")):
        done = run(*command, "pier.txt", "--reader", "llm")
        assert done.exit_code == 2
        assert "gave no answer" in done.stderr
        assert "1 asked, 0 known from before, 0 tokens of" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
@pytest.mark.parametrize("jobs", ["1", "3"])
def test_ctrl_c_waits_for_no_answer(run: Run, model: Model, jobs: str) -> None:
    """However late the server is, and however many are asked."""
    del run  # it has made the folder and the settings
    came = threading.Event()

    def late(_: object) -> None:
        came.set()
        time.sleep(60)

    model.answers = [late]
    lines = [json.dumps({"id": f"r{n}", "text": TEXT + f"\nNote {n}.\n"}) for n in range(9)]
    Path("nine.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "sayso",
        "read",
        "nine.jsonl",
        "--reader",
        "llm",
        "--jobs",
        jobs,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asking:
        assert came.wait(60)
        asking.send_signal(signal.SIGINT)
        _, words = asking.communicate(timeout=30)
    assert asking.returncode == 130
    assert b"Traceback" not in words


def test_add_signs_with_the_model_and_its_prompt(run: Run) -> None:
    """A ledger tells whose reading it holds."""
    assert run("add", "pier.txt", "--reader", "llm").exit_code == 0
    with Ledger.open("sqlite:///sayso.db") as ledger:
        assert ledger.report_page("r2").reader.startswith("sayso llm stub, prompt 1")


def test_what_is_marked_goes_to_no_other_machine(
    run: Run, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither new with a marking, nor known as marked, nor read beside the ledger."""
    assert run("add", "pier.txt", "--marking", "amber").exit_code == 0
    monkeypatch.setenv("SAYSO_LLM_BASE_URL", "https://models.example/v1")
    marked = run("add", "pier.txt", "--reader", "llm", "--marking", "amber")
    assert "--marking amber" in str(marked.exception)
    for command in (("add",), ("read",)):
        done = run(*command, "pier.txt", "--reader", "llm")
        assert done.exit_code == 2
        assert "not for everybody; ask a server at 127.0.0.1" in done.stderr
    assert model.asked == []


def test_compare_puts_the_model_beside_the_rules(run: Run) -> None:
    """For people and for machines."""
    done = run("compare", "pier.txt", "--reader", "rules", "--reader", "llm")
    assert done.exit_code == 0
    assert "A is rules, B is llm" in done.stdout
    assert "in A alone" in done.stdout
    rows = run("compare", "pier.txt", "--reader", "rules", "--reader", "llm", "--format", "jsonl")
    found = json.loads(rows.stdout)
    assert (found["schema"], found["readers"]) == ("sayso.compare/1", ["rules", "llm"])
    assert found["counts"]["figure"]["both"] >= 1


@pytest.mark.parametrize(
    "args",
    [
        ("compare", "pier.txt", "--reader", "rules"),
        ("compare", "pier.txt", "--reader", "rules", "--reader", "rules"),
        ("compare", "-", "--reader", "rules", "--reader", "model"),
    ],
)
def test_compare_takes_two_readers_and_files(run: Run, args: tuple[str, ...]) -> None:
    """Else it says what to write."""
    assert run(*args).exit_code == 2


@pytest.mark.parametrize(
    ("library", "ours", "command"),
    [
        (
            "pydantic_ai",
            ("sayso.llm.client", "sayso.llm.reader"),
            ("read", "pier.txt", "--reader", "llm"),
        ),
        ("mcp", ("sayso.assistant.server",), ("mcp",)),
    ],
)
def test_a_library_that_is_not_here_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, library: str, ours: tuple[str, ...],
    command: tuple[str, ...],
) -> None:  # fmt: skip
    """With what to install; sayso runs without it."""
    for name in list(sys.modules):
        if name in ours or name == library or name.startswith(f"{library}."):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    done = run(*command)
    assert isinstance(done.exception, SaysoError)
    assert f"needs {library}" in str(done.exception)
    assert "pip install 'sayso[" in str(done.exception)


def test_what_is_erased_is_not_kept_as_an_answer(run: Run, tmp_path: Path) -> None:
    """A report takes its answers with it, a name those in which it stands; others stay."""
    Path("other.txt").write_text(TEXT.replace("Ilse Marrow", "Ada Quill"), encoding="utf-8")
    assert run("add", "pier.txt", "other.txt", "--reader", "llm").exit_code == 0
    kept = tmp_path / "cache"
    assert len(list(kept.rglob("*.json"))) == 2
    handles = [json.loads(line)["report"]["report"]
               for line in run("claims", "--format", "jsonl").stdout.splitlines()]  # fmt: skip
    done = run(
        "erase", "--report", min(handles, key=lambda r: int(r[1:])), "--why", "a court", "--yes"
    )
    assert done.exit_code == 0, done.output
    assert "erased: 1 kept answers of a language model" in done.stdout
    assert len(list(kept.rglob("*.json"))) == 1
    done = run("erase", "--name", "Harbour Patrol Service", "--why", "its wish", "--yes")
    assert "erased: 1 kept answers of a language model" in done.stdout
    assert [file for file in kept.rglob("*") if file.is_file()] == []
    assert "kept answers" not in run("erase", "--name", "Bergen", "--why", "x", "--yes").stdout


def test_answers_that_cannot_be_erased_are_named(run: Run, tmp_path: Path) -> None:
    """As what is out of reach; the ledger's own is erased all the same."""
    assert run("add", "pier.txt", "--reader", "llm").exit_code == 0
    kept = tmp_path / "cache"
    (file,) = kept.rglob("*.json")
    place = file.parent
    file.unlink()
    place.rmdir()
    kept.joinpath("real").mkdir()
    place.symlink_to(kept / "real")
    done = run("erase", "--report", "r2", "--why", "a court", "--yes")
    assert done.exit_code == 0, done.output
    assert "out of the ledger's reach: answers of a language model in" in done.stderr
    assert "erased: " in done.stdout
