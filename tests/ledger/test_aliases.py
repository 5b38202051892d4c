"""Sources joined and split by people: one everywhere, as long as the word holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from bench.ledger.generated import generate
from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents.figures_list import list_figures
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger
from sayso.ledger.store import schema
from sayso.record.incident import IncidentView

WHO = {"by": "Ann", "reason": "one garrison"}
DAY = "2031-05-0{}T12:00"


@pytest.fixture
def told(linked: Ledger) -> Iterator[Ledger]:
    """A ledger of two stories; in one of them three speak whom no rule joins."""
    linked.add(generate(6, claims=6), learnt=DAY.format(1))
    yield linked
    assert list(linked.verify()) == []


def three(ledger: Ledger) -> tuple[IncidentView, list[str]]:
    """The incident in which three speak, and their keys, in the order of their names."""
    views = [view_incident(ledger, r.incident) for r in ledger.incidents()]
    view = next(v for v in views if v.at_most == len(v.origins) == 3)
    names = sorted(o.name for o in view.origins)
    return view, [ledger.sources(name).rows[0].key for name in names]


def origins_of(ledger: Ledger, incident: str, at: str | None = None) -> tuple[int, int]:
    """How many origins its page counts, and, now, its row: they are the same."""
    view = view_incident(ledger, incident, as_known_at=at)
    if at is None:
        (row,) = [r for r in ledger.incidents() if r.incident == incident]
        assert row.origins == [view.at_least, view.at_most]
    return view.at_least, view.at_most


def test_joined_sources_are_one_everywhere(told: Ledger) -> None:
    """In lists, pages, grades and filters, and in counting origins with the ground."""
    view, (a, b, _) = three(told)
    before = {s.key: s for s in told.sources(limit=100).rows}
    told.judge("grade", b, grade="C", **WHO)
    made = told.judge("join", a, other=b, **WHO)
    after = {s.key: s for s in told.sources(limit=100).rows}
    assert set(before) - set(after) == {b}
    one = after[a]
    assert one.joined == (b,)
    assert one.claims == before[a].claims + before[b].claims
    assert before[b].name in one.aliases
    assert (one.name, one.grade) == (before[a].name, "C")
    assert [(t.entry, t.key, t.from_key, t.by, t.reason) for t in one.ties] == [
        (made.entry, b, a, "Ann", "one garrison")
    ]
    page = told.source_page(b)
    assert page.source == told.source_page(a).source
    assert {hop["name"] for c in page.claims for hop in c.chain} >= {before[a].name, before[b].name}
    assert origins_of(told, view.id) == (2, 2)
    (join,) = view_incident(told, view.id).joins
    assert (join.words, join.entry) == ("joined by Ann: one garrison", made.entry)
    grades = {o.name: o.grade for o in view_incident(told, view.id).origins}
    assert grades[before[a].name] == "C"
    speakers = {c.speaker for c in view_incident(told, view.id).claims}
    assert before[a].name in speakers
    assert before[b].name not in speakers
    assert made.entry in {j.entry for j in view_incident(told, view.id).judgements}


def test_a_filter_by_speaker_finds_all_names(told: Ledger) -> None:
    """By the name of one the other's claims and incidents too, on pages and as known before."""
    _, (a, b, c) = three(told)
    names = [told.source_page(key).source.name for key in (a, b, c)]

    def said(name: str, at: str | None = None) -> list[str]:
        """The claims, page by page: in order, each once."""
        found: list[str] = []
        cursor = None
        while True:
            filters = Filters(speaker=name, as_known_at=at)
            page = told.claims(filters, limit=2, cursor=cursor)
            found += [claim.claim for claim in page.rows]
            if (cursor := page.next) is None:
                return found

    each = [said(name) for name in names]
    made = told.judge("join", a, other=b, at=DAY.format(3), **WHO)
    for name in names[:2]:
        assert sorted(said(name)) == sorted({*each[0], *each[1]})
        assert said(name, DAY.format(2)) == each[names.index(name)]
    order = [(int(c[1:].split(".")[0]), int(c.split(".")[1])) for c in said(names[0])]
    assert order == sorted(order, reverse=True) or len({r for r, _ in order}) > 1
    assert said(names[2]) == each[2]
    by_type = Filters(speaker=names[0], type=told.claim(each[1][0]).events[0]["type"])
    assert each[1][0] in {c.claim for c in told.claims(by_type).rows}
    assert told.incidents(by_type)
    figures = [r.figure.claim for r in list_figures(told, Filters(speaker=names[0]), 50)]
    assert {*each[0], *each[1]} & set(figures) >= {*each[1]}
    told.withdraw(made.entry, **WHO)
    assert said(names[0]) == each[0]


def test_only_incidents_in_which_both_speak_are_counted_anew(told: Ledger) -> None:
    """The rows of all others stay as they were entered, now and when it is taken back."""
    view, (a, b, _) = three(told)

    def entries() -> dict[str, str]:
        return {r.incident: r.changed for r in told.incidents()}

    before = entries()
    made = told.judge("join", a, other=b, **WHO)
    assert {i for i, at in entries().items() if before[i] != at} == {view.id}
    before = entries()
    told.withdraw(made.entry, **WHO)
    assert {i for i, at in entries().items() if before[i] != at} == {view.id}
    assert origins_of(told, view.id) == (3, 3)


def test_what_was_known_is_answered(told: Ledger) -> None:
    """Before the join and after its withdrawal they were two; in between one."""
    view, (a, b, _) = three(told)
    made = told.judge("join", a, other=b, at=DAY.format(3), **WHO)
    told.withdraw(made.entry, at=DAY.format(5), **WHO)
    told.judge("grade", a, grade="B", at=DAY.format(7), **WHO)  # time goes on
    counts = [origins_of(told, view.id, DAY.format(day))[1] for day in (2, 4, 6)]
    assert counts == [3, 2, 3]
    for day, joined in ((2, ()), (4, (b,)), (6, ())):
        assert told.source_page(a, as_known_at=DAY.format(day)).source.joined == joined
        keys = {s.key for s in told.sources(as_known_at=DAY.format(day), limit=100).rows}
        assert (b in keys) is not bool(joined)


def test_a_chain_of_joins_comes_apart_where_it_is_undone(told: Ledger) -> None:
    """A is one with B and B with C; without the second word C is alone again, whoever is left."""
    view, (a, b, c) = three(told)
    told.judge("join", a, other=b, **WHO)
    made = told.judge("join", b, other=c, **WHO)
    assert told.source_page(c).source.joined == (b, c)
    assert origins_of(told, view.id) == (1, 1)
    told.withdraw(made.entry, **WHO)
    assert told.source_page(c).source.key == c
    assert origins_of(told, view.id) == (2, 2)


def test_a_new_report_is_counted_with_what_people_said(told: Ledger) -> None:
    """What comes in later speaks of the same sources: they are one there too."""
    view, (a, b, _) = three(told)
    told.judge("join", a, other=b, **WHO)
    told.add(generate(1, start=5, claims=6, seed=1), learnt=DAY.format(4))
    assert origins_of(told, view.id)[1] < view.at_most + 1


def test_a_split_is_before_the_machine(told: Ledger) -> None:
    """Whom a rule takes for one are two, and one again when the word is taken back."""
    view, (key, _, _) = three(told)
    own = told.source_page(key).source
    spokesman = f"{own.name.removeprefix('the ')} spokesman"
    claim = next(o for o in view.origins if o.name != own.name).claims[0]
    told.judge("correct", claim, field="speaker", new=spokesman, **WHO)
    (other,) = told.sources(spokesman).rows
    assert origins_of(told, view.id) == (2, 2)
    made = told.judge("split", own.key, apart=[other.key], **WHO)
    assert origins_of(told, view.id) == (3, 3)
    assert [t.action for t in told.source_page(other.key).source.ties] == ["split"]
    assert made.entry in {j.entry for j in view_incident(told, view.id).judgements}
    with pytest.raises(UsageError, match=f"{made.entry} says that they are not one"):
        told.judge("join", own.key, other=other.key, **WHO)
    told.withdraw(made.entry, **WHO)
    assert origins_of(told, view.id) == (2, 2)


def test_what_cannot_be_said_is_refused(told: Ledger) -> None:
    """Twice, of one, the contrary of what holds, of nobody, or half."""
    _, (a, b, c) = three(told)
    made = told.judge("join", a, other=b, **WHO)
    told.judge("split", c, apart=[a], **WHO)
    wrong = (
        ("join", a, {"other": b}, f"one already, by {made.entry}"),
        ("join", a, {"other": a}, "this is one"),
        ("join", b, {"other": c}, "not one"),
        ("split", b, {"apart": [a]}, f"{made.entry} made them one"),
        ("split", a, {"apart": [c]}, "says so already"),
        ("split", a, {"apart": [b], "into": c}, "into goes with incidents"),
        ("join", a, {}, "takes the key"),
        ("join", a, {"other": "r1"}, "takes the key"),
    )
    for action, target, detail, words in wrong:
        with pytest.raises(UsageError, match=words):
            told.judge(action, target, **detail, **WHO)
    with pytest.raises(NotInLedgerError, match="no source here"):
        told.judge("join", a, other="nobody|person|", **WHO)


def test_lists_have_each_source_once_however_they_are_sought(told: Ledger) -> None:
    """By the name of either, page by page, at a place of its own; whoever holds it alone counts."""
    _, (a, b, c) = three(told)
    told.judge("join", c, other=a, **WHO)  # the key that stands for both comes later
    names = {key: key.split("|")[0].removeprefix("the ") for key in (a, b, c)}
    for key in (a, c):
        (row,) = told.sources(names[key]).rows
        assert row.key == c
    found: list[str] = []
    cursor = None
    while True:
        page = told.sources(limit=1, cursor=cursor)
        found += [s.key for s in page.rows]
        if (cursor := page.next) is None:
            break
    assert a not in found
    assert len(found) == len(set(found)) == len(told.sources(limit=100).rows)


def test_an_erased_name_leaves_no_word_on_it(told: Ledger) -> None:
    """Who was one through somebody whose name is erased is two again; nothing of it is left."""
    view, (a, b, c) = three(told)
    bare = told.source_page(b).source.name.removeprefix("the ")
    told.judge("join", a, other=b, **WHO)
    told.judge("join", b, other=c, by="Ann", reason="a reason that stays")
    assert origins_of(told, view.id) == (1, 1)
    told.erase_names([bare], by="Ann", why="asked for")
    assert told.source_page(a).source.joined == told.source_page(c).source.joined == ()
    with told.engine.connect() as conn:
        for table in (schema.link, schema.judgement):
            assert bare.lower() not in str(conn.execute(select(table)).all()).lower()
    assert origins_of(told, view.id)[1] >= 2


def test_an_erased_report_takes_along_what_was_said_of_who_spoke_there_alone(
    told: Ledger,
) -> None:
    """Of a source that speaks nowhere else no word is left, on whichever side of it it stood."""
    _, (a, b, _) = three(told)
    told.judge("join", a, other=b, **WHO)
    reports = {r.report for r in told.source_page(b).reports.rows if r.report}
    alone = {c.report.report for c in told.claims(Filters(speaker=b.split("|")[0])).rows}
    assert reports >= alone
    for report in sorted(alone):
        told.erase(report, by="Ann", why="asked for")
    assert told.sources(b.split("|")[0]).rows == ()
    with told.engine.connect() as conn:
        rows = conn.execute(select(schema.link).where(schema.link.c.kind == "join")).all()
        assert rows == []


def test_a_changed_row_is_found(told: Ledger) -> None:
    """Whoever makes two sources one in the tables alone is named by verify."""
    _, (a, b, c) = three(told)
    made = told.judge("join", a, other=b, **WHO)
    change = "UPDATE link SET member = :to WHERE member = :of AND kind = 'join'"
    with told.engine.begin() as conn:
        conn.execute(text(change), {"to": c, "of": b})
    (trouble,) = told.verify()
    assert (trouble.where, trouble.what) == (made.entry, "its row of link was changed (member)")
    with told.engine.begin() as conn:
        conn.execute(text(change), {"to": b, "of": c})
