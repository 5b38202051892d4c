"""Makes the weights of incident linking from reports whose incidents are known.

usage: python -m training.incidents READINGS.jsonl GOLD.jsonl [READINGS GOLD …] --out FOLDER

READINGS is what `sayso read --format jsonl` printed; GOLD has one `{"id", "cluster"}` a line. Each
pair of mentions that share a key (linking/incidents_blocks) is an example, 1 where both are of one
cluster. Writes FOLDER/weights.json and FOLDER/frequencies.json, plain numbers both.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from sayso.linking.incidents.blocks import find_candidates, post_mention
from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.linking.incidents.score import (
    FEATURES,
    Weighed,
    compare,
    kind_of,
    terms_of,
    weigh,
)
from sayso.linking.incidents.words import Frequencies
from sayso.linking.index import MemoryPostings
from sayso.record.wire import from_wire
from training.incidents.fit import fit_signed

Example = tuple[str, dict[str, float], bool]  # kind of pair, features, one incident or not
JOIN = {"reports": -1.0, "lines": -0.85}  # chosen by whole linkings, not pair by pair
# Who (by country) did or underwent what: local reports of shootings never say it, so that nothing
# can be learnt for reports, and lines of a long war share it from day to day. Whole reports get by
# hand what is worth about as much as a shared age; lines get nothing.
# What parts a pair whatever else is alike is as rare there; whole reports of one shooting often
# misdate it, and those of a trial come a year after.
BY_HAND = {
    "reports": {
        "core shared": 0.65,
        "one only planned": -12.0,
        "no attack day shared": 0.0,
        "attacked elsewhere": 0.0,
        "months apart": 0.0,
        "copied line": 0.0,
    },
    "lines": {
        "core shared": 0.0,
        "one only planned": -12.0,
        "no attack day shared": -8.0,
        "attacked elsewhere": -6.0,
        "months apart": -8.0,
        "copied line": 8.0,
    },
}
_WORDS = 2000
_LEAST = 20
_MENTIONS = 500  # what the shipped frequencies count for, beside those learnt


def main(arguments: list[str] | None = None) -> int:
    """0 when both files are written."""
    parser = argparse.ArgumentParser("python -m training.incidents", usage=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    ask = parser.parse_args(arguments)
    if len(ask.files) % 2:
        parser.error("each READINGS needs its GOLD")
    examples: list[Example] = []
    words = Frequencies()
    for readings, gold in zip(ask.files[::2], ask.files[1::2], strict=True):
        mentions, clusters = load(readings, gold)
        for mention in mentions:
            words.add(terms_of(mention))
        found = make_examples(mentions, clusters)
        print(f"{readings.name}: {len(found)} pairs, {sum(y for *_, y in found)} of one incident")
        examples += found
    weights = {kind: fit(kind, examples) for kind in JOIN}
    write(ask.out / "weights.json", weights)
    write(ask.out / "frequencies.json", shipped(words))
    return 0


def load(readings: Path, gold: Path) -> tuple[list[Mention], dict[str, str]]:
    """The main mention of each reading, and the cluster of each mention."""
    rows = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    clusters = {row["id"]: row["cluster"] for row in rows}
    mentions, found = [], {}
    with readings.open(encoding="utf-8") as lines:
        for line in lines:
            reading = from_wire(json.loads(line))
            mention = read_mentions(reading)[0]
            mentions.append(mention)
            found[mention.id] = clusters[reading.report.name]
    return mentions, found


def make_examples(mentions: list[Mention], clusters: dict[str, str]) -> list[Example]:
    """The pairs that linking would compare, with whether they are of one incident."""
    words, postings = Frequencies(), MemoryPostings()
    for mention in mentions:
        words.add(terms_of(mention))
    weighed: dict[str, Weighed] = {}
    found: list[Example] = []
    for mention in mentions:
        weighed[mention.id] = mine = weigh(mention, words)
        for other in find_candidates(mention, words, postings):
            theirs = weighed[other]
            one = clusters[mention.id] == clusters[other]
            features = dict(zip(FEATURES, compare(mine, theirs), strict=True))
            found.append((kind_of(mention, theirs.mention), features, one))
        post_mention(mention, words, postings)
    return found


def fit(kind: str, examples: list[Example]) -> dict[str, Any]:
    """The weights of one kind of pair."""
    chosen = [(features, y) for k, features, y in examples if k == kind]
    by_hand = BY_HAND.get(kind, {})
    names = [n for n in chosen[0][0] if n not in by_hand]
    x = np.array([[features[n] for n in names] for features, _ in chosen])
    bias, weights = fit_signed(x, np.array([float(y) for _, y in chosen]), names)
    return {
        "bias": round(bias, 3),
        "features": {n: round(w, 3) for n, w in weights.items()} | by_hand,
        "join": JOIN[kind],
    }


def shipped(words: Frequencies) -> dict[str, Any]:
    """The commonest words as if seen in a few hundred mentions: a start, soon outweighed."""
    scale = _MENTIONS / words.mentions
    wanted = (w for w in words.held if w.startswith("n:") or ":" not in w)
    common = Counter({w: n for w in wanted if (n := words.held[w]) >= _LEAST})
    held = {w: round(n * scale, 1) for w, n in common.most_common(_WORDS)}
    return {"mentions": _MENTIONS, "held": held}


def write(path: Path, value: object) -> None:
    """Write JSON that a diff can show."""
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
