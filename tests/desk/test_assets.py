"""The files that pages load: what the record says, and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

FOLDERS = ("src/sayso/desk/static/vendor", "tests/desk/browser/vendor")


@pytest.mark.parametrize("folder", FOLDERS)
def test_copies_agree_with_their_record(folder: str, root: Path) -> None:
    """Hashes are the record's, versions package-lock.json's; `make assets` makes them so."""
    record = json.loads((root / folder / "vendor.json").read_text("utf-8"))
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    for name, told in record.items():
        content = (root / folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == told["sha256"], name
        assert lock[f"node_modules/{told['package']}"]["version"] == told["version"]
    there = {p.name for p in (root / folder).iterdir() if not p.name.endswith(".LICENSE.txt")}
    assert there == {*record, "vendor.json"}


# what a browser would load or follow: an address in words or in a check is none
ELSEWHERE = re.compile(r"""(?:src|href|action|from|import|url|fetch)\s*[=(]?\s*["'`(]*https?:""")


def test_no_file_of_ours_names_another_host(root: Path) -> None:
    """Templates, styles and scripts load from the desk alone."""
    desk = root / "src/sayso/desk"
    for path in [*desk.rglob("*.html"), *desk.glob("static/*.css"), *desk.glob("static/js/*.js")]:
        text = path.read_text("utf-8")
        assert not ELSEWHERE.search(text), path
        assert not re.search(r"<\w[^<>]* style=", text), path
        assert "|safe" not in text.replace(" ", ""), path
