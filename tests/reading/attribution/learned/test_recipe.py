"""The recipe that makes the weights, on a few articles of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sayso.reading.attribution.learned.features import beside, cue_heads
from sayso.reading.attribution.learned.net import Network, Words, dense_of
from sayso.reading.attribution.learned.tagger import LearnedTagger
from sayso.reading.parsing.parse import Parse
from training.attribution import calibrate, data, export, train
from training.attribution.backend import torch
from training.attribution.net import Net

SPEAKERS = ["The mayor", "Ines Orr", "A spokesman", "The navy", "He", "Two witnesses"]
CLAIMS = ["the road was closed", "nobody was hurt", "the talks had failed", "rain would come"]
WORDS = Words(
    np.array([1], dtype=np.uint32), np.array([1], dtype=np.uint16),
    np.zeros((2, 96), dtype=np.int8), np.ones(96, dtype=np.float32),
)  # fmt: skip


def _row(number: int) -> dict[str, Any]:
    """An article of three sentences, the middle one an act of saying."""
    source, content = SPEAKERS[number % len(SPEAKERS)], CLAIMS[number % len(CLAIMS)]
    before = "The ferry left at noon. "
    text = f"{before}{source} said {content}. It was Tuesday."
    at = len(before)
    cue = at + len(source) + 1
    return {
        "id": str(number),
        "text": text,
        "attributions": [
            {
                "source": [[at, at + len(source)]],
                "cue": [[cue, cue + 4]],
                "content": [[cue + 5, cue + 5 + len(content)]],
            }
        ],
    }


@pytest.fixture(scope="module")
def examples(parse: Callable[[str], Parse]) -> list[data.Example]:
    """Two dozen marked articles."""
    rows = [_row(i) for i in range(24)]
    return [data.make_example(row, parse(row["text"])) for row in rows]


def test_marks_become_tokens(examples: list[data.Example]) -> None:
    """The marked spans come back from the tokens, character for character."""
    row, example = _row(0), examples[0]
    source, content = example.roles[0]
    assert [example.span(int(source[0]), int(source[-1]) + 1)] == row["attributions"][0]["source"]
    assert [example.span(int(content[0]), int(content[-1]) + 1)] == (
        row["attributions"][0]["content"]
    )
    assert (
        example.span(int(example.begin[0]), int(example.end[0]))
        == (row["attributions"][0]["cue"][0])
    )


def test_what_is_trained_and_what_reads_are_one_network(examples: list[data.Example]) -> None:
    """Encodings, cues and roles agree to rounding: what was trained is what runs."""
    torch.manual_seed(3)
    net = Net().eval()
    e = examples[1]
    batch = train.make_batch([e], WORDS)
    window, features = beside(e.seen, e.begin, e.end)
    heads = cue_heads(e.seen, e.begin, e.end)
    with torch.no_grad():
        code = net.encode(batch.ids, batch.dense, batch.head, batch.chunks)
        cues = torch.softmax(net.cues(code, batch.head), 1).numpy()
        tensors = [torch.from_numpy(x) for x in (heads, window, features)]
        roles, real = net.roles(code, *tensors)
    plain = Network({name: value.numpy() for name, value in net.state_dict().items()}, WORDS)
    own = plain.encode(e.seen)
    assert own == pytest.approx(code.numpy(), abs=1e-4)
    assert plain.cues(own, e.seen.head) == pytest.approx(cues, abs=1e-4)
    got, own_real = plain.roles(own, heads, window, features)
    known = window >= 0
    assert got[known] == pytest.approx(torch.softmax(roles, 2).numpy()[known], abs=1e-4)
    assert own_real == pytest.approx(torch.sigmoid(real).numpy(), abs=1e-4)
    assert dense_of(e.seen, WORDS).shape[1] == 96 + 96 + 16


def test_a_few_articles_teach_it_and_the_file_holds_what_it_learned(
    examples: list[data.Example], parse: Callable[[str], Parse], tmp_path: Path
) -> None:
    """From scratch to a file to a reading: who said what in an article that it never saw."""
    settings = train.Settings(epochs=30, batch=6, decay=0.9, short=False, role_share=1.0, tiny=True)
    torch.set_num_threads(1)
    net = train.train(examples, WORDS, settings, lambda _: None)
    meta = {"seed": 1, "epochs": 30, "articles": len(examples), "least": 0.2}
    blank = LearnedTagger(export.make_arrays(net, WORDS, export.NO_SCORE, meta))
    score = calibrate.learn_score([(e, blank.candidates(e.seen)) for e in examples])
    export.write_weights(export.make_arrays(net, WORDS, score, meta), tmp_path / "w.npz")
    read = parse("The gate stayed shut. The nurse said nobody was hurt. It was Friday.")
    (found,) = LearnedTagger.load(tmp_path / "w.npz").find(read)
    assert read.tokens[found.source[0].start : found.source[0].stop].text == "The nurse"
    assert read.tokens[found.content[0].start : found.content[0].stop].text == "nobody was hurt"
