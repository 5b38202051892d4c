"""The table of speed in docs/reading.md, between its marks, written by `python -m bench.speed`."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.quality.where import ROOT

PAGE = ROOT / "docs/reading.md"
BEGIN, END = "<!-- speed: begin -->", "<!-- speed: end -->"


def record(found: dict[str, Any], page: Path = PAGE) -> None:
    """Write the measures between the page's marks."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not (rest and after):
        raise RuntimeError(f"{page}: no {BEGIN} … {END} to write between")
    page.write_text(f"{before}{BEGIN}\n\n{table(found)}\n{END}{after}", encoding="utf-8")


def table(found: dict[str, Any]) -> str:
    """What was measured, in Markdown."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: dict[str, Any]) -> Iterator[str]:
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
    stages = {name: cost for name, cost in found["stages"].items() if name != "peak_mb"}
    yield "| stage | microseconds a word |"
    yield "|---|---|"
    for name, cost in stages.items():
        yield f"| {name} | {cost:.1f} |"
    yield f"| **all** | **{sum(stages.values()):.0f}** |"
    yield ""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - a developer's checkout
        capture_output=True, text=True, cwd=ROOT, check=False,
    ).stdout.strip()  # fmt: skip
    accuracy = ", ".join(f"{name} {value:g}" for name, value in found["accuracy"].items())
    yield (
        f"{found['words']:,} words of news ({found['texts']}), one core, one thread, fresh "
        f"processes in turn, medians; a cold `sayso read` of 600 words takes "
        f"{found['cold_s']:.1f} s. Accuracy at this speed: {accuracy}. Load of the machine "
        f"{found['load_average']} on {found['cores']} cores; {datetime.now(tz=UTC):%Y-%m-%d}, "
        f"`{commit}`."
    )
