"""Incidents as rows of a shape, one by one; what stays empty, is left out, is to be deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from sayso.exchange.books import some_of
from sayso.exchange.coded.match import Match
from sayso.exchange.coded.standing import Coded, standing_of
from sayso.exchange.columns import Cell, Told, status_of
from sayso.exchange.gather import WORDS, SheetRow, claim_rows
from sayso.exchange.leaving import Leaving
from sayso.exchange.shapes.case import Case, Filled
from sayso.exchange.shapes.shape import Shape
from sayso.ledger import Listed

OWN = {
    "sayso_incident": "the incident's id: kept beside a row that you code, it finds the row again",
    "sayso_status": "machine-read, or accepted by whom and when; changed since: the row says "
    "something else now",
    "sayso_coded": "new, already coded as, may be coded as, would change (column: old → new); "
    "empty: no coded rows are held",
    "sayso_empty": "columns that the data set has no row without, and that are empty here",
    "sayso_reports": "how many reports tell of it",
    "sayso_texts": "how many distinct texts they are",
    "sayso_origins_min": "how many sources can be told apart that say so, at least",
    "sayso_origins_max": "how many sources can be told apart that say so, at most",
    "sayso_claims": "the claims that stand, as on the sheet words",
}


@dataclass(frozen=True, slots=True)
class Deleted:
    """A coded row that is to be deleted: its id, since when (seconds since 1970), and why."""

    id: str
    stamp: int
    incident: str
    why: str


@dataclass(frozen=True, slots=True)
class FilledRow:
    """An incident as it is written: its row, and in the order of WORDS what its cells rest on."""

    row: SheetRow
    words: tuple[tuple[str | None, ...], ...]


@dataclass
class Filling:
    """One export of a shape in the making. The counts are whole when all lines were gone through.

    `empty` counts needed cells that are empty by column, `left_out` incidents by reason.
    """

    shape: Shape
    leaving: Leaving
    rows: int = 0
    empty: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    deleted: list[Deleted] = field(default_factory=list)
    _coded_as: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.coded = Coded(self.leaving.ledger)

    @property
    def header(self) -> list[str]:
        """The columns: the shape's own in its order, then ours."""
        return [*(c.name for c in self.shape.columns), *OWN]

    def lines(self) -> Iterator[FilledRow]:
        """The incidents that are rows of the shape."""
        for told in self.leaving.told():
            case = self.coded.case(told)
            match = self.coded.matches(case).get(self.shape.name, Match())
            reason = self._reason(case)
            if reason is not None:
                self.left_out[reason] += 1
                self._delete(told, [r for r in (match.row, *match.twice) if r], reason)
                continue
            self._delete(told, match.twice, f"the same incident as {match.row and match.row.id}")
            self.rows += 1
            yield self._line(case, self._once(match, told.view.id))
        self.deleted += self._gone()

    def notes(self) -> Iterator[str]:
        """What whoever exports should know, once all lines were gone through."""
        if self.empty:
            told = ", ".join(f"{name} in {n:,}" for name, n in self.empty.most_common())
            yield f"of {self.rows:,} rows needed cells are empty, see sayso_empty: {told}"
        if self.left_out:
            told = ", ".join(f"{why} ({n:,})" for why, n in self.left_out.most_common())
            yield f"incidents left out: {told}"
        if self.deleted:
            told = some_of([f"{d.id} ({d.why})" for d in self.deleted])
            yield f"coded rows to be deleted: {told}"

    # -- a row ---------------------------------------------------------------------------------

    def _reason(self, case: Case) -> str | None:
        """Why an incident is no row."""
        if status_of(case.view).startswith("reject"):
            return "rejected by a person"
        if not case.claims:
            return "no claim of it stands"
        return self.shape.left_out(case)

    def _once(self, match: Match, incident: str) -> Match:
        """The match, unless another incident of this file has that row already."""
        if match.row is None:
            return match
        first = self._coded_as.setdefault(match.row.id, incident)
        return match if first == incident else Match(None, (match.row,))

    def _line(self, case: Case, match: Match) -> FilledRow:
        cells = self.shape.fill(replace(case, held=match.row))
        missing = self.shape.missing(cells)
        self.empty.update(missing)
        named = {column.name for column in self.shape.columns if column.named}
        own = self._own(case, match, cells, missing)
        row = SheetRow(
            case.view.id,
            tuple(self._shown(f.value) if n in named else f.value for n, f in cells.items()) + own,
            (*(f.rests_on for f in cells.values()), *((),) * (len(OWN) - 1), case.claims),
        )
        bases = dict.fromkeys(b for f in cells.values() for b in f.rests_on)
        words = (*claim_rows(case.told), *self._other_bases(case, bases, match))
        return FilledRow(row, words)

    def _own(
        self, case: Case, match: Match, cells: dict[str, Filled], missing: list[str]
    ) -> tuple[Cell, ...]:
        view = case.view
        coded = standing_of(match, cells).words if self.coded.held else None
        return (
            view.id, status_of(view), coded, " ".join(missing), view.reports, view.texts,
            view.at_least, view.at_most, " ".join(case.claims),
        )  # fmt: skip

    def _shown(self, value: Cell) -> Cell:
        """A cell out of a list or a coded row, where nothing was hidden yet."""
        return self.leaving.hidden(value) if isinstance(value, str) else value

    def _other_bases(
        self, case: Case, bases: dict[str, None], match: Match
    ) -> Iterator[tuple[str | None, ...]]:
        """A row of words for each thing that cells rest on and that is no claim."""
        claims = {c.claim for c in case.view.claims}
        for basis in bases:
            if basis not in claims:
                says = self.leaving.hidden(self._says(case, basis, match))
                known = {"claim": basis, "incident": case.view.id, "words": says}
                yield tuple(known.get(column) for column in WORDS)

    def _says(self, case: Case, basis: str, match: Match) -> str:
        kind, _, id_ = basis.partition(" ")
        if kind == "decision":
            told = (j for j in case.view.judgements if j.entry == id_)
            return next((f"{j.action} by {j.by}, {j.at[:10]}: {j.reason}" for j in told), basis)
        row = match.row if kind == "coded" else self.coded.lists.row(basis)
        if row is None:
            return f"the ledger, since {case.view.changed}"
        whose = f"{row.file} by {row.by}, {row.at[:10]}"
        name = row.value.get("name")
        return f"{whose}: {name}" if name else whose

    # -- what is to go ---------------------------------------------------------------------------

    def _delete(self, told: Told, rows: list[Listed] | tuple[Listed, ...], why: str) -> None:
        """Rows that came from here and are none any more; what a team made itself is its own."""
        stamp = _seconds(told.view.changed)
        self.deleted += [
            Deleted(r.id, stamp, told.view.id, why) for r in rows if r.value.get("incident")
        ]

    def _gone(self) -> Iterator[Deleted]:
        """Rows whose incident the ledger does not hold any more, asked for or not."""
        stamp = _seconds(self.leaving.head.at)
        for row in self.coded.orphans:
            if row.value["shape"] == self.shape.name:
                why = "nothing is left of its incident"
                yield Deleted(row.id, stamp, str(row.value["incident"]), why)


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
