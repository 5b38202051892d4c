"""The short items with one phenomenon each: well marked, and scored as the page says."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench.quality.phenomena import HARD, ask, score
from bench.quality.score import Found

GOLD = Path(__file__).parents[2] / "examples/marked/phenomena.jsonl"
ITEMS: list[dict[str, Any]] = [json.loads(row) for row in GOLD.read_text("utf-8").splitlines()]
THIRD: list[dict[str, Any]] = [
    json.loads(row)
    for row in GOLD.with_name("phenomena-third.jsonl").read_text("utf-8").splitlines()
]
TEXT = "Guards said that a nurse had told them that two boys drowned."


def _item(chain: list[str], content: str = "two boys drowned") -> dict[str, Any]:
    return {"id": "i", "phenomenon": "nested_indirect", "heldout": False, "text": TEXT,
            "content": [content], "chain": chain, "resolved": chain}  # fmt: skip


def _reading(*hops: str, content: str = "two boys drowned") -> dict[str, Any]:
    """A reading with one claim whose speakers are `hops`, outermost first."""
    attributions: list[dict[str, Any]] = []
    for hop in hops:
        source = [[TEXT.index(hop), TEXT.index(hop) + len(hop)]] if hop else []
        within = attributions[-1]["id"] if attributions else None
        attributions.append({"id": f"a{len(attributions)}", "source": source, "source_id": None,
                             "within": within})  # fmt: skip
    start = TEXT.index(content)
    claim = {"content": [[start, start + len(content)]], "events": [], "figures": [],
             "attribution": attributions[-1]["id"] if attributions else None}  # fmt: skip
    return {"report": {"name": "i", "text": TEXT}, "claims": [claim], "events": [], "figures": [],
            "attributions": attributions, "sources": []}  # fmt: skip


def test_the_items_are_many_distinct_and_half_of_each_kind_is_set_aside() -> None:
    """At least sixty, of at least a dozen phenomena, with ids of their own."""
    assert len({item["id"] for item in ITEMS}) == len(ITEMS) >= 60
    kinds = Counter(item["phenomenon"] for item in ITEMS)
    aside = Counter(item["phenomenon"] for item in ITEMS if item["heldout"])
    assert len(kinds) >= 12
    assert set(kinds) >= HARD
    assert all(2 * aside[kind] == n for kind, n in kinds.items())


def test_a_third_part_of_the_hard_ones_is_wholly_set_aside() -> None:
    """Six items of each hard phenomenon, none of them in the other two parts."""
    assert Counter(item["phenomenon"] for item in THIRD) == dict.fromkeys(HARD, 6)
    assert all(item["heldout"] for item in THIRD)
    assert not {i["text"] for i in THIRD} & {i["text"] for i in ITEMS}


def test_contents_and_speakers_are_words_of_the_text() -> None:
    """Pieces of the content stand in order; each hop stands somewhere, and has a resolved name."""
    for item in [*ITEMS, *THIRD]:
        at = 0
        for piece in item["content"]:
            at = item["text"].index(piece, at) + len(piece)
        assert [hop for hop in item["chain"] if hop not in item["text"]] == []
        assert len(item["chain"]) == len(item["resolved"])


@pytest.mark.parametrize(
    ("marked", "found", "right"),
    [
        (["Guards", "a nurse"], ("Guards", "a nurse"), (True, True)),
        (["Guards", "a nurse"], ("a nurse",), (True, False)),
        (["Guards", "a nurse"], ("Guards",), (False, False)),
        (["a nurse"], (), (False, False)),
        ([], (), (True, True)),
        ([], ("Guards",), (False, False)),
        ([""], ("",), (True, True)),
        ([""], (), (True, True)),
    ],
)
def test_right_is_the_innermost_speaker_and_chain_is_every_hop(
    marked: list[str], found: tuple[str, ...], right: tuple[bool, bool]
) -> None:
    """Where nobody is named, right is that no named speaker was put to the words."""
    assert ask(_item(marked), Found(_reading(*found))) == right


def test_a_claim_about_other_words_is_no_answer() -> None:
    """A speaker put to another content does not count for this one."""
    other = Found(_reading("Guards", content="Guards said that a nurse had told them"))
    assert ask(_item(["Guards"]), other) == (False, False)


def test_halves_are_scored_apart(tmp_path: Path) -> None:
    """Items set aside have measures of their own; an item without a reading is wrong."""
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    aside = {**_item(["a nurse"]), "id": "j", "heldout": True}
    gold.write_text(f"{json.dumps(_item(['a nurse']))}\n{json.dumps(aside)}\n")
    found.write_text(json.dumps(_reading("a nurse")) + "\n")
    measures = score(gold, found)
    assert measures["source"] == measures["hard"] == measures["nested_indirect"] == 100
    assert measures["set aside source"] == measures["set aside hard"] == 0
