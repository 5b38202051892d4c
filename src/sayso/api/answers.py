"""What a ledger answers, as sequences of rows and as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Generic, Self, TypeVar, overload

from sayso.api.arguments import checked
from sayso.api.columns import (
    BESIDE,
    CLAIMS,
    FIGURES,
    INCIDENTS,
    REPORTS,
    SOURCES,
    claim_row,
    figure_row,
    report_row,
    source_row,
    told_rows,
)
from sayso.api.frames import Framed
from sayso.api.masked import SHOWN, Mask, MaskOf, no_mask
from sayso.api.pictures.picture import Picture
from sayso.exchange.columns import Told
from sayso.exchange.formats.tables import Row, Table
from sayso.exchange.masking import names_of_sources
from sayso.incidents.figures_list import FigureRow
from sayso.incidents.words import flag_words, origins_words
from sayso.ledger import ClaimAnswer, IncidentRow, ReportAnswer, SourceAnswer
from sayso.record import When
from sayso.record.words import when_words

T = TypeVar("T")


class Answers(Sequence[T], Framed, Generic[T]):
    """Rows in the order in which the ledger gives them.

    Who is to be hidden in them is looked for when the first is looked at: then the ledger must
    still be open.
    """

    __slots__ = ("_found", "_mask_of", "_rows_masked", "_rows_whole")
    _shown: tuple[str, ...] = ()  # the columns that a notebook shows

    def __init__(self, rows: Iterable[T], mask: MaskOf = no_mask) -> None:
        self._rows_whole = tuple(rows)
        self._mask_of = mask
        self._found: Mask | None = None
        self._rows_masked: tuple[T, ...] | None = None

    @property
    def _held(self) -> tuple[T, ...]:
        """The rows as they are shown."""
        if self._rows_masked is None:
            self._rows_masked = tuple(map(self._mask, self._rows_whole))
        return self._rows_masked

    @property
    def _mask(self) -> Mask:
        """What hides private people in these rows, looked for once."""
        if self._found is None:
            self._found = self._find_mask()
        return self._found

    def _find_mask(self) -> Mask:
        return self._mask_of(r for row in self._rows_whole for r in self._reports(row))

    def _reports(self, row: T) -> Iterable[str]:
        """The handles of the reports that a row rests on."""
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Self: ...

    def __getitem__(self, at: int | slice) -> T | Self:
        held = self._held
        if not isinstance(at, slice):
            return held[at]
        part = copy(self)  # in which those are hidden whom all of them hide
        part._rows_masked, part._rows_whole = held[at], self._rows_whole[at]  # noqa: SLF001
        return part

    def __len__(self) -> int:
        return len(self._rows_whole)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)}>"

    def _cells(self) -> Iterator[Sequence[object]]:
        for row in self._rows(self._tables()[0].name):
            yield [", ".join(v) if isinstance(v, list) else v
                   for v in (row.get(name) for name in self._shown)]  # fmt: skip

    def _repr_html_(self) -> str:
        from sayso.api.html.table import table_html  # noqa: PLC0415 - when a notebook asks

        title = f"{len(self):,} {type(self).__name__.lower()}"
        return table_html(title, self._shown, list(self._cells()))


class Claims(Answers[ClaimAnswer]):
    """Claims, newest first; as the table `claims`."""

    __slots__ = ()
    _shown = ("claim", "published_start", "publisher", "speaker", "certainty", "content")

    def _tables(self) -> Sequence[Table]:
        return (CLAIMS,)

    def _reports(self, row: ClaimAnswer) -> Iterable[str]:
        return (row.report.report,)

    def _rows(self, table: str) -> Iterator[Row]:  # noqa: ARG002 - there is one
        return map(claim_row, self._held)


class Sources(Answers[SourceAnswer]):
    """Those who speak, by name; as the table `sources`."""

    __slots__ = ()
    _shown = ("name", "kind", "country", "reports", "claims", "grade", "aliases")

    def _tables(self) -> Sequence[Table]:
        return (SOURCES,)

    def _find_mask(self) -> Mask:
        return SHOWN if self._mask_of is no_mask else Mask(names_of_sources(self._rows_whole))

    def _rows(self, table: str) -> Iterator[Row]:  # noqa: ARG002 - there is one
        return map(source_row, self._held)


class Reports(Answers[ReportAnswer]):
    """Reports, newest first, all versions among them; as the table `reports`."""

    __slots__ = ()
    _shown = ("report", "published_start", "publisher", "credit", "title", "name")

    def _tables(self) -> Sequence[Table]:
        return (REPORTS,)

    def _reports(self, row: ReportAnswer) -> Iterable[str]:
        return (row.report,)

    def _rows(self, table: str) -> Iterator[Row]:  # noqa: ARG002 - there is one
        return map(report_row, self._held)


class Figures(Answers[FigureRow]):
    """Figures as stated, each with its speaker, incident by incident; as the table `figures`."""

    __slots__ = ("_titles",)
    _shown = ("incident", "counts", "words", "of", "speaker", "said_start")

    def __init__(
        self, rows: Iterable[FigureRow], titles: Mapping[str, str], mask: MaskOf = no_mask
    ) -> None:
        super().__init__(rows, mask)
        self._titles = dict(titles)

    def _reports(self, row: FigureRow) -> Iterable[str]:
        return (row.figure.words.report,)

    def _tables(self) -> Sequence[Table]:
        return (FIGURES,)

    def _rows(self, table: str) -> Iterator[Row]:  # noqa: ARG002 - there is one
        return map(figure_row, self._held)

    @checked
    def chart(self, *, width: int = 760) -> Picture:
        """Who stated how many, when, and who differs: a panel a measure of each incident.

        Those in which speakers differ come first. Raises UsageError where there is no figure.
        """
        from sayso.api.pictures.figures import chart_of  # noqa: PLC0415 - when a picture is asked for

        groups: dict[str, list[FigureRow]] = {}
        for row in self._held:
            groups.setdefault(row.incident, []).append(row)
        hidden = self._mask.hidden
        told = [
            (hidden(self._titles.get(id_, id_)), [r.figure for r in rows],
             [c for r in rows for c in r.comparisons])
            for id_, rows in groups.items()
        ]  # fmt: skip
        return chart_of(told, width=width)


class Incidents(Answers[IncidentRow]):
    """Incidents, those last told of first.

    As tables: `incidents` with the columns of a spreadsheet (docs/formats.md), and `cells`,
    `states`, `mentions`, `origins`, `joins`, `utterances`, `copies`, `judgements` (docs/tables.md).
    These are asked of the ledger, which must still be open.
    """

    __slots__ = ("_tell",)

    def __init__(
        self, rows: Iterable[IncidentRow], tell: Callable[[IncidentRow], Told],
        mask: MaskOf = no_mask,
    ) -> None:  # fmt: skip
        super().__init__(rows, mask)
        self._tell = tell

    def _reports(self, row: IncidentRow) -> Iterable[str]:
        return row.handles

    def _tables(self) -> Sequence[Table]:
        return (INCIDENTS, *BESIDE)

    def _rows(self, table: str) -> Iterator[Row]:
        for row in self._rows_whole:
            told = self._tell(row)
            yield from told_rows(replace(told, view=self._mask(told.view)), table)

    def _repr_html_(self) -> str:
        from sayso.api.html.table import table_html  # noqa: PLC0415 - when a notebook asks

        columns = ("incident", "when", "where", "what", "became of it", "reports", "origins",
                   "look at")  # fmt: skip
        return table_html(f"{len(self):,} incidents", columns, [_line(row) for row in self._held])


def title_of(row: IncidentRow) -> str:
    """What, where and when in a line."""
    what, where, when = (
        (row.type or "incident").replace("_", " "), row.place["name"] if row.place else "",
        when_words(When(**row.time)) if row.time else "",
    )  # fmt: skip
    return ", ".join(part for part in (what, where, when) if part)


def _line(row: IncidentRow) -> tuple[object, ...]:
    return (
        row.incident, when_words(When(**row.time)) if row.time else "",
        row.place["name"] if row.place else "", (row.type or "").replace("_", " "),
        ", ".join(row.state), len(row.handles), origins_words(*row.origins),
        "; ".join(map(flag_words, row.flags)),
    )  # fmt: skip
