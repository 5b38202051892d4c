"""What can go wrong, and what to do about it.

SaysoError
├── UsageError             the command or an option is wrong                     exit 2
├── InputError             one input cannot be read; the others still are        exit 1 or 2
│   ├── CaptureError       the bytes: empty, binary, encrypted, damaged, too large
│   ├── PageError          no report in them: no body, a broken line
│   └── FetchError         an address: inner, too slow, too large, refused
├── LexiconError           a lexicon file is wrong: file, line, mend             exit 2
├── ModelError             the language model is missing or not the one expected exit 2
├── LedgerError            the store cannot do it; nothing is half done              exit 2
│   ├── LedgerUrlError     no such store, its driver is missing, its schema unknown
│   ├── LedgerBusyError    another writer held it for too long: try again
│   ├── LedgerFullError    the disk is full: make room, then add again
│   ├── LedgerLostError    the connection broke: add again what was not acknowledged
│   ├── LedgerDamageError  the file is no ledger or is damaged: `sayso verify`
│   ├── NotInLedgerError   no such report, claim or entry
│   └── RightsError        who asks may not do that
├── PartnerError           what a partner sent, or is to be sent, is not as agreed   exit 2
├── SpanError              a span with impossible bounds                         exit 70, our bug
└── WireError              JSON that is not sayso.reading/1
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class SaysoError(Exception):
    """The base of all errors that sayso raises on purpose."""


class UsageError(SaysoError):
    """The command or an option is wrong."""


class InputError(SaysoError):
    """One input cannot be read: which, what is wrong, what to do. The others still are."""

    def __init__(self, name: str, what: str, mend: str) -> None:
        self.name, self.what, self.mend = name, what, mend
        super().__init__(f"{name}: {what}; {mend}")


class CaptureError(InputError):
    """The bytes themselves: empty, binary, encrypted, damaged, too large."""


class PageError(InputError):
    """No report in the bytes: no body, a broken JSON line."""


class FetchError(InputError):
    """An address that is not fetched, or answers nothing usable; `wait` is what its host asks."""

    def __init__(self, name: str, what: str, mend: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(name, what, mend)


class LexiconError(SaysoError):
    """A lexicon file is wrong: which file, which line, what to mend."""

    def __init__(self, file: str, line: int | None, what: str, mend: str) -> None:
        self.file, self.line, self.what, self.mend = file, line, what, mend
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {what}; {mend}")


class ModelError(SaysoError):
    """The language model is missing, or is not the one that sayso was measured with."""


class LedgerError(SaysoError):
    """The store cannot do it: what is wrong, and what to do. Nothing is half done."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"{what}; {mend}")


class LedgerUrlError(LedgerError):
    """No such store, its driver is missing, or its schema is not one that this sayso knows."""


class LedgerBusyError(LedgerError):
    """Another writer (or, for erasure, a reader) held the store for too long."""


class LedgerFullError(LedgerError):
    """The disk is full; the batch was not kept."""


class LedgerLostError(LedgerError):
    """The connection broke; a batch that was not acknowledged was not kept."""


class LedgerDamageError(LedgerError):
    """The file is no ledger, or is damaged."""


class NotInLedgerError(LedgerError):
    """No such report, claim or entry, or it was erased."""


class RightsError(LedgerError):
    """Who asks may not do that."""


class PartnerError(SaysoError):
    """What a partner sent, or is to be sent, is not as agreed: what, and what to do.

    Nothing of it was taken in.
    """

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"{what}; {mend}")


class SpanError(SaysoError):
    """A span with impossible bounds; always a defect in sayso."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        super().__init__(f"span [{start}, {end}) has impossible bounds")


class WireError(SaysoError):
    """JSON that is not sayso.reading/1: where it differs."""


def nearest(asked: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names that somebody may have meant, the likeliest first: what an error offers.

    `Captur` is near `capture`, `killed or wounded` is `killed_or_wounded`.
    """
    plain = {name.casefold().replace(" ", "_").replace("-", "_"): name for name in names}
    word = asked.strip().casefold().replace(" ", "_").replace("-", "_")
    if word in plain:
        return [plain[word]]
    near = get_close_matches(word[:100], plain, most)
    within = [name for name in plain if len(word) > 3 and name.startswith(word)]
    return [plain[name] for name in dict.fromkeys((*near, *within))][:most]
