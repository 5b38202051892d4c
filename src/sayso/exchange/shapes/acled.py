"""The 31 columns of ACLED, in its order; deaths by its most conservative rule."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Literal

from sayso.exchange.dispute import dispute_words
from sayso.exchange.shapes.acled_types import event_type
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
    listed_or,
    none_given,
    of_country,
    publishers,
    under_place,
    under_time,
    year_of,
)
from sayso.exchange.shapes.sides import Party
from sayso.incidents.words import state_words, title_words
from sayso.lexicon.publishers import find_by_name
from sayso.record.words import shorten_name, when_words

GEO_PRECISION = {"point": 1, "town": 1, "district": 2, "region": 3}
NO_LOCATION = frozenset({"country", "area"})
TIME_PRECISION = ((1, 1), (7, 2), (31, 3))  # at most so many days, and the number for it
PROTESTERS, CIVILIANS, OUTSIDE, STATE_FORCES = 6, 7, 8, 1
SCALES = ("Other", "National", "International")
TARGETED = "Civilian targeting"
Which = Literal["a", "b"]


def left_out(case: Case) -> str | None:
    """Why an incident is no row of ACLED, None where it is one."""
    if event_type(case) is None and case.deaths is None:
        what = (case.view.type or "nothing").replace("_", " ")
        return f"no event of ACLED's types is told: {what}"
    return "it is told as an accident" if case.view.type == "accident" else None


# -- when ----------------------------------------------------------------------------------------


def _event_date(case: Case) -> Filled:
    """The day where one is told; of a week or a month none is made up."""
    days = days_of(case.view.time)
    one = days is not None and days[0] == days[1]
    return Filled(days[0], under_time(case)) if days and one else EMPTY


def _time_precision(case: Case) -> Filled:
    days = days_of(case.view.time)
    length = (days[1] - days[0]).days + 1 if days else 0
    number = next((n for most, n in TIME_PRECISION if 0 < length <= most), None)
    return Filled(number, under_time(case)) if number else EMPTY


# -- what ----------------------------------------------------------------------------------------


def _disorder(case: Case) -> Filled:
    found = event_type(case)
    return Filled(found.disorder, found.claims) if found else EMPTY


def _type(case: Case) -> Filled:
    found = event_type(case)
    return Filled(found.type, found.claims) if found and found.type else EMPTY


def _sub_type(case: Case) -> Filled:
    found = event_type(case)
    return Filled(found.sub_type, found.claims) if found and found.sub_type else EMPTY


def _targeting(case: Case) -> Filled:
    found, b = event_type(case), case.sides.b
    aimed = found is not None and found.type == "Violence against civilians"
    hit = b is not None and b.group == "civilians" and b.suffers and case.sides.at
    claims = (*(found.claims if found and aimed else ()), *(b.claims if b and hit else ()))
    return Filled(TARGETED, tuple(dict.fromkeys(claims))) if aimed or hit else EMPTY


def _fatalities(case: Case) -> Filled:
    """The conservative count, of counts that somebody gives; empty where nobody gives one."""
    cell = case.killed
    if cell is None or cell.best is None:
        return EMPTY
    return Filled(int(cell.best), case.rests("killed", cell.claims))


# -- who -----------------------------------------------------------------------------------------


def _actor(case: Case, which: Which) -> Party | None:
    """Actor 1 and 2: the sides; who alone is told comes first, after a crowd that acts."""
    a, b = case.sides.a, case.sides.b
    found = event_type(case)
    if found is not None and found.crowd:
        armed = [p for p in (a, b) if p is not None and p.group != "civilians"]
        return armed[0] if armed and which == "b" else None
    if a is None:
        a, b = b, None
    return a if which == "a" else b


def _name(case: Case, which: Which) -> Filled:
    party, found = _actor(case, which), event_type(case)
    if party is None and which == "a" and found is not None and found.crowd:
        return _of_land(case, Filled(found.crowd, found.claims))
    told = actor_name(case, party)
    if party is not None and party.group == "civilians" and actor_row(case, party) is None:
        return _of_land(case, told)
    return told


def _of_land(case: Case, told: Filled) -> Filled:
    """A crowd by its country, as ACLED writes it: `Civilians (Sudan)`."""
    if told.value is None or case.state is None:
        return told
    rests = tuple(dict.fromkeys((*told.rests_on, *under_place(case))))
    return Filled(f"{told.value} ({case.state.name})", rests)


def _inter(case: Case, which: Which) -> Filled:
    """What kind of actor it is, where list or claims tell: a rebel group or a militia they do not.

    1 forces of the state that it happens in, 8 of another, 6 protesters, 7 civilians.
    """
    party, found = _actor(case, which), event_type(case)
    row = actor_row(case, party)
    if row is not None and row.value.get("code"):
        return Filled(row.value["code"], (f"actor {row.id}",))
    if party is None:
        crowd = which == "a" and found is not None and found.crowd == "Protesters"
        return Filled(PROTESTERS, found.claims) if crowd and found else EMPTY
    if party.group == "civilians":
        return Filled(CIVILIANS, party.claims)
    if party.group == "state" and case.state and (party.country or party.kind == "police"):
        own = party.country in (None, case.state.code)  # police of another state are called so
        return Filled(STATE_FORCES if own else OUTSIDE, party.claims)
    return EMPTY


def _interaction(case: Case) -> Filled:
    """Both numbers, the lower first; 0 for who stands alone."""
    one, other = _inter(case, "a"), _inter(case, "b")
    numbers = [str(f.value) for f in (one, other) if f.value is not None]
    alone = _actor(case, "b") is None
    if not all(n.isdecimal() for n in numbers) or len(numbers) != (1 if alone else 2):
        return EMPTY
    code = f"{numbers[0]}0" if alone else "".join(sorted(numbers))
    return Filled(int(code), tuple(dict.fromkeys((*one.rests_on, *other.rests_on))))


# -- where ---------------------------------------------------------------------------------------


def _geo_precision(case: Case) -> Filled:
    place = case.view.place
    number = GEO_PRECISION.get(place.precision) if place else None
    return Filled(number, under_place(case)) if number else EMPTY


def _location(case: Case) -> Filled:
    """The place's name; a country alone is no location, nor is what lies in several."""
    place = case.view.place
    told = place.name if place and place.precision not in NO_LOCATION else None
    return listed_or(case, "name", told)


def _admin(case: Case, level: Literal["admin1", "admin2", "admin3"]) -> Filled:
    place = case.view.place
    return listed_or(case, level, place.admin1 if place and level == "admin1" else None)


# -- who says so ---------------------------------------------------------------------------------


def _scale(case: Case) -> Filled:
    """How far the outlets reach, of those that the table of publishers knows."""
    found = set()
    for name in publishers(case):
        publisher = find_by_name(name)
        if publisher is None or case.state is None:
            continue
        if publisher.kind == "institution":
            found.add("Other")
        elif publisher.country:
            home = publisher.country == case.state.code
            found.add("National" if home else "International")
    told = "-".join(s for s in SCALES if s in found)
    return Filled(told, case.claims) if told else EMPTY


def _notes(case: Case) -> Filled:
    """A draft: when, what, where, what became of whom, on whose word, and the dispute."""
    view = case.view
    when = when_words(view.time)
    place = view.place.name if view.place else None
    states = "; ".join(state_words(s) for s in view.states)
    says = ", ".join(dict.fromkeys(shorten_name(o.name) for o in view.origins))
    parts = [
        f"{when}: {title_words(view.type, place)}{f': {states}' if states else ''}.",
        f"Said by: {says}." if says else "",
        dispute_words(view),
        "[draft, read by machine]",
    ]
    return Filled(" ".join(p for p in parts if p).removeprefix(": "), case.claims)


def _stamp(case: Case) -> Filled:
    moment = datetime.fromisoformat(case.view.changed)
    return Filled(int(moment.timestamp()), ("ledger",))


_EVENT = ("event_type", "sub_event_type")
_WHERE = ("country", "admin1", "location")
C = ShapeColumn
COLUMNS: tuple[ShapeColumn, ...] = (
    C("event_id_cnty", "a coder's: of the row that it is coded as; sayso gives none",
      none_given, needed=True, stands_with=()),
    C("event_date", "the day, where one is told; of a week or a month none is made up, see "
      "notes", _event_date, "date", needed=True, compared=True),
    C("year", "the year, where the time lies within one", year_of, "number", needed=True,
      stands_with=("event_date",)),
    C("time_precision", "1 a day, 2 a week, 3 a month; empty for longer", _time_precision,
      "number", needed=True, stands_with=("event_date",)),
    C("disorder_type", "follows from the type", _disorder, needed=True, stands_with=_EVENT),
    C("event_type", "from the event ontology and from who does it to whom", _type,
      needed=True, compared=True),
    C("sub_event_type", "the same", _sub_type, needed=True, compared=True),
    C("actor1", "the first side as the team's list writes it, else as data sets and the "
      "claims call it", partial(_name, which="a"), needed=True, named=True, stands_with=()),
    C("assoc_actor_1", "a coder's", none_given, named=True, stands_with=()),
    C("inter1", "of the team's list, else 1 forces of the state that it happens in, 6 "
      "protesters, 7 civilians, 8 forces of another state; a rebel group is not told from a "
      "militia", partial(_inter, which="a"), needed=True, stands_with=()),
    C("actor2", "the second side", partial(_name, which="b"), named=True, stands_with=()),
    C("assoc_actor_2", "a coder's", none_given, named=True, stands_with=()),
    C("inter2", "as inter1", partial(_inter, which="b"), stands_with=()),
    C("interaction", "both numbers, the lower first; 0 for none", _interaction, "number",
      stands_with=()),
    C("civilian_targeting", "where civilians are the aim", _targeting, stands_with=_EVENT),
    C("iso", "the country's ISO 3166-1 number",
      lambda c: of_country(c, lambda s: s.numeric), "number", needed=True,
      stands_with=("country",)),
    C("region", "ACLED's region of the country",
      lambda c: of_country(c, lambda s: s.acled_region), needed=True,
      stands_with=("country",)),
    C("country", "the country's name", lambda c: of_country(c, lambda s: s.name),
      needed=True, compared=True),
    C("admin1", "the first-order division", partial(_admin, level="admin1"), needed=True,
      compared=True),
    C("admin2", "the second-order division, of the team's list of places",
      partial(_admin, level="admin2"), stands_with=_WHERE),
    C("admin3", "the third, of that list", partial(_admin, level="admin3"),
      stands_with=_WHERE),
    C("location", "the place's name, as the team's list writes it; a country alone is none",
      _location, needed=True, compared=True),
    C("latitude", "of a point or a town, or of the team's list; of a region none: its middle "
      "is a false point", lambda c: degree(c, "lat"), "number", needed=True,
      stands_with=_WHERE),
    C("longitude", "as latitude", lambda c: degree(c, "lon"), "number", needed=True,
      stands_with=_WHERE),
    C("geo_precision", "1 a point or a town, 2 a district, 3 a first-order division",
      _geo_precision, "number", needed=True, stands_with=_WHERE),
    C("source", "who published the reports that are about it, each once",
      lambda c: Filled(JOINER.join(publishers(c)), c.claims), needed=True, stands_with=()),
    C("source_scale", "National, International or Other, of the publishers that sayso knows",
      _scale, needed=True, stands_with=()),
    C("notes", "a draft: what happened, who says so, where figures differ and who denies",
      _notes, needed=True, named=True, stands_with=()),
    C("fatalities", "the most conservative count (policy acled); empty where nobody counts, "
      "which is not 0", _fatalities, "number", needed=True, compared=True),
    C("tags", "a coder's", none_given, stands_with=()),
    C("timestamp", "when the ledger last learnt something of it, in seconds since 1970",
      _stamp, "number"),
)  # fmt: skip
