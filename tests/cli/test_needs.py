"""What an extra brings is asked for in one line that names it, in each command that needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TELLS = "import sys; sys.modules.update(dict.fromkeys(sys.argv[1].split(',')));"
RUNS = "from sayso.cli.main import run; sys.exit(run(sys.argv[2:]))"
BASE = "http://127.0.0.1:9/v1"
LEDGER = ["--ledger", "sqlite:///held.db"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report, a list of feeds, a folder of readings and an empty ledger."""
    from sayso.ledger import Ledger  # noqa: PLC0415 - the commands need none of it

    path = tmp_path_factory.mktemp("needs")
    (path / "a.txt").write_text("Nine drowned, police said.", "utf-8")
    (path / "feeds.toml").write_text('[[feed]]\nurl = "https://news.example/rss"\n', "utf-8")
    (path / "read").mkdir()
    Ledger.open(f"sqlite:///{path}/held.db").close()
    return path


@pytest.mark.parametrize(
    ("missing", "command", "extra"),
    [
        ("fsspec", ["corpus", "a.txt", "--out", "out"], "corpus"),
        ("pyarrow", ["corpus", "a.txt", "--out", "out"], "corpus"),
        ("ray", ["corpus", "a.txt", "--out", "out", "--engine", "ray"], "ray"),
        ("pyarrow", ["add", "--from", "readings", "read", *LEDGER], "corpus"),
        ("pyarrow", ["export", "parquet", "--out", "x", *LEDGER], "parquet"),
        (
            "pydantic_ai",
            ["read", "a.txt", "--reader", "llm", "--model", "m", "--base-url", BASE],
            "llm",
        ),
        ("mcp", ["mcp", *LEDGER], "mcp"),
        ("cryptography", ["partner", "key", *LEDGER], "partners"),
        ("psycopg", ["claims", "--ledger", "postgresql://localhost/none"], "postgres"),
        ("uvicorn", ["serve", "--port", "0", *LEDGER], "desk"),
        ("fastapi", ["serve", "--port", "0", *LEDGER], "desk"),
        ("jinja2", ["serve", "--port", "0", *LEDGER], "desk"),
        ("argon2", ["account", "list", *LEDGER], "desk"),
        ("httpx", ["watch", "feeds.toml", "--once", *LEDGER], "desk"),
        ("fastfeedparser", ["watch", "feeds.toml", "--once", *LEDGER], "desk"),
    ],
)
def test_a_missing_extra_is_named(
    missing: str, command: list[str], extra: str, folder: Path
) -> None:
    """In one line, with exit code 2; never a trace."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{TELLS}{RUNS}", missing, *command],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 2, ran.stderr
    *_, line = ran.stderr.splitlines()  # before it, what leaves the machine
    assert "Traceback" not in ran.stderr
    assert f"pip install 'sayso[{extra}]'" in line
