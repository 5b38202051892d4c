"""What commands say where what was asked cannot be, or does less than it seems."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.cli.main import run

TEXT = "Nine people drowned when a ferry sank off Seaport, the coast guard said on Monday."


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, kept in a ledger there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYSO_LEDGER", f"sqlite:///{tmp_path}/held.db")
    monkeypatch.setenv("SAYSO_USER", "Ada")
    (tmp_path / "ferry.txt").write_text(TEXT, "utf-8")
    assert run(["add", "ferry.txt", "--reader", "rules"]) == 0
    return tmp_path


@pytest.mark.parametrize("command", ["read", "add"])
def test_a_model_that_nobody_asks_is_refused(
    command: str, held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the report would be read by another than was named."""
    for option in (["--model", "x"], ["--base-url", "http://127.0.0.1:9"],
                   ["--max-tokens-total", "5"]):  # fmt: skip
        assert run([command, str(held / "ferry.txt"), *option]) == 2
        assert f"{option[0]} goes with --reader llm" in capsys.readouterr().err


@pytest.mark.usefixtures("held")
def test_a_report_again_and_its_marking(capsys: pytest.CaptureFixture[str]) -> None:
    """With the number of its claims; a laxer marking than holds is told as not changed."""
    capsys.readouterr()
    assert run(["add", "ferry.txt", "--marking", "red"]) == 0
    assert capsys.readouterr().out == "same     r2          1 claim   ferry.txt; marked red\n"
    assert run(["add", "ferry.txt", "--marking", "green"]) == 0
    told = capsys.readouterr()
    assert told.out.endswith("; marked red\n")
    assert "is marked red and stays so; `sayso judge mark r2 green` changes it" in told.err


@pytest.mark.usefixtures("held")
def test_judgements_about_a_report_and_about_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """To accept a report changes no claim, and says so; a claim that is none is called one."""
    assert run(["judge", "accept", "r2", "--reason", "read it"]) == 0
    assert "r2 is a report" in capsys.readouterr().err
    assert run(["judge", "accept", "c999.9", "--reason", "read it"]) == 2
    assert "c999.9 is no claim here" in capsys.readouterr().err


@pytest.mark.usefixtures("held")
def test_a_handle_with_a_space_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    """As it comes from a table: the claim is meant, no incident of that name."""
    assert run(["judge", "reject", "c3.0 ", "--reason", "no count"]) == 0
    assert capsys.readouterr().out.endswith("reject c3.0 by Ada\n")


@pytest.mark.parametrize(
    "command",
    [["incident", "r" + "9" * 21], ["judge", "mark", "r" + "9" * 20, "red", "--reason", "x"]],
)
@pytest.mark.usefixtures("held")
def test_a_number_that_no_store_holds(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Is no handle here, and no defect."""
    assert run(command) == 2
    assert "defect" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "why"),
    [("A\u202eda", "U+202E RIGHT-TO-LEFT OVERRIDE"), ("Ada\nBo", "U+000A"), ("", "empty")],
)
@pytest.mark.usefixtures("held")
def test_who_acts_has_a_name(name: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that would be shown as another, or none, signs nothing."""
    assert run(["judge", "note", "r2", "--reason", "seen", "--by", name]) == 2
    assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "'' is no address of a ledger"),  # of --ledger "$ELSEWHERE", with nothing there
        ("postgresql://ada@localhost:port/news", "is no address of a ledger"),
        ("postgresql://ada@localhost:1/news?sslmode=odd", "has an option or value that PostgreSQL"),
        ("postgresql://ada@localhost:1/news?odd=1", "has an option or value that PostgreSQL"),
        ("postgresql://ada@localhost:1/news", "postgresql://ada@localhost:1/news: the server cann"),
    ],
)
@pytest.mark.usefixtures("held")
def test_an_address_that_is_none_is_called_so(
    address: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No other ledger is taken for it, and no server is told to be away that was never asked."""
    if address.startswith("postgresql"):
        pytest.importorskip("psycopg")
    assert run(["incidents", "--ledger", address]) == 2
    assert why in capsys.readouterr().err


def test_a_feed_that_cannot_be_read_is_an_exit_code(
    held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1 for `--once`, so that a scheduler learns of it."""
    (held / "feeds.toml").write_text('[[feed]]\nurl = "http://127.0.0.1:9/rss"\n', "utf-8")
    assert run(["watch", "feeds.toml", "--once"]) == 1
    assert "127.0.0.1" in capsys.readouterr().err
