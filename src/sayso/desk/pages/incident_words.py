"""The filters of an incident's templates."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.desk.pages.incident_parts import Cell
from sayso.incidents.words import (
    as_sentence,
    measure_name,
    report_words,
    shorten,
    speaker_of,
    state_words,
)
from sayso.record.incident import ClaimLine, OriginLine, PolicyCell, ReportLine
from sayso.record.links import POLICY_NAMES
from sayso.record.words import number_words

_SOURCES = 8  # named under what is taken along


@dataclass(frozen=True, slots=True)
class CellRow:
    """A row of the policies' table: all policies of a measure that come to the same."""

    names: str
    cell: PolicyCell
    chosen: bool
    changed: bool


def distinct_cells(cells: Mapping[str, Cell], policy: str) -> list[CellRow]:
    """The rows of a measure: policies with the same numbers on the same claims share one."""
    rows: dict[tuple[Any, ...], list[str]] = {}
    for name, held in cells.items():
        cell = held.cell
        rows.setdefault((cell.low, cell.best, cell.high), []).append(name)
    return [
        CellRow(
            "every policy"
            if len(names) == len(POLICY_NAMES)
            else ", ".join(map(measure_name, names)),
            cells[policy if policy in names else names[0]].cell,
            policy in names,
            cells[names[0]].changed,
        )
        for names in rows.values()
    ]


def cell_words(cell: PolicyCell) -> str:
    """A cell in words: `3,000 (1,000 to 3,000)`."""
    low, best, high = (_number(n) for n in (cell.low, cell.best, cell.high))
    return best if low == best == high else f"{best} ({low} to {high})"


def _number(number: float | None) -> str:
    return "–" if number is None else number_words(round(number, 1))


def chains_in(
    origin: OriginLine, claims: Mapping[str, ClaimLine]
) -> list[tuple[tuple[str, ...], list[str]]]:
    """The chains that lead to an origin, each with its claims."""
    found: dict[tuple[str, ...], list[str]] = {}
    for handle in origin.claims:
        if handle in claims:
            found.setdefault(claims[handle].chain or origin.chain, []).append(handle)
    return sorted(found.items())


def sources_line(reports: Iterable[ReportLine]) -> str:
    """Where it is from, for what is taken along: `The Harbour Gazette, 6 May 2031; …`."""
    named = list(dict.fromkeys(report_words(r).partition(" ")[2] for r in reports))
    more = f"; and {len(named) - _SOURCES} more" if len(named) > _SOURCES else ""
    return "; ".join(named[:_SOURCES]) + more


def upper_first(words: str) -> str:
    """The words with a capital; numbers and handles stay: `27 Dec`, `r12 is no report here`."""
    return words if words[1:2].isdigit() else words[:1].upper() + words[1:]


def as_dict(noun: Any) -> dict[str, Any]:
    """A data class as a script reads it."""
    return dataclasses.asdict(noun)


FILTERS: dict[str, Callable[..., Any]] = {
    "distinct_cells": distinct_cells,
    "cell_words": cell_words,
    "chains_in": chains_in,
    "sources_line": sources_line,
    "as_dict": as_dict,
    "state_words": state_words,
    "report_words": report_words,
    "speaker_of": speaker_of,
    "sentence": as_sentence,
    "shorten": shorten,
    "upper_first": upper_first,
}
