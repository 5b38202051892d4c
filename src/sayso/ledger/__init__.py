"""Remember, never overwrite: an append-only, hash-chained ledger of readings."""

from sayso.ledger.answers import (
    Added,
    ClaimAnswer,
    Erased,
    Exported,
    FigureAnswer,
    IncidentRow,
    Judged,
    Page,
    ReportAnswer,
    SourceAnswer,
    Trouble,
)
from sayso.ledger.ask_changes import IncidentChange
from sayso.ledger.commit import Maker, person
from sayso.ledger.filters import Filters
from sayso.ledger.kept import Kept
from sayso.ledger.ledger import Ledger, move
from sayso.ledger.linking import Fresh, LinkBatch, Linking
from sayso.ledger.listed import Listed, ListKind, Taken
from sayso.ledger.outdated import ExportRow
from sayso.ledger.postings import LedgerPostings
from sayso.ledger.questions import ALL, Head
from sayso.ledger.review import Reviewed
from sayso.ledger.versions import DiffPart

__all__ = [
    "ALL",
    "Added",
    "ClaimAnswer",
    "DiffPart",
    "Erased",
    "ExportRow",
    "Exported",
    "FigureAnswer",
    "Filters",
    "Fresh",
    "Head",
    "IncidentChange",
    "IncidentRow",
    "Judged",
    "Kept",
    "Ledger",
    "LedgerPostings",
    "LinkBatch",
    "Linking",
    "ListKind",
    "Listed",
    "Maker",
    "Page",
    "ReportAnswer",
    "Reviewed",
    "SourceAnswer",
    "Taken",
    "Trouble",
    "move",
    "person",
]
