"""The nouns. Frozen, plain Python; no input or output in them."""

from sayso.record.ids import make_id
from sayso.record.reading import (
    Attribution,
    Bound,
    Certainty,
    Claim,
    Counts,
    Event,
    Figure,
    Participant,
    Polarity,
    Quotation,
    Reading,
    Source,
    SourceKind,
)
from sayso.record.report import FURNITURE, Block, BlockKind, Capture, Form, Report, report_id
from sayso.record.span import Span, Spans, any_covers, words_of
from sayso.record.when_where import Actor, ActorKind, Basis, Place, Precision, Time, When

__all__ = [
    "FURNITURE",
    "Actor",
    "ActorKind",
    "Attribution",
    "Basis",
    "Block",
    "BlockKind",
    "Bound",
    "Capture",
    "Certainty",
    "Claim",
    "Counts",
    "Event",
    "Figure",
    "Form",
    "Participant",
    "Place",
    "Polarity",
    "Precision",
    "Quotation",
    "Reading",
    "Report",
    "Source",
    "SourceKind",
    "Span",
    "Spans",
    "Time",
    "When",
    "any_covers",
    "make_id",
    "report_id",
    "words_of",
]
