"""What is still read wrong is told by reading it, not from memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.quality import errors, page
from bench.quality.errors import Found, carried, cases, is_right, lines_of

if TYPE_CHECKING:
    import pytest

TEXT = "The aide said the mayor denied that six dockers died."


def _found(*, chain: int = 1, certainty: str = "denied", events: tuple[Any, ...] = ()) -> Found:
    """A reading of TEXT whose one claim hangs on so many hops."""
    hops = [
        {"id": "a0", "source": [[0, 8]], "source_id": "s0", "within": None},
        {"id": "a1", "source": [[14, 23]], "source_id": "s1", "within": "a0"},
    ]
    innermost = f"a{chain - 1}" if chain else None
    claim = {"content": [[36, 52]], "attribution": innermost, "certainty": certainty,
             "events": [e["id"] for e in events], "figures": []}  # fmt: skip
    return Found({"report": {"text": TEXT}, "claims": [claim], "events": list(events),
                  "figures": [], "attributions": hops, "sources": []})  # fmt: skip


CASE = {"text": TEXT, "content": "six dockers died", "speakers": ["The aide", "the mayor"],
        "certainty": "denied"}  # fmt: skip


def test_a_sentence_is_right_where_all_that_is_asked_is() -> None:
    """Chain, certainty, events, country and day; each alone makes it wrong."""
    event = {"id": "e", "type": "death", "time": {"start": "2025-03-08T05:00"},
             "place": {"country": "NOR"}}  # fmt: skip
    found = _found(chain=2, events=(event,))
    assert is_right({**CASE, "events": ["death"], "country": "NOR", "day": "2025-03-08"}, found)
    assert not is_right({**CASE, "certainty": "stated"}, found)
    assert not is_right({**CASE, "speakers": ["the mayor"]}, found)
    assert not is_right({**CASE, "events": ["attack"]}, found)
    assert not is_right({**CASE, "country": "SWE"}, found)
    assert not is_right({**CASE, "day": "2025-03-09"}, found)
    assert not is_right({**CASE, "content": "the harbour was closed for weeks"}, found)


def test_where_nobody_speaks_any_speaker_is_wrong() -> None:
    """A claim in the report's own voice is none."""
    assert is_right({"text": TEXT, "silent": True}, _found(chain=0))
    assert not is_right({"text": TEXT, "silent": True}, _found(chain=1))


def test_the_cases_are_marked_whole() -> None:
    """Each has a kind and either nobody or a content that, word by word, is in its text."""
    for case in cases():
        assert case["what"]
        bare = case["text"].translate(str.maketrans("", "", '—,."'))
        told = {*bare.split(), *case["text"].split()}
        assert case.get("silent") or set(case["content"].split()) <= told, case["text"]


def test_what_is_right_by_now_is_counted_and_not_shown() -> None:
    """The table has a row for each sentence that is still wrong."""
    row = {"what": "a kind", "text": "A | B.", "right": "x", "read": "y"}
    kept = {"errors": [{**row, "is_right": True}, {**row, "is_right": False}],
            "lost": {"time": {"right": 3, "none": 1}, "place": {}}}  # fmt: skip
    lines = list(lines_of(kept))
    assert lines[0].startswith("Of 2 sentences of our own that were read wrong once, 1 still are")
    assert lines.count("| a kind | *A / B.* | x | y |") == 1
    assert "| days | 4 | 3 | 0 | 1 | 0 |" in lines


def test_how_days_are_lost() -> None:
    """An event that is not there, one without a day, one with another."""
    events = [{"type": "death", "time": ["2025-03-08", "2025-03-08"]}, {"type": "flood"}]
    report = {"id": "r", "text": TEXT, "claims": [
        {"content": ["six dockers died"], "cue": "denied", "chain": [], "resolved": [],
         "events": events},
    ]}  # fmt: skip
    when = {"start": "2025-03-08", "end": "2025-03-08"}
    for time, fate in ((when, "right"), (None, "none"), ({**when, "end": "2025-03-09"}, "another")):
        event = {"id": "e", "type": "death", "time": time, "place": None}
        assert carried([report], {"r": _found(events=(event,))})["time"] == {fate: 1}
    assert carried([report], {"r": _found()})["time"] == {"event not found": 1}


def test_the_page_shows_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between its marks; the picture lies beside the page."""
    kept = {"errors": [], "lost": {}}
    (tmp_path / "errors.json").write_text(json.dumps(kept))
    monkeypatch.setattr(errors, "TOLD", tmp_path / "errors.json")
    paper = tmp_path / "quality.md"
    paper.write_text("<!-- errors: begin -->\nold\n<!-- errors: end -->\n")
    page.write_page({}, {}, paper)
    assert "Of 0 sentences" in paper.read_text()
    assert "old" not in paper.read_text()
    assert (tmp_path / "pictures/reliability.svg").read_text().startswith("<svg")
