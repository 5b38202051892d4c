"""Make the shipped weights: `python -m training.attribution --data polnear --vocab VOCAB`.

Reads train.jsonl and dev.jsonl of the data folder, trains on all but the last articles of train,
fits the score on those, and writes the weights with what they score (see CARD.md).
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import time
from pathlib import Path

import torch

from sayso.reading.attribution.learned import LearnedTagger
from sayso.reading.attribution.learned_decode import Candidate
from sayso.reading.attribution.learned_net import Words
from training.attribution.calibrate import best_least, learn_score, measure
from training.attribution.data import Example, load_model, read_examples
from training.attribution.export import NO_SCORE, make_arrays, write_weights
from training.attribution.train import Settings, train
from training.attribution.words import make_words


def main() -> None:
    """Train, fit, measure, write."""
    options = _options()
    torch.set_num_threads(options.threads)
    _tell(f"reading {options.data}")
    train_examples, dev = _examples(options)
    held, learned = train_examples[-options.held :], train_examples[: -options.held]
    words = Words(**make_words(options.vocab))
    settings = Settings(epochs=options.epochs, seed=options.seed, short=not options.full)
    started = time.monotonic()
    net = train(learned, words, settings, _tell)
    minutes = (time.monotonic() - started) / 60
    meta = {"seed": options.seed, "epochs": options.epochs, "least": 0.0, "articles": len(learned)}
    blank = make_arrays(net, words, NO_SCORE, meta)
    score = learn_score(_read(LearnedTagger(blank), held))
    meta["least"] = best_least(_read(LearnedTagger(make_arrays(net, words, score, meta)), held))
    arrays = make_arrays(net, words, score, meta)
    digest = write_weights(arrays, options.out / "attribution.npz")
    tagger = LearnedTagger(arrays)
    scores = {name: measure(_read(tagger, part), tagger.least) for name, part in
              (("dev", dev), ("held", held))}  # fmt: skip
    told = meta | {"sha256": digest, "minutes": round(minutes), "scores": scores}
    (options.out / "scores.json").write_text(json.dumps(told, indent=1) + "\n")
    _tell(f"{digest} {scores}")


def _read(tagger: LearnedTagger, examples: list[Example]) -> list[tuple[Example, list[Candidate]]]:
    return [(e, tagger.candidates(e.seen)) for e in examples]


def _examples(options: argparse.Namespace) -> tuple[list[Example], list[Example]]:
    """Train in order of date, and dev; kept in the cache once read."""
    cache: Path | None = options.cache
    if cache and cache.exists():
        held: tuple[list[Example], list[Example]] = pickle.loads(cache.read_bytes())  # noqa: S301 - ours
        return held
    model = load_model()
    parts = [list(read_examples(options.data / f"{n}.jsonl", model)) for n in ("train", "dev")]
    parts[0].sort(key=lambda e: (e.date, e.id))
    if cache:
        cache.write_bytes(pickle.dumps(tuple(parts)))
    return parts[0], parts[1]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of train.jsonl and dev.jsonl"
    )
    parser.add_argument("--vocab", type=Path, required=True, help="vocab folder of en_core_web_md")
    parser.add_argument("--out", type=Path, default=Path("training/out/attribution"))
    parser.add_argument("--cache", type=Path, help="file that keeps what was read of the parses")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--held", type=int, default=60, help="last articles of train, held out")
    parser.add_argument("--full", action="store_true", help="32 bits throughout; slower")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    main()
