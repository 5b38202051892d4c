"""Protected sources: below red a label stands for the name, in every answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents import batch
from sayso.ledger import Filters, Ledger
from sayso.ledger import ledger as ledger_module
from sayso.ledger.adding.twins import masked
from sayso.ledger.seeing import cover
from sayso.ledger.seeing.cover import Cover
from sayso.ledger.store import schema
from sayso.record import Reading
from sayso.record.wire import to_wire

Make = Callable[..., Reading]
AskAll = Callable[[Ledger], dict[str, Any]]
NAME, OTHER = "Quillon Ravenscourt", "Maud Ellery"
KEY = "quillon ravenscourt|person|"
WORDS = "Four soldiers were killed on 1 May 2024 in Sudzha"
TOLD = re.compile("quillon|ravenscourt", re.IGNORECASE)


@pytest.fixture
def held(linked: Ledger, make_reading: Make) -> Iterator[Ledger]:
    """A ledger of two reports of one incident, one of whom names its source."""
    more = f"{NAME} asked to speak again."
    linked.add([make_reading(NAME, WORDS, url="https://one.example/ravenscourt", more=more)])
    linked.add([make_reading("Ann Roe", WORDS, url="https://two.example/b")])
    yield linked
    assert list(linked.verify()) == []


def protect(ledger: Ledger, key: str = KEY, **detail: Any) -> Any:
    """The judgement."""
    return ledger.judge("protect", key, by="ed", reason="he asked for it", **detail)


def test_below_red_nobody_is_told_the_name(held: Ledger, ask_all: AskAll) -> None:
    """Not in a claim, a text, an address, a log line, a suggestion or a count of hits."""
    label = protect(held).detail["label"]
    for clearance in ("clear", "green", "amber", "amber+strict"):
        seen = held.seen_by(clearance)
        for name, answers in ask_all(seen).items():
            told = " ".join(a for a in answers if "nobody called" not in a)
            assert not TOLD.search(told), (clearance, name)
        assert [s.name for s in seen.sources(label).rows] == [label]
        assert seen.claims(Filters(words="ravenscourt")).rows == ()
        assert len(seen.reports().rows) == 2
        with pytest.raises(NotInLedgerError):
            seen.report("r2")


def test_red_is_told_all_once(held: Ledger, ask_all: AskAll) -> None:
    """The twin is not beside the report that it stands for."""
    before = ask_all(held)
    protect(held)
    after = ask_all(held)
    for name in ("reading", "diff"):
        told = [a for a in before[name] if " no " not in a]
        assert [a for a in after[name] if " no " not in a] == told, name
    assert len(held.reports().rows) == 2
    assert [r.handles for r in held.incidents()] == [["r2", "r7"]]
    assert {s.name for s in held.sources().rows} == {NAME, "Ann Roe"}


def test_counts_are_those_of_the_whole(held: Ledger) -> None:
    """Reports and texts are as many; who has no name may be another: the interval is wider."""
    protect(held)
    (whole,), (seen,) = held.incidents(), held.seen_by("clear").incidents()
    assert seen.incident == whole.incident
    assert (len(seen.reports), seen.texts) == (len(whole.reports), whole.texts)
    assert seen.origins[0] <= whole.origins[0] <= whole.origins[1] <= seen.origins[1]


def test_what_comes_later_is_covered_too(held: Ledger, make_reading: Make, ask_all: AskAll) -> None:
    """Another report that names the source, and a new version of the one that did."""
    protect(held)
    held.add([make_reading(OTHER, "Nine fled, as Ravenscourt saw", url="https://three.example/")])
    page = "https://one.example/ravenscourt"
    held.add([make_reading(NAME, WORDS, url=page, more=f"{NAME} was sure.")])
    seen = held.seen_by("amber")
    assert not TOLD.search(repr(ask_all(seen)))
    assert len(seen.incidents()) == len(held.incidents())
    assert [len(r.reports) for r in seen.incidents()] == [len(r.reports) for r in held.incidents()]


def test_what_is_decided_about_a_report_holds_for_its_twin(held: Ledger) -> None:
    """A claim that was rejected, or corrected, stands corrected for all."""
    protect(held)
    seen = held.seen_by("green")
    assert len(seen.claims().rows) == 2
    rejected = held.judge("reject", "c3.0", by="bo", reason="misread")
    assert [c.claim for c in seen.claims().rows] == ["c8.0"]
    held.withdraw(rejected.entry, by="bo", reason="it was not")
    assert len(seen.claims().rows) == 2
    held.judge("correct", "c3.0", by="bo", reason="the text", field="certainty", new="confirmed")
    assert sorted(c.certainty for c in seen.claims().rows) == ["confirmed", "stated"]


def test_nobody_waits_while_all_reports_are_looked_through(
    held: Ledger, make_reading: Make, monkeypatch: pytest.MonkeyPatch, ask_all: AskAll
) -> None:
    """Others add meanwhile; what they add is looked at when the store is held, and no more."""
    look = ledger_module.look_through
    read: list[int] = []

    def slow(*args: Any) -> Any:
        looked = look(*args)
        held.add([make_reading(OTHER, f"Nine fled, as {NAME} saw", url="https://three.example/")])
        read.clear()
        return looked

    count = cover.Cover.meets

    def counted(self: Cover, said: Any) -> bool:
        read.append("text" in said)
        return count(self, said)

    monkeypatch.setattr(ledger_module, "look_through", slow)
    monkeypatch.setattr(cover.Cover, "meets", counted)
    held.add([make_reading(f"Ann R{n}oe", f"{n} fled", url=f"https://x.example/{n}")
              for n in range(5, 25)])  # fmt: skip
    protect(held)
    assert sum(read) <= 4  # the new one, and the two that name him when their twins are made
    monkeypatch.undo()
    assert not TOLD.search(repr(ask_all(held.seen_by("amber"))))


def test_two_names_of_one_report(held: Ledger, make_reading: Make, ask_all: AskAll) -> None:
    """The second protection covers what the first left, and the first twin is gone for all."""
    held.add([make_reading(OTHER, WORDS, url="https://four.example/", more=f"{NAME} was there.")])
    protect(held)
    protect(held, "maud ellery|person|")
    told = re.compile(f"{TOLD.pattern}|maud|ellery", re.IGNORECASE)
    seen = held.seen_by("clear")
    assert not told.search(repr(ask_all(seen)))
    assert len(seen.reports().rows) == 3


def test_a_protection_can_be_taken_back(held: Ledger, ask_all: AskAll) -> None:
    """Then all read the report itself, and the label stays for the next time."""
    first = protect(held)
    held.withdraw(first.entry, by="ed", reason="he published a book")
    assert {r.report for r in held.seen_by("clear").reports().rows} == {"r2", "r7"}
    assert held.seen_by("clear").incidents() == held.incidents()
    assert protect(held).detail["label"] == first.detail["label"]
    assert not TOLD.search(repr(ask_all(held.seen_by("clear"))))


def test_a_marking_binds_the_twin(held: Ledger) -> None:
    """What is amber is amber with or without the name."""
    protect(held)
    held.judge("mark", "r2", by="ed", reason="not out yet", marking="amber")
    assert [len(held.seen_by(m).reports().rows) for m in ("green", "amber", "red")] == [1, 2, 2]
    (twin,) = {r.report for r in held.seen_by("amber").reports().rows} - {"r7"}
    seen = held.seen_by("amber")
    seen.judge("mark", twin, by="ed", reason="now it is", marking="clear")
    assert [len(held.seen_by(m).reports().rows) for m in ("clear", "amber", "red")] == [2, 2, 2]


def test_what_people_wrote_with_the_name_is_for_red(held: Ledger) -> None:
    """A note or a reason that names the source is hidden with it."""
    held.judge("note", "c8.0", by="bo", reason="Ravenscourt says so too")
    assert len(held.seen_by("clear").judgements("c8.0")) == 1
    protect(held)
    held.judge("note", "c8.0", by="bo", reason="I asked Ravenscourt again")
    assert held.seen_by("clear").judgements("c8.0") == ()
    assert len(held.judgements("c8.0")) == 2


def test_erasing_takes_the_twin(held: Ledger) -> None:
    """Neither the report nor what stood for it is left to anybody."""
    protect(held)
    held.erase("r2", by="ed", why="asked for")
    assert [r.report for r in held.seen_by("clear").reports().rows] == ["r7"]
    assert [r.report for r in held.reports().rows] == ["r7"]
    with held.whole.connect() as conn:
        count = text("SELECT count(*) FROM claim")
        assert conn.execute(count).scalar() == 1


def test_no_length_gives_a_name_away(make_reading: Make) -> None:
    """Two names of other lengths leave the same text, the same spans and the same ids."""
    made = []
    for name in ("Bo Li", "Bartholomew Featherstonehaugh"):
        reading = make_reading(
            name, WORDS, url=f"https://x.example/{len(name)}", more=f"So {name}."
        )
        label = Cover({name: "protected source K7K7K"})
        wire = to_wire(masked(reading, label))
        wire["report"]["title"] = None
        made.append(wire)
    assert made[0] == made[1]


def test_forms_that_are_given_are_covered(held: Ledger) -> None:
    """A first name, or what he is called at home; too short a form is refused."""
    with pytest.raises(UsageError, match="letters"):
        protect(held, names=["Q"])
    detail = protect(held, names=[NAME, "Ravenscourt", "Quillon", "soldiers"]).detail
    texts = [
        held.seen_by("clear").report_page(r.report) for r in held.seen_by("clear").reports().rows
    ]
    assert "soldiers" not in repr(texts)
    assert repr(texts).count(detail["label"]) > 3


def test_what_is_nearly_the_name_is_counted(held: Ledger, make_reading: Make) -> None:
    """A first name alone is no form; how often it stands is told, and it can be hidden too."""
    held.add([make_reading("Bo Finch", "Nine fled", url=None, more="Then Quillon came.")])
    hidden = protect(held).detail["names"]
    assert held.nearly_named(KEY, hidden) == {"Quillon": 1}
    also = protect(held, also=["Quillon"]).detail["names"]
    assert {*also} == {*hidden, "Quillon"}
    assert held.nearly_named(KEY, also) == {}


def test_the_reports_of_each_name_are_its_own(held: Ledger, make_reading: Make) -> None:
    """Who is protected second is not said to be in the reports of the first."""
    (added,) = held.add([make_reading(OTHER, "Nine fled from Goma", url="https://four.example/")])
    first = protect(held).detail["names"]
    second = protect(held, "maud ellery|person|").detail["names"]
    assert list(held.names_protected(first)) == ["r2"]
    assert list(held.names_protected(second)) == [added.report]
    assert list(held.names_protected()) == ["r2", added.report]


def test_verify_names_a_twin_that_was_moved(held: Ledger) -> None:
    """By hand: another report is said to stand there."""
    protect(held)
    with held.whole.begin() as conn:
        row = conn.execute(schema.twin.select()).one()
        conn.execute(schema.twin.update().values(report=7))
    assert f"e{row.entry}" in {t.where for t in held.verify()}
    with held.whole.begin() as conn:
        conn.execute(schema.twin.update().values(report=row.report))


def test_labels_are_functions_of_nothing() -> None:
    """Each is new, and no word."""
    labels = {cover.new_label() for _ in range(50)}
    assert len(labels) == 50
    assert all(re.fullmatch(r"protected source [B-Z2-9]{5}", each) for each in labels)


@pytest.mark.parametrize("form", [
    "Ravenscourt was sure.", "As told:\nQuillon\nRavenscourt", "\tRavenscourt", "RAVENSCOURT'S",
    "https://x.example/a%20Quillon%20Ravenscourt.html", "Quíllon Rávenscourt", "Raven\u00adscourt",
    "QuillonRavenscourt", "quillon-ravenscourt.pdf", "the Ravenscourts", "Qu\u0131llon Ravenscourt",
])  # fmt: skip
def test_a_name_is_found_however_it_is_written(held: Ledger, make_reading: Make, form: str) -> None:
    """At the beginning of a line, in an address, with accents, case and hyphens of any kind."""
    protect(held)
    held.add([make_reading("Bo Finch", "Ten fled from Sudzha", url=None, more=f"{form} ")])
    pages = held.seen_by("clear")
    texts = [pages.reading(r.report).report.text for r in pages.reports(limit=50).rows]
    assert len(texts) == 3
    plain = "".join(c for c in unicodedata.normalize("NFKD", repr(texts)) if c.isascii())
    assert not TOLD.search(plain.replace("\\xad", ""))


@pytest.mark.parametrize("name", ["Edward Said", "Doris Day", "Bob Text", "Ann May", "Ed Person"])
def test_names_that_are_our_own_words_can_be_protected(
    linked: Ledger, make_reading: Make, name: str
) -> None:
    """A key of the wire or a precision is no name; the report is told of all the same."""
    linked.add([make_reading(name, WORDS, more=f"{name.split()[1]} was sure.")])
    protect(linked, f"{name.lower()}|person|")
    seen = linked.seen_by("clear")
    assert len(seen.claims().rows) == 1
    assert name not in repr(
        [seen.claims(), seen.sources(), seen.reading(seen.reports().rows[0].report)]
    )
    assert list(linked.verify()) == []


def test_who_speaks_by_a_correction_is_covered(held: Ledger, ask_all: AskAll) -> None:
    """A person said that it was him: the report names him nowhere else."""
    held.judge("correct", "c8.0", by="bo", reason="he told me", field="speaker", new=NAME)
    protect(held)
    assert not TOLD.search(repr(ask_all(held.seen_by("clear"))))


def test_what_took_back_a_hidden_decision_is_hidden(held: Ledger) -> None:
    """Its reason may say what the decision was about."""
    graded = held.judge("grade", KEY, by="bo", reason="knows", grade="B")
    protect(held)
    held.withdraw(graded.entry, by="bo", reason="he lied to us")
    assert "lied" in repr(held.log(limit=50))
    assert "lied" not in repr(held.seen_by("amber").log(limit=50))


def test_verify_names_shades_that_are_all_gone(held: Ledger) -> None:
    """With a protection alone, and no marking."""
    protect(held)
    with held.whole.begin() as conn:
        rows = conn.execute(schema.shade.select()).all()
        conn.execute(schema.shade.delete())
    assert list(held.verify())
    with held.whole.begin() as conn:
        conn.execute(schema.shade.insert(), [dict(r._mapping) for r in rows])


def test_a_protected_name_can_be_erased(held: Ledger) -> None:
    """With it goes what was hidden for it, and the chain holds."""
    held.judge("note", "c8.0", by="bo", reason="Ravenscourt says so too")
    protect(held)
    held.erase_names([NAME, "Ravenscourt"], by="ed", why="an order")
    assert not TOLD.search(repr(held.log(limit=100)))


def test_a_large_incident_stays_for_all(
    held: Ledger, make_reading: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not counted anew for each report is, where who may see it changes."""
    monkeypatch.setattr(batch, "COUNTED", 1)
    for n in range(4):
        held.add([make_reading(f"Ann Roe{n}", WORDS, url=f"https://x.example/{n}")])
    count = len(held.incidents())
    first = protect(held)
    assert len(held.seen_by("amber").incidents()) == count
    held.withdraw(first.entry, by="ed", reason="no more")
    assert len(held.seen_by("amber").incidents()) == count


def test_a_page_that_is_not_seen_is_not_overwritten(held: Ledger, make_reading: Make) -> None:
    """A text at its address from below is a page of its own; from red a new version."""
    page = "https://one.example/ravenscourt"
    held.judge("mark", "r2", by="ed", reason="not out", marking="amber")
    (added,) = held.seen_by("green").add([make_reading("Bo Finch", "None was hurt", url=page)])
    assert (added.status, added.previous) == ("new", None)
    assert len(held.versions(page)) == 1
    (again,) = held.add([make_reading("Bo Finch", "None was hurt at all", url=page)])
    assert again.status == "version"


def test_a_name_that_is_masked_is_in_no_twin(held: Ledger, make_reading: Make) -> None:
    """A publisher takes another name out: the old twin, which has it, is for nobody."""
    page = "https://five.example/"
    held.add([make_reading(NAME, WORDS, url=page, more=f"{OTHER} fled with him.")])
    protect(held)
    held.add([make_reading(NAME, WORDS, url=page, more="Nobody fled with him.")])
    seen = held.seen_by("clear")
    told = [_reading(seen, f"r{n}") for n in range(1, held.head().entries + 1)]
    assert OTHER not in repr(told)


def _reading(ledger: Ledger, handle: str) -> Reading | None:
    try:
        return ledger.reading(handle)
    except NotInLedgerError:
        return None


def test_reports_that_are_alike_without_the_name_have_twins_of_their_own(
    linked: Ledger, make_reading: Make
) -> None:
    """A wire at two addresses, and a form for another: none is left as it is for want of a twin."""
    made = [make_reading(NAME, WORDS, url=f"https://x.example/{n}") for n in range(3)]
    made.append(make_reading("Quill", WORDS, url="https://x.example/4"))
    linked.add(made[:2])
    protect(linked, names=[NAME, "Quill"])
    linked.add(made[2:])
    for clearance in ("clear", "amber+strict"):
        seen = linked.seen_by(clearance)
        reports = seen.reports().rows
        assert len(reports) == 4
        shown = repr([(seen.reading(r.report), seen.report(r.report)) for r in reports])
        assert NAME not in shown
        assert "Quill" not in shown
    assert len({r.report_id for r in seen.reports().rows}) == 4
    assert list(linked.verify()) == []
