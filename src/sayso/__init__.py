"""On whose say-so? Reads news reports and keeps a ledger of attributed claims.

What stands in `__all__` is the Python API (docs/python.md); all else may change. Names are looked
up when they are first asked for, so that `import sayso` costs nothing.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # typing itself would take longer than all else that `import sayso` does
__version__ = "0.1.0"

if TYPE_CHECKING:
    from typing import Any

    from sayso.api.answers import Claims, Figures, Incidents, Reports, Sources
    from sayso.api.example import example
    from sayso.api.incident import Incident
    from sayso.api.ledger import Additions, Ledger
    from sayso.api.pictures.picture import Picture
    from sayso.api.reader import Reader, read
    from sayso.api.reading import Reading, Readings
    from sayso.api.refused import Refused
    from sayso.api.score import Score
    from sayso.errors import (
        InputError,
        LedgerError,
        LexiconError,
        ModelError,
        NotInLedgerError,
        SaysoError,
        UsageError,
    )
    from sayso.record import (
        Actor,
        Attribution,
        Block,
        Claim,
        Event,
        Figure,
        Participant,
        Place,
        Report,
        Source,
        Span,
        Time,
        When,
    )

_WHERE = {
    "api.answers": ("Claims", "Figures", "Incidents", "Reports", "Sources"),
    "api.example": ("example",),
    "api.incident": ("Incident",),
    "api.ledger": ("Additions", "Ledger"),
    "api.pictures.picture": ("Picture",),
    "api.reader": ("Reader", "read"),
    "api.reading": ("Reading", "Readings"),
    "api.refused": ("Refused",),
    "api.score": ("Score",),
    "errors": (
        "InputError", "LedgerError", "LexiconError", "ModelError", "NotInLedgerError",
        "SaysoError", "UsageError",
    ),
    "record": (
        "Actor", "Attribution", "Block", "Claim", "Event", "Figure", "Participant", "Place",
        "Report", "Source", "Span", "Time", "When",
    ),
}  # fmt: skip
_MODULES = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "Actor",
    "Additions",
    "Attribution",
    "Block",
    "Claim",
    "Claims",
    "Event",
    "Figure",
    "Figures",
    "Incident",
    "Incidents",
    "InputError",
    "Ledger",
    "LedgerError",
    "LexiconError",
    "ModelError",
    "NotInLedgerError",
    "Participant",
    "Picture",
    "Place",
    "Reader",
    "Reading",
    "Readings",
    "Refused",
    "Report",
    "Reports",
    "SaysoError",
    "Score",
    "Source",
    "Sources",
    "Span",
    "Time",
    "UsageError",
    "When",
    "__version__",
    "example",
    "read",
]


def __getattr__(name: str) -> Any:
    """A name of the API, from where it lives."""
    if name not in _MODULES:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    value = getattr(import_module(f"sayso.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
