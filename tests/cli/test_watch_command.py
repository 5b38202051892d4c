"""`sayso watch` reads what is new in the feeds of a list, and says what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("fastfeedparser", reason="watching is part of sayso[desk]")

from sayso.cli.main import sayso
from sayso.cli.watch import read_inner
from sayso.errors import UsageError

STORY = (
    "<html><body><article><h1>Ferry sinks</h1><p>SEAPORT, May 6, 2031 - A ferry sank off Seaport "
    "on Tuesday and nine people drowned, the coast guard said.</p></article></body></html>"
)


def run(*args: str) -> Result:
    """The command's result; what goes wrong is raised."""
    return CliRunner().invoke(sayso, ["watch", *args], standalone_mode=False)


def test_a_list_is_watched_once(site: Any, tmp_path: Path) -> None:
    """New reports are printed; a second time, without the list, nothing is new."""
    site.say("/rss", "<rss><channel><item><link>/a</link></item><item><link>/no</link></item>"
             "</channel></rss>")  # fmt: skip
    site.say("/a", STORY)
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{site.url}/rss"\nevery = "1h"\n')
    ledger = ("--ledger", f"sqlite:///{tmp_path}/w.db", "--reader", "rules", "--once",
              "--inner", f"127.0.0.1:{site.port}")  # fmt: skip
    first = run(str(feeds), *ledger, "--format", "jsonl")
    assert first.exception is None
    (told,) = [json.loads(line) for line in first.stdout.splitlines()]
    assert told["url"] == site.url + "/a"
    assert told["added"][0]["status"] == "new"
    assert "1 feed watched" in first.stderr
    again = run(*ledger)
    assert again.exception is None
    assert again.stdout == ""


def test_what_cannot_be_watched_is_said(tmp_path: Path) -> None:
    """No feed kept, a broken list, a host that is none."""
    url = ("--ledger", f"sqlite:///{tmp_path}/w.db")
    with pytest.raises(UsageError, match="no feed is kept"):
        raise run(*url).exception or AssertionError
    broken = tmp_path / "feeds.toml"
    broken.write_text("[[feed]]\nurl = 3\n")
    with pytest.raises(UsageError, match="feed 1: no http"):
        raise run(str(broken), *url).exception or AssertionError
    for words in ("host", "host:", ":80", "host:99999", "host:x"):
        with pytest.raises(UsageError, match="no HOST:PORT"):
            read_inner(words)
    assert read_inner("[::1]:80") == ("::1", 80)
