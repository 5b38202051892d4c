"""How well a page is read: body, captions, furniture and facts on pages marked by block.

`python -m bench.quality pages --gold examples/pages`. A folder holds NAME.html beside NAME.json
(`blocks`: kind and text, in order; `publisher`, `credit`, `byline`, `published`, `excerpt`;
`heldout`: true where the page was never tuned on). Trafilatura reads the same bytes beside ours,
with its defaults.

Text is scored as bags of words (F1, mean over pages). Headings inside a report and a
dateline that opens a paragraph are blocks of their own to us and body to trafilatura: their words
are free, neither asked for nor counted against it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.page.html.find import find_html
from sayso.record import FURNITURE, Capture

_WORD = re.compile(r"\w+")
BODY = frozenset({"body", "quote"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reader says of a page; None where it has no word for it."""

    texts: dict[str, str]
    byline: str | None
    published: str | None
    publisher: str | None
    credit: str | None = None
    excerpt: bool | None = None


def _bag(texts: Iterable[str]) -> Counter[str]:
    return Counter(w.casefold() for text in texts for w in _WORD.findall(text))


def _f1(gold: Counter[str], found: Counter[str], free: Counter[str]) -> float | None:
    """F1 of two bags of words, surplus `free` words not counted; None where both are empty."""
    shared = (gold & found).total()
    surplus = found - gold
    found_total = shared + (surplus - free).total()
    if not gold and not found_total:
        return None
    return 2 * shared / (gold.total() + found_total) if shared else 0.0


def _names(line: str | None) -> frozenset[str]:
    parts = re.split(r",|;|\band\b|&", line or "")
    return frozenset(" ".join(part.split()).casefold() for part in parts if part.strip())


def read_ours(page: Path, url: str | None) -> Answer:
    """What sayso says of a page."""
    content = page.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    found = find_html(Capture(page.name, content, "html", digest, url=url))
    texts: dict[str, list[str]] = {}
    for block in found.blocks:
        texts.setdefault(block.kind, []).append(found.text[block.start : block.end])
    joined = {kind: "\n".join(lines) for kind, lines in texts.items()}
    start = found.published.start if found.published else None
    return Answer(
        joined, found.byline, start, found.publisher, found.credit or "", excerpt=found.excerpt
    )


def read_trafilatura(page: Path, url: str | None) -> Answer:
    """What trafilatura says of a page, with its defaults."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - as sayso imports it

    found: Any = bare_extraction(page.read_bytes(), url=url, with_metadata=True)
    if found is None:
        return Answer({}, None, None, None)
    return Answer({"body": found.text or ""}, found.author, found.date, found.sitename)


def _marked(gold: dict[str, Any], kinds: Iterable[str]) -> Counter[str]:
    wanted = set(kinds)
    return _bag(block["text"] for block in gold["blocks"] if block["kind"] in wanted)


def score_page(gold: dict[str, Any], said: Answer) -> dict[str, float | None]:
    """The scores of one page; None where neither page nor reader has such a thing."""
    free = _marked(gold, ["headline", "dateline"])
    found = {kind: _bag([text]) for kind, text in said.texts.items()}
    body = sum((found.get(kind, Counter()) for kind in BODY), Counter[str]())
    rest = sum((found.get(kind, Counter()) for kind in FURNITURE), Counter[str]())
    empty = Counter[str]()
    date = gold["published"]
    return {
        "body": _f1(_marked(gold, BODY), body, free),
        "caption": _f1(_marked(gold, ["caption"]), found.get("caption", empty), empty),
        "furniture": _f1(_marked(gold, FURNITURE), rest, empty),
        "headline": _f1(_marked(gold, ["headline"]), found.get("headline", empty), empty),
        "credit line": _f1(_marked(gold, ["credit"]), found.get("credit", empty), empty),
        "byline": float(_names(gold["byline"]) == _names(said.byline)),
        "date": float((date or "")[:10] == (said.published or "")[:10]),
        "publisher": float((gold["publisher"] or "") == (said.publisher or "")),
        "credit": None if said.credit is None else float((gold["credit"] or "") == said.credit),
        "excerpt": None if said.excerpt is None else float(gold["excerpt"] == said.excerpt),
    }


def _pages(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    return [
        (path, json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.html"))
        if path.with_suffix(".json").is_file()
    ]


def _mean(scores: list[dict[str, float | None]]) -> dict[str, float]:
    names = list(scores[0]) if scores else []
    kept = {name: [s[name] for s in scores if s[name] is not None] for name in names}
    return {n: round(100 * sum(filter(None, v)) / len(v), 1) for n, v in kept.items() if v}


READERS = {"ours": read_ours, "trafilatura": read_trafilatura}


def score(gold: Path) -> dict[str, dict[str, float]]:
    """Scores in per cent by row: ours and trafilatura on all pages, then on each half."""
    pages = _pages(gold)
    halves = {
        "": pages,
        " (seen)": [p for p in pages if not p[1].get("heldout")],
        " (held out)": [p for p in pages if p[1].get("heldout")],
    }
    answers = {
        (name, path): reader(path, marks.get("url"))
        for name, reader in READERS.items()
        for path, marks in pages
    }
    return {
        f"{name}{half}": _mean([score_page(marks, answers[name, path]) for path, marks in chosen])
        for half, chosen in halves.items()
        for name in READERS
        if chosen
    }


def run(gold: Path) -> dict[str, Any]:
    """The scores of `score` with the number of pages, for the bench's own record."""
    return {"pages": len(_pages(gold)), "scores": score(gold)}


def table(rows: dict[str, dict[str, float]]) -> str:
    """The scores as a table in plain text, a dash where a reader has no such thing."""
    columns = list(next(iter(rows.values()), {}))
    width = max(map(len, rows), default=0)
    lines = [" " * width + "".join(f"{column:>13}" for column in columns)]
    for name, scores in rows.items():
        cells = (f"{scores[c]:>13.1f}" if c in scores else f"{'-':>13}" for c in columns)
        lines.append(f"{name:<{width}}" + "".join(cells))
    return "\n".join(lines)
