"""Which texts do not leave this machine: what a ledger has marked, and who is protected in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import select

from sayso.errors import InputError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.entries.commit import contents
from sayso.ledger.seeing.cover import Cover, cover_of
from sayso.ledger.store import schema
from sayso.ledger.store.engines import reading
from sayso.record import Report
from sayso.record.marking import Marking, level_of

RUN = 8  # words in a row by which texts are told to be one
SHARED = 0.1  # of a text's runs that stand in marked texts, from which on it is one of them
STEP = 200
MEND = "ask a server at 127.0.0.1, or read it with --reader model"


def check_marking(marking: Marking | None, *, here: bool) -> None:
    """Raises UsageError for a marking above clear, where texts would leave this machine."""
    if marking is not None and level_of(marking) and not here:
        raise UsageError(
            f"--marking {marking}: marked texts go to no server but this machine's; {MEND}"
        )


class LedgerGuard:
    """Says of each report whether its text must stay here, by what a ledger holds now.

    What is marked above clear, or names a protected source: the same page, or a text that shares
    passages with one; and any text in which a protected name stands.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        with reading(ledger.whole) as conn:
            self._cover: Cover | None = cover_of(conn)
            table, shade = schema.report, schema.shade
            query = select(table.c.entry, table.c.url).join(shade, shade.c.entry == table.c.entry)
            rows = conn.execute(query.where(shade.c.level > 0)).all()
            self._urls = {row.url for row in rows if row.url}
            self._runs: set[int] = set()
            entries = [row.entry for row in rows]
            for first in range(0, len(entries), STEP):
                for said in contents(conn, entries[first : first + STEP]).values():
                    self._runs.update(_runs_of(said["text"]))

    def __call__(self, report: Report) -> None:
        """Raises InputError for a report that must stay here."""
        said = [report.text, report.title, report.byline, report.name, report.url]
        if self._cover and self._cover.meets([each for each in said if each]):
            raise InputError(report.name, "it names a source that is protected in the ledger", MEND)
        runs = set(_runs_of(report.text))
        same = len(runs & self._runs) / len(runs) if runs else 0.0
        if report.url in self._urls or same >= SHARED:
            raise InputError(
                report.name, "the ledger holds it, or much of its text, as not for everybody", MEND
            )


def _runs_of(text: str) -> Iterator[int]:
    """Each run of words as a number; a text of fewer is one run."""
    words = re.findall(r"\w+", text.casefold())
    for at in range(max(len(words) - RUN, 0) + 1):
        yield hash(tuple(words[at : at + RUN]))
