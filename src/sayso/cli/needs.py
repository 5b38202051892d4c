"""Libraries of an extra that is not installed: a line that says which extra it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sayso.errors import UsageError


@contextmanager
def needs(what: str, extra: str) -> Iterator[None]:
    """Raises UsageError where something that is imported here is not installed.

    `what` is who needs it: *sayso corpus*.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if is_ours(error):
            raise
        raise UsageError(
            f"{what} needs {error.name}, which is not installed: pip install 'sayso[{extra}]'"
        ) from None


def is_ours(error: ModuleNotFoundError) -> bool:
    """True where a module of our own is missing: that is a defect, and no extra."""
    return (error.name or "sayso").partition(".")[0] == "sayso"
