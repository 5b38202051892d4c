"""Marked articles as training examples: what the reader sees, and the marks as token indexes.

The input is JSON Lines in the form of PolNeAR's standoff files: `text` and `attributions`, each
with `source`, `cue`, `content` as lists of `[start, end]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.reading.attribution.learned.features import Ints, Seen, see
from sayso.reading.flow import Flow, make_flow
from sayso.reading.parsing.model import Model
from sayso.reading.parsing.parse import Parse, parse_flow
from sayso.record import Block, Report


@dataclass(frozen=True, slots=True)
class Example:
    """One article: `begin`, `end` bound the cues; `roles` are the source and content tokens."""

    id: str
    date: str
    seen: Seen
    starts: Ints
    ends: Ints
    begin: Ints
    end: Ints
    roles: tuple[tuple[Ints, Ints], ...]

    def span(self, begin: int, end: int) -> list[int]:
        """Tokens [begin, end) as a span of the article's text as given."""
        return [int(self.starts[begin]), int(self.ends[end - 1])]


def read_parse(row: dict[str, Any], loaded: Model) -> Parse:
    """The parse of one article, each of its lines a paragraph."""
    blocks = tuple(Block("body", m.start(), m.end()) for m in re.finditer(r"[^\n]+", row["text"]))
    report = Report("", row["id"], row["text"], None, None, None, None, None, None, blocks)
    return parse_flow(make_flow(report), loaded)


def read_examples(path: Path, model: Model) -> Iterator[Example]:
    """The examples of a file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield make_example(row, read_parse(row, model))


def make_example(row: dict[str, Any], parse: Parse) -> Example:
    """One article's example."""
    seen = see(parse)
    starts, ends = _homes(parse.flow, parse, seen.at)
    cues, roles = [], []
    for mark in row["attributions"]:
        cue = _tokens(mark["cue"], starts, ends)
        if not len(cue):
            continue
        cues.append((cue[0], cue[-1] + 1))
        roles.append(
            (_tokens(mark["source"], starts, ends), _tokens(mark["content"], starts, ends))
        )
    bounds = np.array(cues, dtype=np.int64).reshape(-1, 2)
    return Example(
        row["id"], row.get("date", ""), seen, starts, ends, bounds[:, 0], bounds[:, 1], tuple(roles)
    )


def _homes(flow: Flow, parse: Parse, at: Ints) -> tuple[Ints, Ints]:
    tokens = [parse.tokens[i] for i in at.tolist()]
    starts = [flow.starts[t.idx] for t in tokens]
    ends = [flow.ends[t.idx + len(t) - 1] for t in tokens]
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)


def _tokens(spans: list[list[int]], starts: Ints, ends: Ints) -> Ints:
    found = [
        np.arange(
            np.searchsorted(ends, start, side="right"), np.searchsorted(starts, end, side="left")
        )
        for start, end in spans
    ]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
