"""Remember, never overwrite: an append-only, hash-chained ledger of readings."""

from sayso.ledger.answers import (
    Added,
    ClaimAnswer,
    Erased,
    Exported,
    FigureAnswer,
    FigureLine,
    IncidentRow,
    Judged,
    Page,
    ReportAnswer,
    SourceAnswer,
    Trouble,
)
from sayso.ledger.commit import Maker, person
from sayso.ledger.filters import Filters
from sayso.ledger.groups import Group, Member, new_group_id
from sayso.ledger.ledger import Head, Ledger, move
from sayso.ledger.linking import Fresh, LinkBatch, Linking
from sayso.ledger.postings import LedgerPostings
from sayso.ledger.versions import Change

__all__ = [
    "Added",
    "Change",
    "ClaimAnswer",
    "Erased",
    "Exported",
    "FigureAnswer",
    "FigureLine",
    "Filters",
    "Fresh",
    "Group",
    "Head",
    "IncidentRow",
    "Judged",
    "Ledger",
    "LedgerPostings",
    "LinkBatch",
    "Linking",
    "Maker",
    "Member",
    "Page",
    "ReportAnswer",
    "SourceAnswer",
    "Trouble",
    "move",
    "new_group_id",
    "person",
]
