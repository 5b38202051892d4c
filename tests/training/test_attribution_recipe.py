"""The recipe of the shipped reader, from scratch, by its own command, on our own marked reports.

A tiny network learns a few reports by heart: what is tested is that data, training, score, weights
and reader still fit together, not how well it reads.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.vocab import Vocab

from bench.quality.attribution import as_paragraphs
from bench.quality.score import place_content
from sayso.reading.attribution.learned.decode import keep_best
from sayso.reading.attribution.learned.tagger import LearnedTagger
from sayso.reading.parsing.model import Model
from sayso.reading.reader import Reader
from training.attribution.data import make_example, read_parse

ROOT = Path(__file__).resolve().parents[2]
MARKED = ROOT / "examples/marked/claims.jsonl"
Row = dict[str, Any]


def to_training(report: Row) -> Row:
    """A marked report in the form of the recipe's input: source, cue and content as spans.

    Of each claim its innermost speaker; claims of one speaker under one cue are one attribution.
    """
    text, marks = report["text"], {}
    for claim in report["claims"]:
        speaker = claim["chain"][-1] if claim["chain"] else ""
        words = speaker if isinstance(speaker, str) else " ".join(speaker)
        content = place_content(text, claim)
        cue = _nearest(text, claim["cue"], content[0][0])
        source = _nearest(text, words, cue[0]) if cue else None
        if cue and source:
            mark = marks.setdefault(
                (source, cue), {"source": [source], "cue": [cue], "content": []}
            )
            mark["content"] += content
    return {"id": report["id"], "date": report["published"], "text": text,
            "attributions": list(marks.values())}  # fmt: skip


def _nearest(text: str, words: str, at: int) -> tuple[int, int] | None:
    starts = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
    start = min(starts, key=lambda s: abs(s - at), default=None)
    return None if start is None else (start, start + len(words))


def _vocab(rows: list[Row], folder: Path) -> Path:
    """A word table in spaCy's form, in the place of the large model's: a vector a word, by dice."""
    dice, vocab = np.random.default_rng(7), Vocab()
    for word in sorted({w for row in rows for w in re.findall(r"[a-z]+", row["text"].lower())}):
        vocab.set_vector(word, dice.normal(size=120).astype(np.float32))
    vocab.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    """The folder that the command wrote, and the reports that it learned from."""
    folder = tmp_path_factory.mktemp("recipe")
    reports = [json.loads(line) for line in MARKED.read_text("utf-8").split("\n") if line]
    rows = sorted((to_training(r) for r in reports if not r["heldout"]), key=lambda r: r["date"])
    parts = {"train": rows[:15], "dev": rows[15:]}
    for name, part in parts.items():
        lines = "".join(json.dumps(row) + "\n" for row in part)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    command = [sys.executable, "-m", "training.attribution", "--tiny", "--data", folder,
               "--vocab", _vocab(rows, folder / "vocab"), "--out", folder / "out",
               "--held", "3", "--epochs", "90", "--more", "10", "--full"]  # fmt: skip
    # more threads than this size of matrix is worth only wait for each other
    calm = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "SAYSO_TRAIN": "numpy"}
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **calm, "PYTHONPATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "out", rows[:12]


def test_our_reports_fit_the_recipes_form() -> None:
    """Each mark lies in its text; reports with speakers give attributions."""
    reports = [json.loads(line) for line in MARKED.read_text("utf-8").split("\n") if line]
    rows = [to_training(r) for r in reports]
    assert sum(len(row["attributions"]) for row in rows) > 200
    for row in rows:
        for mark in row["attributions"]:
            assert all(0 <= a < b <= len(row["text"]) for part in mark.values() for a, b in part)


def test_it_says_what_it_made(made: tuple[Path, list[Row]]) -> None:
    """scores.json names seed, hash, and how the parts that it did not learn from are read."""
    told = json.loads((made[0] / "scores.json").read_text("utf-8"))
    assert set(told) >= {"seed", "sha256", "scores", "calibration_error", "articles"}
    assert set(told["scores"]) == {"held", "dev"}
    assert told["articles"] == 12


def test_a_reader_with_its_weights_reads_what_it_learned(
    made: tuple[Path, list[Row]], model: Model
) -> None:
    """A reader takes the new weights, which know a good part of what they were taught."""
    reader = Reader(model)
    reader.learned = LearnedTagger.load(made[0] / "attribution.npz")
    right = wanted = 0
    for row in made[1]:
        example = make_example(row, read_parse(row, reader.model))
        taught = {(int(b), tuple(source)) for b, (source, _) in
                  zip(example.begin, example.roles, strict=True)}  # fmt: skip
        kept = keep_best(reader.learned.candidates(example.seen), reader.learned.least)
        found = {(c.cue[0], tuple(i for run in c.source for i in range(*run))) for c in kept}
        right += len(found & taught)
        wanted += len(taught)
    assert right > 0.25 * wanted, (right, wanted)  # 37 of 89 when written; 0 where nothing fits
    assert reader.read(as_paragraphs(made[1][0])).attributions
