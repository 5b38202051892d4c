"""Corrections: whole figures, numbers that go up, countries, places and times that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bench.ledger.generated import generate
from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger
from sayso.ledger.layout.corrections import together

WHO = {"by": "e", "reason": "r"}
DAY = "2024-05-0{}T12:00"
PLACE = {
    "span": [], "name": "Velm", "gazetteer_id": None, "country": None, "admin1": None, "lat": None,
    "lon": None, "precision": "town", "as": "place",
}  # fmt: skip
ROW_PLACE = {k: v for k, v in PLACE.items() if k not in ("span", "as")}
WHEN = {"start": "2024-05-01", "end": "2024-05-02", "precision": "day", "basis": "given"}


@pytest.fixture
def claim(ledger: Ledger) -> str:
    """A claim with an exact figure and an event, learnt on May 1."""
    ledger.add(generate(1), learnt=DAY.format(1))
    return next(c.claim for c in ledger.claims().rows if c.figures and c.events)


@pytest.fixture
def ends(ledger: Ledger, claim: str) -> Callable[..., tuple[float | None, ...]]:
    """A function to the least, best and most of the claim's figure, now or at an instant."""

    def of(day: int | None = None) -> tuple[float | None, ...]:
        at = DAY.format(day) if day else None
        (told,) = [c for c in ledger.claims(Filters(as_known_at=at)).rows if c.claim == claim]
        return told.figures[0].low, told.figures[0].best, told.figures[0].high

    return of


def test_the_best_of_an_exact_figure_takes_its_ends_along(
    ledger: Ledger, claim: str, ends: Callable[..., Any]
) -> None:
    """Fourteen corrected to 12 is twelve; a replay has what was; taken back, it was never so."""
    before = ends()
    assert before[0] == before[1] == before[2]
    first = ledger.judge("correct", claim, field="figure.0.best", new=12, at=DAY.format(2), **WHO)
    assert first.detail["also"] == {"low": 12, "high": 12}
    assert ends() == (12, 12, 12)
    again = ledger.judge("correct", claim, field="figure.0.best", new=9, at=DAY.format(4), **WHO)
    assert (ends(), ends(3), ends(1)) == ((9, 9, 9), (12, 12, 12), before)
    ledger.withdraw(first.entry, **WHO)
    assert ends() == (9, 9, 9)
    ledger.withdraw(again.entry, **WHO)
    assert ends() == before
    assert list(ledger.verify()) == []


def test_the_ends_alone_move_alone_and_the_best_then_too(
    ledger: Ledger, claim: str, ends: Callable[..., Any]
) -> None:
    """An end that a person set is not lost by a later best."""
    best = ends()[1]
    ledger.judge("correct", claim, field="figure.0.high", new=best + 9, **WHO)
    ledger.judge("correct", claim, field="figure.0.best", new=best + 3, **WHO)
    assert ends() == (best, best + 3, best + 9)
    ledger.judge("correct", claim, field="figure.0.low", new=None, **WHO)
    assert ends() == (None, best + 3, best + 9)
    assert list(ledger.verify()) == []


def test_several_numbers_in_one_go_are_one_word(
    ledger: Ledger, claim: str, ends: Callable[..., Any]
) -> None:
    """Whatever their order: checked as they stand together, taken back together."""
    before = ends()
    (said,) = together({"figure.0.low": 9e5, "figure.0.best": 10e5, "figure.0.high": 12e5})
    made = ledger.judge("correct", claim, **said, **WHO)
    assert ends() == (9e5, 10e5, 12e5)
    ledger.withdraw(made.entry, **WHO)
    assert ends() == before
    (said,) = together({"figure.0.high": 3, "figure.0.low": 1})
    with pytest.raises(UsageError, match=r"do not go up: correct figure\.0\.best with it"):
        ledger.judge("correct", claim, **said, **WHO)
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"field": "figure.0.low", "new": 10**9}, "correct figure.0.best and figure.0.high with"),
        ({"field": "figure.0.high", "new": 0}, "correct figure.0.low and figure.0.best with"),
        ({"field": "figure.0.best", "new": 5, "also": {"low": 6}}, "low 6, best 5"),
        ({"field": "figure.0.best", "new": 5, "also": {"high": 4, "low": 6}}, "do not go up"),
        ({"field": "figure.0.best", "new": 5, "also": {"best": 5}}, "other numbers"),
        ({"field": "figure.0.best", "new": 5, "also": {"counts": "killed"}}, "other numbers"),
        ({"field": "figure.0.best", "new": 5, "also": {"low": 2.5}}, "no number of people"),
        ({"field": "figure.0.best", "new": 5, "also": [1]}, "other numbers"),
        ({"field": "certainty", "new": "denied", "also": {"low": 1}}, "other numbers"),
    ],
)
def test_numbers_that_do_not_go_up_are_refused(
    ledger: Ledger, claim: str, said: dict[str, Any], words: str
) -> None:
    """With what is to be corrected too, and nothing is entered."""
    head = ledger.head()
    with pytest.raises(UsageError, match=words):
        ledger.judge("correct", claim, **said, **WHO)
    assert ledger.head() == head


def test_what_others_rest_on_is_not_taken_back_from_under_them(
    ledger: Ledger, claim: str, ends: Callable[..., Any]
) -> None:
    """High stands above a best that was raised: that goes last."""
    best = ends()[1]
    high = ledger.judge("correct", claim, field="figure.0.high", new=best + 9, **WHO)
    raised = ledger.judge("correct", claim, field="figure.0.best", new=best + 5, **WHO)
    with pytest.raises(UsageError, match=f"withdraw {raised.entry} first"):
        ledger.withdraw(high.entry, **WHO)
    ledger.withdraw(raised.entry, **WHO)
    ledger.withdraw(high.entry, **WHO)
    assert ends() == (best, best, best)
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("field", "new", "words"),
    [
        ("place", PLACE | {"country": "Russia"}, "Russia is RUS"),
        ("place", PLACE | {"country": "XQZ"}, "no code"),
        ("place", PLACE | {"country": "rus"}, "Russia is RUS"),
        ("place", PLACE | {"country": 7}, "no code"),
        ("place", PLACE | {"lat": float("nan")}, "no degree"),
        ("place", PLACE | {"lon": 181}, "no degree"),
        ("place", PLACE | {"precision": "spot"}, "no precision"),
        ("place", PLACE | {"name": 7}, "no name"),
        ("place", "Velm", "a place has"),
        ("time", WHEN | {"start": "yesterday"}, "no date or time"),
        ("time", WHEN | {"start": "2024-13-01"}, "no date or time"),
        ("time", WHEN | {"start": 20240501}, "no date or time"),
        ("time", WHEN | {"start": "2024-05-09"}, "before the start"),
        ("time", WHEN | {"precision": "fortnight"}, "no precision"),
        ("time", WHEN | {"basis": "hearsay"}, "no basis"),
        ("time", {"start": "2024-05-01"}, "a time has"),
    ],
)
def test_no_place_or_time_that_no_page_could_show(
    store: str, field: str, new: Any, words: str
) -> None:
    """Neither of a claim's event nor of an incident's row; nothing is entered."""
    with Ledger.open(store, linking=Linking()) as ledger:
        ledger.add(generate(1))
        claim = next(c.claim for c in ledger.claims().rows if c.events)
        (row, *_) = ledger.incidents()
        head = ledger.head()
        with pytest.raises(UsageError, match=words):
            ledger.judge("correct", claim, field=f"event.0.{field}", new=new, **WHO)
        bare = (
            new if not isinstance(new, dict) else {k: new[k] for k in new if k in ROW_PLACE | WHEN}
        )
        with pytest.raises(UsageError, match=words):
            ledger.judge("correct", row.incident, field=field, new=bare, **WHO)
        assert ledger.head() == head


@pytest.fixture
def toll(store: str) -> Iterator[tuple[Ledger, str]]:
    """A ledger with a story, and the incident in it of which a count of the killed is told."""
    with Ledger.open(store, linking=Linking()) as ledger:
        ledger.add(generate(3), learnt=DAY.format(1))
        yield ledger, next(r.incident for r in ledger.incidents() if "killed" in r.figures)


def test_a_count_that_is_not_known_is_no_count(toll: tuple[Ledger, str]) -> None:
    """List and page have none, through new reports too, until it is taken back."""
    ledger, id_ = toll

    def counted(day: int | None = None) -> tuple[bool, bool]:
        at = DAY.format(day) if day else None
        (row,) = [r for r in ledger.incidents(Filters(as_known_at=at)) if r.incident == id_]
        cells = view_incident(ledger, id_, as_known_at=at).cells
        return "killed" in row.figures, any(c.measure == "killed" for c in cells)

    made = ledger.judge("correct", id_, field="killed", new=None, at=DAY.format(3), **WHO)
    assert (counted(), counted(2)) == ((False, False), (True, True))
    with pytest.raises(UsageError, match="already"):
        ledger.judge("correct", id_, field="killed", new=None, **WHO)
    ledger.add(generate(1, start=3))
    assert counted() == (False, False)
    ledger.withdraw(made.entry, **WHO)
    assert counted() == (True, True)
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("action", "target", "detail"),
    [
        ("accept", "banana", {}),
        ("accept", "c3", {}),
        ("reject", "e4", {}),
        ("accept", "nobody|person|", {}),
        ("note", "nobody|person|", {}),
        ("grade", "r2", {"grade": "B"}),
        ("correct", "r2", {"field": "certainty", "new": "denied"}),
        ("accept", "incident-0000", {}),
    ],
)
def test_what_is_not_there_is_not_decided_on(
    toll: tuple[Ledger, str], action: str, target: str, detail: dict[str, Any]
) -> None:
    """No word about nothing; and no correction of a report, which `verify` could not replay."""
    ledger, _ = toll
    head = ledger.head()
    with pytest.raises((NotInLedgerError, UsageError)):
        ledger.judge(action, target, **detail, **WHO)
    assert ledger.head() == head
    assert list(ledger.verify()) == []


def test_a_decision_on_a_row_names_it_in_full(toll: tuple[Ledger, str]) -> None:
    """A short id would be kept and found by nobody."""
    ledger, id_ = toll
    with pytest.raises(UsageError, match=f"name the incident in full: {id_}"):
        ledger.judge("accept", id_[:-4], **WHO)
    ledger.judge("accept", id_, **WHO)
    assert len(ledger.judgements(id_)) == 1
