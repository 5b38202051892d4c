"""What a ledger opened from Python shows: nothing above the clearance, no private person's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso

OPEN = (
    "A ferry sank off Odda on Monday, killing nine people, the harbour master said. "
    "The baker Nils Aldermoor was wounded, the coast guard said."
)
KEPT = (
    "A ferry sank off Odda on Monday, killing at least 14 people, the ferry line's night clerk "
    "told the Quayside Courier. Nils Aldermoor was rescued, the clerk said."
)
NAME, HIDDEN = "Aldermoor", "Nils█Aldermoor".replace("Nils", "█" * 4).replace("Aldermoor", "█" * 9)
AMBER = ("Quayside", "night clerk", "at least 14", "courier.example")


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of an open report and one marked amber, on one incident."""
    path = tmp_path_factory.mktemp("seeing") / "s.db"
    with sayso.Ledger(path) as ledger:
        rows = [{"text": OPEN, "id": "open", "published": "2024-12-30", "publisher": "Fjord News",
                 "url": "https://fjord.example/nils-aldermoor"}]  # fmt: skip
        ledger.add(rows)
        rows = [{"text": KEPT, "id": "kept", "published": "2024-12-31",
                 "publisher": "Quayside Courier", "url": "https://courier.example/a"}]  # fmt: skip
        ledger.add(rows, marking="amber")
    return path


def all_shown(ledger: sayso.Ledger) -> str:
    """All that it answers: rows, tables, what a notebook shows, pictures, JSON."""
    return "\n".join(_shown(ledger))


def _shown(ledger: sayso.Ledger) -> Iterator[str]:
    figures, incidents = ledger.figures(), ledger.incidents()
    answers = (ledger.claims(), figures, ledger.sources(), ledger.reports(), incidents)
    for answer in answers:
        yield f"{answer!r} {answer._repr_html_()} {[str(row) for row in answer]}"
        yield answer.to_pandas().to_csv()
    yield figures.chart().svg
    for name in ("cells", "states", "mentions", "origins", "joins", "utterances", "copies",
                 "judgements"):  # fmt: skip
        yield incidents.to_pandas(name).to_csv()
    for row in incidents:
        incident = ledger.incident(row.incident)
        yield f"{incident!r} {incident.to_dict()} {incident._repr_html_()}"
        yield incident.to_pandas("figures").to_csv() + incident.to_pandas().to_csv()
        yield incident.chart().svg + incident.chains().svg
    for report in ledger.reports():
        reading = ledger.reading(report.report)
        yield f"{reading.to_dict()} {reading._repr_html_()} {reading.to_pandas().to_csv()}"
    yield repr(ledger)


def test_what_is_marked_above_the_clearance_is_not_there(where: Path) -> None:
    """Not in a row, a count, a table, a picture; and the report is none that is held."""
    with sayso.Ledger(where, clearance="green") as ledger:
        assert repr(ledger).endswith("seen up to green>")
        assert [row.name for row in ledger.reports()] == ["open"]
        (row,) = ledger.incidents(measure="killed")
        assert len(row.handles) == 1
        shown = all_shown(ledger)
        assert [word for word in AMBER if word in shown] == []
    with sayso.Ledger(where, clearance="amber") as ledger:
        shown = all_shown(ledger)
        assert [word for word in AMBER if word not in shown] == []
        (kept,) = (row.report for row in ledger.reports() if row.name == "kept")
    with sayso.Ledger(where, clearance="green") as ledger:
        with pytest.raises(sayso.NotInLedgerError):
            ledger.reading(kept)
        with pytest.raises(sayso.NotInLedgerError):
            ledger.incident(kept)
    with pytest.raises(sayso.UsageError, match="'secret' is no marking"):
        sayso.Ledger(where, clearance="secret")  # type: ignore[arg-type]


def test_private_people_are_hidden_as_in_an_export(where: Path) -> None:
    """In all that is answered, an address among it; whoever asks for names has them."""
    with sayso.Ledger(where) as ledger:
        shown = all_shown(ledger)
        assert NAME.casefold() not in shown.casefold()
        assert HIDDEN in shown
        assert [row.url for row in ledger.reports() if row.name == "open"] == [None]
    with sayso.Ledger(where, unmasked=True) as ledger:
        shown = all_shown(ledger)
        assert NAME in shown
        assert "█" not in shown
        assert "https://fjord.example/nils-aldermoor" in shown


def test_a_part_of_an_answer_is_one_too(where: Path) -> None:
    """With its tables and its name; whom all of it hides, a part of it hides."""
    with sayso.Ledger(where) as ledger:
        lists = (ledger.reports(), ledger.claims(), ledger.figures())
        for rows in (*lists, ledger.incidents()):
            some = rows[:1]
            assert type(some) is type(rows)
            assert list(some) == list(rows)[:1]
            assert len(some.to_pandas()) == 1
            assert NAME.casefold() not in f"{list(some)}{some.to_pandas().to_csv()}".casefold()
    for rows in lists:  # who is hidden is known by now
        assert len(rows[1:].to_pandas()) == len(rows) - 1


def test_a_protected_source_has_a_label_below_red(tmp_path: Path) -> None:
    """Unmasked or not: the name is for red alone."""
    path = tmp_path / "p.db"
    with sayso.Ledger(path, unmasked=True) as ledger:
        ledger.add(
            "A mine fell in on Monday, killing six, Anneke Dros told reporters.",
            published="2024-12-30",
        )
        (source,) = (each for each in ledger.sources() if "Dros" in each.name)
        ledger.judge("protect", source.key, reason="she asked for it", by="Ada")
        assert "Dros" in all_shown(ledger)
    with sayso.Ledger(path, clearance="amber+strict", unmasked=True) as ledger:
        shown = all_shown(ledger)
        assert "Dros" not in shown
        assert "protected source" in shown
