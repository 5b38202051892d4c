"""The page of speed, docs/speed.md: each section is a table that a program writes between marks.

A bench of another room writes a section of its own: `write_section("ledger", lines)`, between
`<!-- ledger: begin -->` and `<!-- ledger: end -->`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.quality.where import ROOT

PAGE = ROOT / "docs/speed.md"


def write_section(name: str, lines: Iterable[str], page: Path = PAGE) -> None:
    """Write what was measured between a section's marks; RuntimeError where the page has none."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    if not (rest and after):
        raise RuntimeError(f"{page}: no {begin} … {end} to write between")
    body = "\n".join(lines)
    page.write_text(f"{before}{begin}\n\n{body}\n\n{end}{after}", encoding="utf-8")


def measured_where() -> str:
    """The load of the machine now, its cores, the day and the commit."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - a developer's checkout
        capture_output=True, text=True, cwd=ROOT, check=False,
    ).stdout.strip()  # fmt: skip
    load = round(os.getloadavg()[0], 1)
    return (
        f"Load of the machine {load} on {os.cpu_count()} cores; "
        f"{datetime.now(tz=UTC):%Y-%m-%d}, `{commit}`."
    )


def record(found: dict[str, Any], page: Path = PAGE) -> None:
    """Write the section of reading."""
    write_section("reading", reading_lines(found), page)


def reading_lines(found: dict[str, Any]) -> Iterator[str]:
    """What was measured of reading, in Markdown."""
    yield "| | sayso, whole reading | spaCy small, all its parts | ratio |"
    yield "|---|---|---|---|"
    for label, key, ratio in (
        ("words a second of processor time, in bulk", "words_s", "ratio"),
        ("the same, report by report", "words_s_single", "ratio_single"),
    ):
        ours, theirs = (f"{found[f'{who}_{key}']:,.0f}" for who in ("sayso", "spacy"))
        yield f"| {label} | {ours} | {theirs} | **{found[ratio]:.2f}** |"
    yield f"| seconds to load | {found['sayso_load_s']:.1f} | {found['spacy_load_s']:.1f} | |"
    yield f"| megabytes at most | {found['sayso_peak_mb']:.0f} | {found['spacy_peak_mb']:.0f} | |"
    yield ""
    yield from stage_lines(found["stages"])
    yield ""
    accuracy = ", ".join(f"{name} {value:g}" for name, value in found["accuracy"].items())
    yield (
        f"{found['words']:,} words of news ({found['texts']}), one core, one thread, fresh "
        f"processes in turn, medians; a cold `sayso read` of 600 words takes "
        f"{found['cold_s']:.1f} s. Accuracy at this speed: {accuracy}. {measured_where()}"
    )


def stage_lines(stages: dict[str, float]) -> Iterator[str]:
    """What each stage costs a word and a report of 400 words, and its share; the dearest first."""
    costs = {name: cost for name, cost in stages.items() if name != "peak_mb"}
    whole = sum(costs.values())
    yield "| stage | microseconds a word | milliseconds a report of 400 words | share |"
    yield "|---|---|---|---|"
    for name, cost in sorted(costs.items(), key=lambda item: -item[1]):
        yield f"| {name} | {cost:.1f} | {cost * 0.4:.1f} | {cost / whole:.0%} |"
    yield f"| **all** | **{whole:.0f}** | **{whole * 0.4:.0f}** | |"
