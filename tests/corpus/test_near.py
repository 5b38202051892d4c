"""Near copies: which pairs, in which order, and what becomes of one that ends its process."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sayso.corpus.engines.engine import Task
from sayso.corpus.near import BESIDE, Some, compare_pairs, ordered, some_pairs
from sayso.corpus.run import State
from sayso.corpus.target import Compared, Target

Rows = dict[str, list[dict[str, Any]]]
Fill = Callable[..., State]

STORY = (
    "A ferry with forty people aboard sank in a storm off Tarn early on Monday. The coast guard "
    "found nine bodies and went on looking in heavy seas until the evening. Captain Oda "
    "Quillfeather told reporters in the harbour that the ship had been warned twice. "
)


def test_near_copies_are_marked(
    fill: Fill, here: Any, tmp_path: Path, dataset: Callable[[Path], Rows], monkeypatch: Any
) -> None:
    """A wire that a longer story swallows, whatever stands between; by parts as at once."""
    other = " ".join(f"Nothing of that kind happened in district {n} of Belk." for n in range(9))
    more = "Families waited at the pier for news, and the minister of transport was on the way."
    texts = [STORY, other, f"{STORY}{more}", STORY.upper()]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps({"text": t}) for t in texts), "utf-8")
    state = fill(tmp_path / "out", path, engine=here())
    found = dataset(tmp_path / "out")["copies"]
    assert [(r["a"], r["b"]) for r in found] == [(0, 2), (0, 3), (2, 3)]
    assert state.near.pairs == 3
    assert found[0]["share_a"] == 1.0
    assert 0.5 < found[0]["share_b"] < 1.0
    assert (found[1]["share_a"], found[1]["share_b"]) == (1.0, 1.0)
    monkeypatch.setattr("sayso.corpus.near.PART", 20)
    fill(tmp_path / "parts", path, engine=here())
    assert dataset(tmp_path / "parts")["copies"] == found


def test_a_pair_that_ends_its_process_is_left_out(
    fill: Fill,
    here: Any,
    lines: Path,
    tmp_path: Path,
    dataset: Callable[[Path], Rows],
) -> None:
    """It alone, told in the target's record; also where the run before had cut otherwise."""
    fill(tmp_path / "whole", lines, engine=here())
    whole = dataset(tmp_path / "whole")["copies"]
    a, b = whole[len(whole) // 2]["a"], whole[len(whole) // 2]["b"]

    def poison(task: Task) -> bool:
        return task.key[0] == "near" and (a, b) in task.given[0].pairs

    out = tmp_path / "out"
    state = fill(out, lines, engine=here(poison))
    left = [row for row in whole if (row["a"], row["b"]) != (a, b)]
    assert dataset(out)["copies"] == left
    said = Compared(len(left), [(a, b, "its process was killed twice")])
    assert state.near == said
    assert Target(out).compared == said
    assert fill(out, lines, engine=here()).near == said
    (out / "_done" / "copies.json").unlink()
    assert fill(out, lines, engine=here()).near == Compared(len(whole))
    assert dataset(out)["copies"] == whole


@pytest.mark.parametrize("part", [7, 60, 5_000_000])
def test_pairs_come_by_the_shards_of_both(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that share two marks, each once, whatever parts the marks are sorted in."""
    monkeypatch.setattr("sayso.corpus.near.PART", part)
    monkeypatch.setattr("sayso.corpus.near.TOGETHER", 5)
    random = np.random.default_rng(1)
    firsts, held = [0, 4, 9, 11], {row: set(random.integers(0, 40, 5)) for row in range(14)}
    (tmp_path / "_marks").mkdir()
    for shard, (low, high) in enumerate(zip(firsts, [*firsts[1:], 14], strict=True)):
        marks = [(mark, row) for row in range(low, high) for mark in sorted(held[row])]
        np.save(tmp_path / "_marks" / f"{shard:08}.npy", ordered(marks))
    some = list(some_pairs(Target(tmp_path), firsts))
    pairs = [pair for each in some for pair in each.pairs]
    assert max(sum(m in marks for marks in held.values()) for m in range(40)) <= BESIDE
    assert sorted(pairs) == [
        (a, b) for a, b in combinations(range(14), 2) if len(held[a] & held[b]) > 1
    ]
    shards = [s for each in some for s in each.shards]
    assert shards == sorted(shards)
    assert shards == [tuple(sum(f <= row for f in firsts) - 1 for row in pair) for pair in pairs]
    assert [each.first for each in some] == list(range(0, len(pairs), 5))


def test_halves_are_the_whole() -> None:
    """Each of its own file, the first of the file of both."""
    some = Some("f", 400, ((1, 2), (1, 3), (2, 9)), ((0, 0), (0, 0), (0, 1)))
    one, other = some.halves()
    assert (one.first, other.first) == (400, 401)
    assert one.pairs + other.pairs == some.pairs
    assert one.shards + other.shards == some.shards


def test_comparing_gives_signs_of_life(fill: Fill, here: Any, lines: Path, tmp_path: Path) -> None:
    """For each pair, since one may take long, and 400 of them longer than patience is."""
    fill(tmp_path / "out", lines, engine=here())
    target, beats = Target(tmp_path / "out"), 0
    firsts = [0] * len(target.marks)
    for n, counts in sorted(target.done().items())[:-1]:
        firsts[n + 1] = firsts[n] + counts.total()

    def beat() -> None:
        nonlocal beats
        beats += 1

    for some in some_pairs(target, firsts):
        before = beats
        compare_pairs(some, beat)
        assert beats - before > len(some.pairs)


def test_two_tries_at_one_file_do_not_meet(tmp_path: Path) -> None:
    """Each writes its own beside it; one that breaks off leaves nothing."""
    target, place = Target(tmp_path), tmp_path / "a.parquet"
    with target.beside(place) as one, target.beside(place) as other:
        assert one != other
        one.write_text("one")
        other.write_text("other")

    def break_off() -> None:
        with target.beside(place) as third:
            third.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert [p.name for p in tmp_path.iterdir()] == ["a.parquet"]
    assert place.read_text() == "one"
