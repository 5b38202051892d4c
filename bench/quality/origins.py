"""Origins on the project's own scenarios: stories read and linked, counted against an editor."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.linking.origins.count import count_origins
from sayso.linking.speakers.lines import claims_about
from sayso.pipeline.read import shared_reader
from sayso.record import Block, Reading, Report, When, report_id
from sayso.record.links import OriginCount

FOLDER = Path(__file__).resolve().parents[2] / "examples/scenarios"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story of short reports and what a careful editor counts in it."""

    name: str
    gold: dict[str, Any]

    @property
    def fails(self) -> str | None:
        """The stage that does not manage it yet, and how."""
        found = self.gold.get("fails")
        return str(found) if found else None

    def reports(self) -> Iterator[Report]:
        """Its reports, a caption as a block of its own."""
        return (_report(row) for row in self.gold["report"])


def load_scenarios(folder: Path = FOLDER) -> tuple[Scenario, ...]:
    """All scenarios of a folder, by name."""
    files = sorted(folder.glob("*.toml"))
    return tuple(Scenario(f.stem, tomllib.loads(f.read_text(encoding="utf-8"))) for f in files)


def _report(row: dict[str, Any]) -> Report:
    text, day = row["text"].strip(), row["published"]
    when = When(day, day, "day", "given")
    blocks = []
    at = 0
    for paragraph in text.split("\n\n"):
        kind = "caption" if paragraph == row.get("caption") else "body"
        at = text.index(paragraph, at)
        blocks.append(Block(kind, at, at + len(paragraph)))  # type: ignore[arg-type]
        at += len(paragraph)
    publisher, own = row["publisher"], report_id(text, row["publisher"], row["id"], when)
    credit = row.get("credit")
    return Report(
        own, row["id"], text, None, publisher, credit, None, None, when, tuple(blocks), "en"
    )


def count(scenario: Scenario, readings: list[Reading]) -> OriginCount:
    """What linking counts in a scenario."""
    return count_origins(readings, claims_about(readings, scenario.gold["about"]))


def differences(scenario: Scenario, found: OriginCount) -> list[str]:
    """Where linking and the editor differ, in words; none where they agree."""
    gold = scenario.gold
    kinds = {j.ground.kind for j in found.joins}
    words = [j.ground.words for j in found.joins] + [o.may_be or "" for o in found.origins]
    pairs = [
        ("origins", gold["origins"], [found.at_least, found.at_most]),
        ("denials", gold.get("denials", 0), len(found.denials)),
        ("withdrawn", gold.get("withdrawn", 0), len(found.withdrawn)),
        ("texts", gold.get("texts", found.texts), found.texts),
        ("missing grounds", [], sorted(set(gold["grounds"]) - kinds)),
        ("named", [], [n for n in gold.get("may_not_name", ()) for w in words if n in w]),
    ]
    return [f"{what}: editor {want}, linking {got}" for what, want, got in pairs if want != got]


def score(folder: Path = FOLDER) -> dict[str, float]:
    """How many scenarios come out as the editor counted them, in percent, and their number."""
    reader, right = shared_reader(learned=True), 0
    scenarios = load_scenarios(folder)
    for scenario in scenarios:
        readings = [reader.read(r) for r in scenario.reports()]
        right += not differences(scenario, count(scenario, readings))
    return {"right": round(100 * right / len(scenarios), 1), "scenarios": len(scenarios)}
