"""`sayso serve --oidc` as the shell sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed: pip install 'sayso[desk]'")
import uvicorn

from sayso.cli.main import run

WORDS = """
issuer = "https://id.desk.example"
client_id = "sayso"
client_secret_env = "DESK_SECRET"
"""


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, list[Any]]]:
    """A function that starts a desk, which ends at once: the exit code, and what was started."""
    monkeypatch.setenv("DESK_SECRET", "six geese a-laying")
    started: list[Any] = []

    def serve_none(server: uvicorn.Server, sockets: list[Any]) -> None:
        started.append(server.config.app)
        for each in sockets:
            each.close()

    monkeypatch.setattr(uvicorn.Server, "run", serve_none)
    path = tmp_path / "oidc.toml"
    path.write_text(WORDS)

    def start(*args: str) -> tuple[int, list[Any]]:
        given = [str(path) if each == "FILE" else each for each in args]
        ledger = f"sqlite:///{tmp_path}/desk.db"
        return run(["serve", "--ledger", ledger, "--port", "0", "--no-watch", *given]), started

    return start


def test_the_file_is_read_at_the_start(
    serve: Callable[..., tuple[int, list[Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named by the option or by the variable; without either nobody signs in so."""
    pytest.importorskip("authlib", reason="it is not installed: pip install 'sayso[oidc]'")
    assert serve()[0] == 0
    assert serve("--oidc", "FILE")[0] == 0
    monkeypatch.setenv("SAYSO_OIDC", str(tmp_path / "oidc.toml"))
    code, started = serve()
    assert code == 0
    issuers = [app.state.desk.settings.oidc for app in started]
    assert [p and p.settings.issuer for p in issuers] == [
        None, "https://id.desk.example", "https://id.desk.example",
    ]  # fmt: skip


def test_without_its_library_the_desk_says_what_to_install(
    serve: Callable[..., tuple[int, list[Any]]], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Where the setting is given; without it, it starts."""
    for name in [n for n in sys.modules if n.partition(".")[0] in ("authlib", "joserfc")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "sayso.desk.accounts.oidc", raising=False)
    monkeypatch.setitem(sys.modules, "authlib", None)
    assert serve("--oidc", "FILE")[0] == 2
    said = capsys.readouterr().err
    assert "--oidc needs authlib" in said
    assert "pip install 'sayso[oidc]'" in said
    code, started = serve()
    assert (code, len(started)) == (0, 1)


def test_a_wrong_file_is_said(
    serve: Callable[..., tuple[int, list[Any]]], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Before anything is served."""
    pytest.importorskip("authlib", reason="it is not installed: pip install 'sayso[oidc]'")
    monkeypatch.delenv("DESK_SECRET")
    code, started = serve("--oidc", "FILE")
    assert (code, started) == (2, [])
    assert "the variable DESK_SECRET holds no secret" in capsys.readouterr().err
