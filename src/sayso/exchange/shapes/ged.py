"""The 49 columns of UCDP GED, in its order; a row is an incident with a death."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from sayso.exchange.countries import state_of
from sayso.exchange.shapes.case import (
    EMPTY,
    JOINER,
    Case,
    Filled,
    ShapeColumn,
    actor_name,
    actor_row,
    days_of,
    degree,
    dyad_row,
    from_row,
    listed_or,
    none_given,
    of_country,
    per_report,
    publishers,
    under_place,
    under_time,
    year_of,
)
from sayso.exchange.shapes.sides import Party
from sayso.incidents.words import day_of
from sayso.ledger import Listed
from sayso.record.incident import ReportLine

WHERE_PREC = {"point": 1, "town": 1, "district": 3, "region": 4, "area": 5, "country": 6}
DATE_PREC = ((1, 1), (6, 2), (7, 3), (31, 4))  # at most so many days, and the number for it
LONGEST = 5
GRID = (360, 720)  # PRIO-GRID's rows and columns, half a degree each
MISHAPS = frozenset({"accident"})  # deaths that nobody's arms brought about
Which = Literal["a", "b"]


def left_out(case: Case) -> str | None:
    """Why an incident is no row of GED, None where it is one."""
    if case.deaths is None:
        return "no death is told"
    return "it is told as an accident" if case.view.type in MISHAPS else None


def _side(case: Case, which: Which) -> Party | None:
    return case.sides.a if which == "a" else case.sides.b


def _side_row(case: Case, which: Which) -> Listed | None:
    return actor_row(case, _side(case, which))


def _gw(case: Case, which: Which) -> Filled:
    party = _side(case, which)
    state = state_of(party.country) if party and party.group == "state" else None
    return Filled(state.gw, party.claims) if party and state and state.gw else EMPTY


def _conflict(case: Case) -> Listed | None:
    return case.lists.conflict(dyad_row(case))


def _violence(case: Case) -> Filled:
    told = case.sides.type_of_violence
    if told is not None:
        return Filled(told, case.sides.claims)
    return from_row(dyad_row(case), "type_of_violence")


def _article(case: Case) -> Filled:
    def one(report: ReportLine) -> str:
        title = f"“{report.title}”" if report.title else ""
        parts = report.publisher or report.name, day_of(report.published), title
        return ", ".join(p for p in parts if p)

    return per_report(case, one)


def _origins(case: Case) -> Filled:
    names = list(dict.fromkeys(o.name for o in case.view.origins))
    rests = tuple(dict.fromkeys(c for o in case.view.origins for c in o.claims))
    return Filled(JOINER.join(names), rests or case.claims) if names else EMPTY


def _where_prec(case: Case) -> Filled:
    place = case.view.place
    number = WHERE_PREC.get(place.precision) if place else None
    return Filled(number, under_place(case)) if number else EMPTY


def _described(case: Case) -> Filled:
    place = case.view.place
    if place is None or place.precision != "stated_unknown":
        return EMPTY
    return Filled("a report says that the place is not known", under_place(case))


def _point(case: Case) -> Filled:
    lat, lon = degree(case, "lat"), degree(case, "lon")
    if lat.value is None or lon.value is None:
        return EMPTY
    return Filled(f"POINT ({lon.value} {lat.value})", lat.rests_on)


def _grid(case: Case) -> Filled:
    """The cell of PRIO-GRID, counted from the south-west."""
    lat, lon = degree(case, "lat"), degree(case, "lon")
    if not isinstance(lat.value, int | float) or not isinstance(lon.value, int | float):
        return EMPTY
    row = min(int((lat.value + 90) * 2), GRID[0] - 1)
    column = min(int((lon.value + 180) * 2), GRID[1] - 1)
    return Filled(row * GRID[1] + column + 1, lat.rests_on)


def _clarity(case: Case) -> Filled:
    """1 where one day and a place within the country are told; else 2."""
    days, place = days_of(case.view.time), case.view.place
    near = place is not None and WHERE_PREC.get(place.precision, 6) < WHERE_PREC["country"]
    return Filled(1 if days and days[0] == days[1] and near else 2, case.claims)


def _date_prec(case: Case) -> Filled:
    days = days_of(case.view.time)
    if days is None:
        return EMPTY
    length = (days[1] - days[0]).days + 1
    number = next((n for most, n in DATE_PREC if length <= most), LONGEST)
    return Filled(number, under_time(case))


def _day(case: Case, which: int) -> Filled:
    days = days_of(case.view.time)
    return Filled(days[which], under_time(case)) if days else EMPTY


def _share(case: Case, of: str) -> Filled:
    """A share of the best count."""
    cell = case.deaths
    number: float = getattr(case.parted, of)
    rests = (*cell.claims, *case.parted.claims) if cell else ()
    return Filled(_whole(number), case.rests("killed", rests)) if cell else EMPTY


def _total(case: Case, bound: str) -> Filled:
    cell = case.deaths
    number: float | None = getattr(cell, bound) if cell else None
    if cell is None or number is None:
        return EMPTY
    return Filled(_whole(number), case.rests("killed", cell.claims))


def _whole(number: float) -> float:
    return int(number) if number == int(number) else round(number, 1)


def _of_list(
    name: str, means: str, row: Callable[[Case], Listed | None], field: str, *, needed: bool = True
) -> ShapeColumn:
    """A column out of a team's list."""
    return ShapeColumn(name, means, lambda case: from_row(row(case), field), needed=needed,
                  stands_with=())  # fmt: skip


def _coders(name: str, means: str = "a coder's", *, needed: bool = False) -> ShapeColumn:
    return ShapeColumn(name, means, none_given, needed=needed, stands_with=())


def _sides() -> list[ShapeColumn]:
    found = []
    for which, label in (("a", "A"), ("b", "B")):
        party, row = partial(_side, which=which), partial(_side_row, which=which)  # type: ignore[arg-type]
        name = f"side_{which}"
        found += [
            _of_list(f"{name}_dset_id", f"side {label}'s older id in the team's list of actors",
                     row, "dset_id", needed=False),
            _of_list(f"{name}_new_id", f"side {label}'s id in the team's list of actors",
                     row, "id"),
            ShapeColumn(
                name, f"side {label} as the team's list writes it, else as data sets and the "
                "claims call it; of two the state is A",
                lambda c, p=party: actor_name(c, p(c)),  # type: ignore[misc]
                needed=True, named=True, stands_with=(),
            ),
        ]  # fmt: skip
    return found


_WHERE = ("country", "adm_1", "where_coordinates")
_WHEN = ("date_start", "date_end")
C = ShapeColumn
COLUMNS: tuple[ShapeColumn, ...] = (
    _coders("id", "a coder's: of the row that it is coded as; sayso gives none", needed=True),
    _coders("relid"),
    C("year", "the year, where the time lies within one", year_of, "number", needed=True,
      stands_with=_WHEN),
    _coders("active_year"),
    _coders("code_status"),
    C("type_of_violence", "1 state-based, 2 non-state, 3 one-sided, where the actors tell, "
      "else of the dyad's row", _violence, "number", needed=True, stands_with=()),
    _of_list("conflict_dset_id", "the conflict's older id in the team's list", _conflict,
             "dset_id", needed=False),
    _of_list("conflict_new_id", "the conflict's id, by the dyad's row", _conflict, "id"),
    _of_list("conflict_name", "the conflict's name in the team's list", _conflict, "name"),
    _of_list("dyad_dset_id", "the dyad's older id in the team's list", dyad_row, "dset_id",
             needed=False),
    _of_list("dyad_new_id", "the dyad's id in the team's list, by its two sides", dyad_row, "id"),
    _of_list("dyad_name", "the dyad's name in the team's list", dyad_row, "name"),
    *_sides(),
    C("number_of_sources", "how many reports tell of it: not how many sources can be told "
      "apart, see sayso_origins_min", lambda c: Filled(c.view.reports, c.claims), "number",
      stands_with=()),
    C("source_article", "publisher, day and title of each report that is about it", _article,
      named=True, stands_with=()),
    C("source_office", "who published them",
      lambda c: Filled(JOINER.join(publishers(c)), c.claims), stands_with=()),
    C("source_date", "when each was published; a gap where that is not known",
      lambda c: per_report(c, lambda r: day_of(r.published)), stands_with=()),
    C("source_headline", "the title of each",
      lambda c: per_report(c, lambda r: r.title), named=True, stands_with=()),
    C("source_original", "on whose word: the origins, each once", _origins, named=True,
      stands_with=()),
    C("where_prec", "1 a point or a town, 3 a district, 4 a first-order division, 5 an area, "
      "6 the country; 2 and 7 are not given", _where_prec, "number", needed=True,
      stands_with=_WHERE),
    C("where_coordinates", "the place's name, as the team's list writes it",
      lambda c: listed_or(c, "name", c.view.place.name if c.view.place else None),
      needed=True, compared=True),
    C("where_description", "where a report says that the place is not known", _described,
      stands_with=_WHERE),
    C("adm_1", "the first-order division",
      lambda c: listed_or(c, "admin1", c.view.place.admin1 if c.view.place else None),
      compared=True),
    C("adm_2", "the second-order division, of the team's list of places",
      lambda c: listed_or(c, "admin2", None), stands_with=_WHERE),
    C("latitude", "of a point or a town, or of the team's list; of a region none: its middle "
      "is a false point", lambda c: degree(c, "lat"), "number", needed=True,
      stands_with=_WHERE),
    C("longitude", "as latitude", lambda c: degree(c, "lon"), "number", needed=True,
      stands_with=_WHERE),
    C("geom_wkt", "the point, where both are there", _point, stands_with=_WHERE),
    C("priogrid_gid", "the cell of PRIO-GRID that it lies in", _grid, "number",
      stands_with=_WHERE),
    C("country", "the country's name", lambda c: of_country(c, lambda s: s.name),
      needed=True, compared=True),
    C("country_id", "Gleditsch and Ward's number of it",
      lambda c: of_country(c, lambda s: s.gw), "number", stands_with=("country",)),
    C("region", "Africa, Americas, Asia, Europe or Middle East",
      lambda c: of_country(c, lambda s: s.ged_region), stands_with=("country",)),
    C("event_clarity", "1 where one day and a place within the country are told, else 2",
      _clarity, "number", needed=True, stands_with=(*_WHEN, *_WHERE)),
    C("date_prec", "1 a day, 2 up to 6 days, 3 a week, 4 a month, 5 longer", _date_prec,
      "number", needed=True, stands_with=_WHEN),
    C("date_start", "the first day on which it can have been",
      partial(_day, which=0), "date", needed=True, compared=True),
    C("date_end", "the last", partial(_day, which=1), "date", needed=True, compared=True),
    C("deaths_a", "of the best count those who were of side A", partial(_share, of="a"),
      "number", needed=True, stands_with=("best",)),
    C("deaths_b", "those who were of side B", partial(_share, of="b"), "number", needed=True,
      stands_with=("best",)),
    C("deaths_civilians", "those whom the words call something that a fighter is not",
      partial(_share, of="civilians"), "number", needed=True, stands_with=("best",)),
    C("deaths_unknown", "those of whom the words do not say, or whom they mix",
      partial(_share, of="unknown"), "number", needed=True, stands_with=("best",)),
    C("best", "the deaths by the policy", partial(_total, bound="best"), "number",
      needed=True, compared=True),
    C("high", "the most; empty where the words leave it open", partial(_total, bound="high"),
      "number", needed=True, compared=True),
    C("low", "the least", partial(_total, bound="low"), "number", needed=True, compared=True),
    C("gwnoa", "Gleditsch and Ward's number of the state that side A is of",
      partial(_gw, which="a"), "number", stands_with=()),
    C("gwnob", "that of side B", partial(_gw, which="b"), "number", stands_with=()),
)  # fmt: skip
