"""What a page's commands find: the examples, a few files under common names, one ledger a page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT
from tests.docs.shell import Shell

# These pages make all that they need; the others find the ledger of the example stories.
FROM_NOTHING = ("README.md", "tutorial.md", "accounts.md", "team.md")
# Files of one's own, under the names that pages use for them.
LISTS = {
    "our-actors.csv": "id,name,country\n1,Government of Sudan,SDN\n2,RSF,SDN\n",
    "coded-2024.csv": "No,Group\n7,Army of Oda\n",
    "ours.toml": 'kind = "actors"\n[columns]\n"No" = "id"\n"Group" = "name"\n',
}


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples and a ledger of both stories, r2 to r28 in the order of names."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    stories = folder / "examples/stories"
    first = stories / "prisoner"
    shutil.copy(first / "01-meridian-wire.txt", folder / "report.txt")
    shutil.copy(first / "02-baltic-ledger.html", folder / "page.html")
    shutil.copy(first / "06-dnipro-courier.pdf", folder / "report.pdf")
    (folder / "notes").mkdir()
    shutil.copy(stories / "strike-on-market/03-army-statement.txt", folder / "notes/army.txt")
    marked = (folder / "examples/marked/claims.jsonl").read_text("utf-8").splitlines()
    (folder / "reports.jsonl").write_text("\n".join(marked[:4]) + "\n", "utf-8")
    for name, text in LISTS.items():
        (folder / name).write_text(text, "utf-8")
    shell = Shell(folder, {"SAYSO_KEYS": str(folder / ".other-keys")})
    done = shell.run("sayso add examples/stories/*/*")
    assert done.code == 0, done.words
    key = shell.run("sayso partner key --ledger sqlite:///harbour.db").words.split()[0]
    (folder / "harbour.key").write_text(key, "utf-8")
    return folder


@pytest.fixture
def shell(
    stocked: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """The shell of one page, in a folder of its own."""
    for name in ("SAYSO_LEDGER", "SAYSO_LEXICON", "SAYSO_KEYS", "SAYSO_OIDC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SAYSO_USER", "desk")
    monkeypatch.setenv("COLUMNS", "100")  # whatever width this machine gives to what is no window
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / ".keys"))
    folder = tmp_path / "page"
    shutil.copytree(stocked, folder)
    if request.getfixturevalue("page").name in FROM_NOTHING:
        (folder / "sayso.db").unlink()
    return Shell(folder)
