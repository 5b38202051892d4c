"""The one table of formats: what `sayso export`, its help and the docs are read from.

Nothing heavy is imported here: a writer, and the library that it needs, when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.exchange.leaving import Asked
    from sayso.ledger import Ledger
    from sayso.record.links import Policy

    # Makes the file (or folder) at a path that is not there yet, and says what is in it.
    Write = Callable[[Ledger, Asked, Path], "Left"]

FormatName = Literal[
    "xlsx", "csv", "ged", "acled", "jsonl", "parquet", "jsonld", "stix", "ftm",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """What a file told of: the handles of its reports, and how many incidents.

    `notes` are said to whoever takes the file away: what it leaves out, what a cell still needs.
    """

    reports: tuple[str, ...]
    incidents: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how its files end, what it holds, who writes it, what that needs.

    `writer` is `module:function` in this room, `extra` the optional part of sayso that brings its
    library. `policy` is its own rule for figures, where it has one. `is_text` may go to a screen; a
    `folder` holds several files.
    """

    name: FormatName
    ending: str
    title: str
    holds: str
    writer: str
    extra: str | None = None
    policy: Policy | None = None
    is_text: bool = True
    folder: bool = False

    def write(self, ledger: Ledger, asked: Asked, place: Path) -> Left:
        """Make the file; raises UsageError where the library is missing or the place is full."""
        module, _, function = self.writer.partition(":")
        try:
            writer: Write = getattr(import_module(f"sayso.exchange.{module}"), function)
        except ModuleNotFoundError as error:
            if self.extra is None:
                raise
            raise UsageError(
                f"{self.name} needs {error.name}, which is not installed: "
                f"pip install 'sayso[{self.extra}]'"
            ) from error
        try:
            return writer(ledger, asked, place)
        except OSError as error:
            raise UsageError(f"cannot write ({error.strerror}); write elsewhere") from error


FORMATS: tuple[Format, ...] = (
    Format(
        "xlsx", ".xlsx", "XLSX workbook", "a row an incident, each cell linked to its words; "
        "edited cells come back by `sayso import`", "formats.sheets:leave_xlsx", is_text=False,
    ),
    Format("csv", ".csv", "CSV", "the same rows as plain text", "formats.sheets:leave_csv"),
    Format(
        "ged", ".xlsx", "UCDP GED's shape", "a row an incident with a death, in 49 columns; CSV "
        "unless FILE ends in .xlsx", "formats.shaped:leave_ged", policy="ucdp",
    ),
    Format(
        "acled", ".xlsx", "ACLED's shape", "a row an incident, in 31 columns; CSV unless FILE ends "
        "in .xlsx", "formats.shaped:leave_acled", policy="acled",
    ),
    Format(
        "jsonl", ".jsonl", "JSON Lines", "everything: a row a report, claim, event, figure, "
        "incident, origin, …", "formats.jsonl:leave_jsonl",
    ),
    Format(
        "parquet", "", "Parquet", "the same, a folder with a file a table",
        "formats.parquet:leave_parquet", "parquet", is_text=False, folder=True,
    ),
    Format(
        "jsonld", ".jsonld", "JSON-LD", "linked data: claims by PROV-O, Web Annotation and "
        "schema.org", "formats.jsonld:leave_jsonld",
    ),
    Format(
        "stix", ".json", "STIX 2.1", "a bundle for OpenCTI or MISP, each claim a note, marked by "
        "`--tlp`", "formats.stix:leave_stix",
    ),
    Format(
        "ftm", ".csv", "FollowTheMoney", "statements for Aleph and its kin, each with the claim "
        "that it comes from", "formats.ftm:leave_ftm",
    ),
)  # fmt: skip
BY_NAME: dict[str, Format] = {each.name: each for each in FORMATS}
