"""Markings of TLP 2.0: whoever may not see a report meets it in no answer of the ledger."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select, text

from bench.ledger.generated import generate
from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger
from sayso.ledger.seeing import veil
from sayso.ledger.store import schema
from sayso.record import Reading
from sayso.record.incident import incident_to_wire
from sayso.record.marking import MARKINGS, Marking

Make = Callable[..., Reading]
AskAll = Callable[[Ledger], dict[str, Any]]
SECRET = "Quillon Ravenscourt"


def mark(ledger: Ledger, report: str, marking: Marking = "red") -> str:
    """The entry of a marking."""
    return ledger.judge("mark", report, by="ed", reason="a source asked", marking=marking).entry


@pytest.fixture
def two(linked: Ledger, make_reading: Make) -> Iterator[Ledger]:
    """A ledger of two reports of one incident; r7 names somebody and is marked red.

    People decided on both, on the incident and on who speaks; both left in a file.
    """
    words = "Four soldiers were killed on 1 May 2024 in Sudzha"
    linked.add([make_reading("Ann Roe", words, url="https://one.example/a")])
    linked.add([make_reading(SECRET, words, url="https://two.example/b", more="As it was told.")])
    first, other = sorted(linked.reports().rows, key=lambda r: int(r.report[1:]))
    assert (first.report, other.report) == ("r2", "r7")
    row = linked.incidents()[0].incident
    linked.judge("accept", "c8.0", by="ann", reason="as it stands")
    linked.judge("grade", linked.sources(SECRET).rows[0].key, by="ann", reason="knows", grade="B")
    keys = [linked.sources(name).rows[0].key for name in ("Ann Roe", SECRET)]
    linked.judge("join", keys[0], other=keys[1], by="ann", reason="one and the same")
    linked.judge("note", row, by="ann", reason=f"ask {SECRET}")
    linked.note_export("out.csv", "csv", ["r2", "r7"], by="ann")
    mark(linked, "r7")
    yield linked
    assert list(linked.verify()) == []


def test_each_table_is_bound_or_tells_of_no_report() -> None:
    """A new table without a word on how markings bind it fails here."""
    views = {name for name, _ in veil._views("main.", 0)}
    assert not views & veil.OPEN
    assert views | veil.OPEN == set(schema.metadata.tables)


def test_no_answer_tells_of_what_is_hidden(two: Ledger, ask_all: AskAll) -> None:
    """Neither a word, nor a name, nor a handle of it; who may see it is told all."""
    whole, seen = ask_all(two), ask_all(two.seen_by("amber+strict"))
    assert SECRET in repr(whole)
    for name, answers in seen.items():
        told = " ".join(a for a in answers if "is no" not in a and "not here" not in a)
        assert not re.search(r"Quillon|Ravenscourt|two\.example|'r7'|'c8\.\d'|'m8\.\d'", told), name
    assert ask_all(two.seen_by("red")) == whole


def test_answers_are_those_of_a_ledger_without_it(
    two: Ledger, make_reading: Make, tmp_path: Any
) -> None:
    """Counts, figures and origins of lists and pages are as if the report had never come."""
    with Ledger.open(f"sqlite:///{tmp_path / 'x.db'}", maker="tests", linking=Linking()) as bare:
        words = "Four soldiers were killed on 1 May 2024 in Sudzha"
        bare.add([make_reading("Ann Roe", words, url="https://one.example/a")])
        seen = two.seen_by("clear")
        for ledger in (seen, bare):
            assert len(ledger.incidents()) == 1
        mine, other = seen.incidents()[0], bare.incidents()[0]
        own = {"incident", "changed"}
        held = {f.name for f in dataclasses.fields(mine)} - own
        assert {n: getattr(mine, n) for n in held} == {n: getattr(other, n) for n in held}
        assert _page(seen, mine.incident) == _page(bare, other.incident)


def _page(ledger: Ledger, incident: str) -> dict[str, Any]:
    wire = incident_to_wire(view_incident(ledger, incident))
    wire["claims"] = [{**c, "learnt": None} for c in wire["claims"]]
    return {k: wire[k] for k in ("reports", "texts", "origins", "at_least", "at_most", "figures",
                                 "states", "claims")}  # fmt: skip


def test_a_marking_can_be_lowered_and_taken_back(two: Ledger) -> None:
    """The last mark that stands holds, and what was hidden is there again."""
    assert len(two.seen_by("green").reports().rows) == 1
    lower = mark(two, "r7", "green")
    assert len(two.seen_by("green").reports().rows) == 2
    assert len(two.seen_by("clear").reports().rows) == 1
    two.withdraw(lower, by="ed", reason="too early")
    assert len(two.seen_by("amber").reports().rows) == 1
    (red,) = [j for j in two.judgements("r7") if j.action == "mark"]
    two.withdraw(red.entry, by="ed", reason="published")
    assert len(two.seen_by("clear").reports().rows) == 2
    assert two.seen_by("clear").incidents() == two.incidents()


def test_a_marking_binds_the_past(two: Ledger) -> None:
    """What was open before it was marked is not in a replay of then either."""
    before = Filters(as_known_at=two.report("r7").learnt)
    assert len(two.incidents(before)[0].reports) >= 1
    seen = two.seen_by("clear")
    assert "r7" not in repr(seen.incidents(before))
    assert SECRET not in repr(seen.claims(before))


def test_a_report_comes_in_marked_and_its_page_stays_so(linked: Ledger, make_reading: Make) -> None:
    """A new version of a marked page is marked too; an unmarked report is not touched."""
    linked.add([make_reading("Ann Roe", "Two were hurt in Lund", url="https://one.example/a")])
    page = "https://two.example/b"
    linked.add([make_reading(SECRET, "Nine were hurt in Lund", url=page)], marking="amber")
    linked.add([make_reading(SECRET, "Nine were hurt in Lund", url=page, more="So he says.")])
    assert len(linked.reports().rows) == 3
    for clearance, count in zip(MARKINGS, (1, 1, 3, 3, 3), strict=True):
        assert len(linked.seen_by(clearance).reports().rows) == count
    assert list(linked.verify()) == []


def test_nobody_decides_about_what_they_cannot_see(two: Ledger) -> None:
    """It is not there for them; what they decide about the rest holds for all."""
    seen = two.seen_by("clear")
    (key,) = two.sources(SECRET).rows[0].joined
    for action, target, more in (
        ("reject", "c8.0", {}), ("note", "r7", {}), ("grade", key, {"grade": "C"}),
        ("split", two.incidents()[0].incident, {"apart": ["r7"]}),
        ("mark", "r7", {"marking": "clear"}),
    ):  # fmt: skip
        with pytest.raises(NotInLedgerError):
            seen.judge(action, target, by="bo", reason="I say so", **more)
    (red,) = [j for j in two.judgements("r7") if j.action == "mark"]
    with pytest.raises(NotInLedgerError):
        seen.withdraw(red.entry, by="bo", reason="I say so")
    with pytest.raises(NotInLedgerError):
        seen.add_claim("r7", {}, by="bo", reason="I say so")
    with pytest.raises(UsageError, match="red"):
        seen.erase("r2", by="bo", why="I say so")
    seen.judge("reject", "c3.0", by="bo", reason="no")
    assert [j.by for j in two.judgements("c3.0")] == ["bo"]


def test_what_is_no_marking_is_refused(two: Ledger) -> None:
    """The five of TLP 2.0 are named; a claim is not marked, its report is."""
    with pytest.raises(UsageError, match=r"amber\+strict"):
        two.judge("mark", "r2", by="ed", reason="x", marking="white")
    with pytest.raises(UsageError, match="a report"):
        two.judge("mark", "c3.0", by="ed", reason="x", marking="red")


def test_verify_names_a_shade_that_was_taken_away(two: Ledger) -> None:
    """Whoever lifts it by hand is found out."""
    with two.engine.begin() as conn:
        conn.execute(schema.shade.delete().where(schema.shade.c.entry == 7))
    assert [t.where for t in two.verify()] == ["e7"]
    with two.engine.begin() as conn:
        conn.execute(schema.shade.insert().values(entry=7, level=4, below=5))


def test_a_marked_report_can_be_erased(two: Ledger, ask_all: AskAll) -> None:
    """Nothing of it is left to anybody, and the chain holds."""
    two.erase("r7", by="ed", why="asked for")
    assert len(two.reports().rows) == 1
    told = ask_all(two)
    assert SECRET not in repr([told[k] for k in ("reports", "claims", "sources")])
    with two.engine.connect() as conn:
        level = select(schema.shade.c.level).where(schema.shade.c.entry == 7)
        assert conn.scalar(level) is None


@pytest.mark.parametrize("seed", range(2))
def test_every_clearance_has_its_own_counts(linked: Ledger, seed: int) -> None:
    """Reports marked at random: each list says what the page says, of visible reports alone."""
    dice = random.Random(seed)  # noqa: S311 - for a test
    linked.add(generate(10, claims=3))
    reports = [r.report for r in linked.reports(limit=100).rows]
    level: dict[str, int] = dict.fromkeys(reports, 0)
    for report in dice.sample(reports, 6):
        marking = dice.choice(MARKINGS)
        mark(linked, report, marking)
        level[report] = MARKINGS.index(marking)
    linked.add(generate(4, start=10, claims=3))
    for n, clearance in enumerate(MARKINGS):
        seen = linked.seen_by(clearance)
        hidden = {report for report, held in level.items() if held > n}
        rows = seen.incidents(limit=100)
        assert not hidden & {handle for row in rows for handle in row.handles}
        assert not hidden & {row.report for row in seen.reports(limit=100).rows}
        for row in rows:
            view = view_incident(seen, row.incident)
            assert (view.at_least, view.at_most) == tuple(row.origins)
            assert view.texts == row.texts
    assert list(linked.verify()) == []


def test_the_veil_lies_on_each_connection(two: Ledger) -> None:
    """However many ask at once, none meets a bare table."""
    seen = two.seen_by("clear")
    held = [seen.engine.connect() for _ in range(8)]
    try:
        assert {conn.execute(text("SELECT count(*) FROM report")).scalar() for conn in held} == {1}
    finally:
        for conn in held:
            conn.close()
    assert json.dumps([r.report for r in seen.reports().rows]) == '["r2"]'
