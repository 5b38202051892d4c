"""Days asked for: by months, by years, or by the days' own index, the same claims are found."""

from __future__ import annotations

import pytest

from bench.ledger.generated import generate
from sayso.ledger import Filters, Ledger
from sayso.ledger.asking import drivers
from sayso.ledger.layout.project import day_terms, months_of
from sayso.ledger.layout.terms import term
from sayso.ledger.store.engines import reading

ASKED = [
    ("2015-01-02", "2015-01-02"), ("2015-01-30", "2015-03-02"), ("2014-12-31", None),
    (None, "2015-01-20"), ("2015-02-01", "2015-02-28"), ("2016-01-01", None),
    ("2014-06-01", "2016-02-10"), ("2015-01-01", "2015-12-31"),
]  # fmt: skip


@pytest.mark.parametrize("parts", [80, 0])
def test_common_days_are_found_alike(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    """Where an interval holds many claims, its months or years find those that rare ones do."""
    for start in range(0, 1_500, 150):
        ledger.add(generate(2, start=start, claims=4))
    questions = [Filters(from_=a, to=b, type=t) for a, b in ASKED for t in (None, "attack")]
    rare = [ledger.claims(f, limit=1000).rows for f in questions]
    assert len(set(map(len, rare))) > len(ASKED) // 2
    few = [ledger.claims(f, limit=2) for f in questions]
    monkeypatch.setattr(drivers, "PROBE", 0)
    monkeypatch.setattr(drivers, "MOST_PARTS", parts)
    assert [ledger.claims(f, limit=1000).rows for f in questions] == rare
    assert [ledger.claims(f, limit=2) for f in questions] == few
    for asked, page in zip(questions, few, strict=True):
        if page.next:
            rest = ledger.claims(asked, limit=1000, cursor=page.next).rows
            assert page.rows + rest in rare


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        ("2015-01-01", "2016-12-31", ["year 2015"]),
        ("2015-03-01", "2015-04-02", ["month 2015-03", "month 2015-04"]),
        ("2014-11-30", "2016-01-01",
         ["month 2014-11", "month 2014-12", "year 2015"]),
        ("0001-01-01", "9999-12-31", ["year 2014", "year 2015"]),
        ("2015-12-01", "9999-12-31", ["month 2015-12"]),
    ],
)  # fmt: skip
def test_an_interval_is_whole_years_and_months(
    ledger: Ledger, first: str, last: str, parts: list[str]
) -> None:
    """As few lists as can be; no year is asked in which no claim can be."""
    ledger.add(generate(10, claims=1))  # from the end of 2014 on
    with reading(ledger.engine) as conn:
        found = drivers._day_terms(conn, first, last)
    assert sorted(found) == sorted(term(*part.split()) for part in parts)


def test_months_of_an_interval() -> None:
    """Each month touched, over the year's end; none backwards, and an end at the last day ends."""
    assert list(months_of("2024-12-31", "2025-02-01")) == ["2024-12", "2025-01", "2025-02"]
    assert list(months_of("2025-02-01", "2025-01-31")) == []
    assert list(months_of("9999-12-01", "9999-12-31")) == ["9999-12"]


def test_long_intervals_have_no_terms() -> None:
    """A short one has its months and years; a long or open one is found by its days alone."""
    short = {term("year", "2024"), term("year", "2025"), term("month", "2024-12")}
    assert set(day_terms("2024-12-30", "2025-01-02")) == {*short, term("month", "2025-01")}
    assert list(day_terms("2024-01-01", "2024-12-31")) == []
    assert list(day_terms(None, None)) == []
