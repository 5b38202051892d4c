"""Where the marked text and the scorers lie that are not the project's own."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = "SAYSO_BENCH_DATA"


def shared() -> Path:
    """The folder of other people's texts: beside a checkout, or where SAYSO_BENCH_DATA says."""
    return Path(os.environ.get(ENVIRONMENT) or ROOT.parent / "shared").resolve()


def find(path: str) -> Path:
    """A file of it: `data/polnear/dev.jsonl`, `scorers/score_time.py`.

    The folder may be the one that holds `data`, `gold` and `scorers`, or `data` itself; scorers
    are looked for beside the checkout last, since data are often given alone.
    """
    first, _, rest = path.partition("/")
    folder = shared()
    places = [folder / path, folder / rest if first == "data" else folder.parent / path]
    if first == "scorers":
        places.append(ROOT.parent / "shared" / path)
    return next((place for place in places if place.exists()), places[0])


def of_split(gold: Path, split: str) -> Path:
    """The file of another part of a set: `dev.jsonl` to `train.jsonl`, `lgl` to `lgl.train`.

    A set without a part of that name gives the path at which one would lie.
    """
    parts = gold.name.split(".")
    if "dev" in parts:
        return gold.with_name(".".join(split if part == "dev" else part for part in parts))
    named = gold.with_name(f"{gold.stem}.{split}{gold.suffix}")
    alone = gold.with_name(f"{split}{gold.suffix}")
    return alone if alone.exists() and not named.exists() else named
