"""Teach the network of names.py what spaCy's recogniser says of news texts.

usage: python training/names/train.py TEXTS.jsonl… [--epochs 8] [--out NAMES.npz]

Needs torch and sayso in one environment. Prints F1 against the teacher on texts set aside.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from sayso.reading.parsing.model import load_model
from sayso.reading.parsing.names import BUCKETS, TYPES, WIDTH, bucket_words

LABELS = 1 + 2 * len(TYPES)
SIZES = (32, 16, 8, 8)  # numbers a bucket table
SET_ASIDE = 60  # texts
CHUNK, BATCH, RATE, SEED = 200, 16, 3e-3, 7
_STRAIGHT = str.maketrans("“”’‘", "\"\"''")


class Text:
    """One text's vectors, buckets and the teacher's labels."""

    def __init__(self, tokens: object) -> None:
        self.vectors = np.asarray(tokens.tensor, dtype=np.float32)
        self.buckets = np.array([bucket_words(t.text, t.shape_) for t in tokens])
        self.labels = np.zeros(len(self.vectors), dtype=np.int64)
        for name in tokens.ents:
            first = 1 + 2 * TYPES.index(name.label_)
            self.labels[name.start] = first
            self.labels[name.start + 1 : name.end] = first + 1


def read_texts(paths: list[Path]) -> Iterator[Text]:
    """The texts of JSON Lines files, read by the whole of spaCy's model."""
    model = load_model(whole=True)
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            words = re.sub(r"\s*\n\s*", "\n\n", json.loads(line)["text"].translate(_STRAIGHT))
            yield Text(model.annotate(model.pipeline.make_doc(words[:20_000])))


class Net(nn.Module):
    """Bucket tables, and three convolutions over a token and its neighbours."""

    def __init__(self) -> None:
        super().__init__()
        self.e = nn.ModuleList(
            nn.Embedding(n, size) for n, size in zip(BUCKETS, SIZES, strict=True)
        )
        self.c1 = nn.Conv1d(WIDTH + sum(SIZES), 128, 3, padding=1)
        self.c2 = nn.Conv1d(128, 64, 3, padding=1)
        self.o = nn.Conv1d(64, LABELS, 3, padding=1)
        for table in self.e:
            nn.init.normal_(table.weight, 0, 0.1)

    def forward(self, vectors: torch.Tensor, buckets: torch.Tensor) -> torch.Tensor:
        """Scores of the labels, one row a token."""
        rows = [vectors, *(table(buckets[..., i]) for i, table in enumerate(self.e))]
        values = nn.functional.dropout(torch.cat(rows, -1), 0.1, self.training).transpose(1, 2)
        hidden = torch.relu(self.c2(torch.relu(self.c1(values))))
        return self.o(hidden).transpose(1, 2)


def _batch(pieces: list[tuple[Text, int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(text.labels[a : a + CHUNK]) for text, a in pieces)
    vectors = np.zeros((len(pieces), longest, WIDTH), dtype=np.float32)
    buckets = np.zeros((len(pieces), longest, len(BUCKETS)), dtype=np.int64)
    labels = np.full((len(pieces), longest), -100, dtype=np.int64)
    for i, (text, a) in enumerate(pieces):
        n = len(text.labels[a : a + CHUNK])
        vectors[i, :n] = text.vectors[a : a + CHUNK]
        buckets[i, :n] = text.buckets[a : a + CHUNK]
        labels[i, :n] = text.labels[a : a + CHUNK]
    return torch.tensor(vectors), torch.tensor(buckets), torch.tensor(labels)


def train(texts: list[Text], epochs: int) -> Net:
    """A network taught on the texts."""
    torch.manual_seed(SEED)
    net = Net()
    pieces = [(text, a) for text in texts for a in range(0, len(text.labels), CHUNK)]
    steps = epochs * max(1, len(pieces) // BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1)
    order = np.random.RandomState(SEED)
    for _ in range(epochs):
        shuffled = [pieces[i] for i in order.permutation(len(pieces))]
        for at in range(0, max(1, len(shuffled) - BATCH + 1), BATCH):
            vectors, buckets, labels = _batch(shuffled[at : at + BATCH])
            scores = net(vectors, buckets).reshape(-1, LABELS)
            loss = nn.functional.cross_entropy(scores, labels.reshape(-1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net.eval()


def spans_of(labels: list[int]) -> set[tuple[int, int, int]]:
    """(start, end, type) of each name that labels tell."""
    found: list[tuple[int, int, int]] = []
    for i, label in enumerate(labels):
        if not label:
            continue
        kind, further = divmod(label - 1, 2)
        if further and found and found[-1][1] == i and found[-1][2] == kind:
            found[-1] = (found[-1][0], i + 1, kind)
        else:
            found.append((i, i + 1, kind))
    return set(found)


def score(net: Net, texts: list[Text]) -> dict[str, float]:
    """F1 of names against the teacher's, of all types and of each frequent one."""
    gold: set[tuple[int, ...]] = set()
    told: set[tuple[int, ...]] = set()
    with torch.no_grad():
        for n, text in enumerate(texts):
            buckets = torch.tensor(text.buckets)[None]
            scores = net(torch.tensor(text.vectors)[None], buckets)[0]
            gold |= {(n, *s) for s in spans_of(text.labels.tolist())}
            told |= {(n, *s) for s in spans_of(scores.argmax(1).tolist())}

    def f1(kind: int | None) -> float:
        right = {s for s in gold if kind in (None, s[3])}
        mine = {s for s in told if kind in (None, s[3])}
        return round(200 * len(right & mine) / max(1, len(right) + len(mine)), 1)

    kinds = ("PERSON", "ORG", "GPE", "NORP", "LOC", "DATE")
    return {"all": f1(None), **{k: f1(TYPES.index(k)) for k in kinds}}


def main() -> None:
    """Read, train, score, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/reading/parsing/names.npz"))
    options = parser.parse_args()
    texts = list(read_texts(options.texts))
    order = np.random.RandomState(3).permutation(len(texts)).tolist()
    aside = min(SET_ASIDE, len(texts) // 5)
    net = train([texts[i] for i in order[aside:]], options.epochs)
    print(json.dumps(score(net, [texts[i] for i in order[:aside]])))
    state = net.state_dict()
    weights = {k.replace(".", "_"): v.numpy().astype("float16") for k, v in state.items()}
    np.savez(options.out, **weights)


if __name__ == "__main__":
    main()
