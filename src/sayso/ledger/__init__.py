"""Remember, never overwrite: an append-only, hash-chained ledger of readings."""

from sayso.ledger.adding.add import Prepared, prepare
from sayso.ledger.asking.changes import IncidentChange
from sayso.ledger.asking.outdated import ExportRow
from sayso.ledger.asking.review import Reviewed
from sayso.ledger.asking.versions import DiffPart
from sayso.ledger.entries.commit import Maker, person
from sayso.ledger.entries.kept import Kept
from sayso.ledger.entries.linking import Fresh, LinkBatch, Linking
from sayso.ledger.entries.listed import Listed, ListKind, Taken
from sayso.ledger.layout.answers import (
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
from sayso.ledger.ledger import Ledger, move
from sayso.ledger.questions import ALL, Head
from sayso.ledger.store.filters import Filters
from sayso.ledger.store.postings import LedgerPostings

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
    "Prepared",
    "ReportAnswer",
    "Reviewed",
    "SourceAnswer",
    "Taken",
    "Trouble",
    "move",
    "person",
    "prepare",
]
