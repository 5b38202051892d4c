"""After an erasure no byte of the store tells what was erased, and the chain holds."""

from __future__ import annotations

import hashlib
import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from bench.ledger.generated import generate
from sayso.errors import LedgerBusyError, NotInLedgerError, UsageError
from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger
from sayso.ledger.entries.copies import copies_among
from sayso.ledger.store import schema
from sayso.ledger.store.engines import outside
from sayso.record import Reading, Span
from sayso.record.links import Passage

Make = Callable[..., Reading]
SECRET = "Quillfeather"
WORDS = "Seventeen lanterns drowned"


@pytest.fixture
def told(ledger: Ledger, make_reading: Make, say_copy: Callable[..., None]) -> Ledger:
    """A ledger with a report by Wilma Quillfeather amid others, and much said about it."""
    ledger.add(generate(20))
    ledger.add([make_reading(f"Wilma {SECRET}", WORDS, more=f"Neighbours call {SECRET} shy.")])
    ledger.add(generate(20, start=20))
    claim = ledger.claims(Filters(speaker=SECRET)).rows[0]
    ledger.judge("accept", claim.claim, by="editor", reason=f"{SECRET} rang us")
    ledger.judge("correct", claim.claim, by="editor", reason="r", field="certainty", new="denied")
    key = ledger.sources(SECRET).rows[0].key
    ledger.judge("grade", key, by="editor", reason="known", grade="C")
    say_copy(ledger, "r2", claim.report.report)
    with ledger.postings() as postings:
        postings.post("marks", claim.report.report, [1, 2, 3])
    assert list(ledger.verify()) == []
    if ledger.engine.dialect.name == "postgresql":
        with ledger.engine.begin() as conn:
            conn.execute(text("ANALYZE"))  # the server samples columns, as it would in time
    return ledger


def files_of(ledger: Ledger, request: pytest.FixtureRequest) -> Iterator[Path]:
    """All files in which the store may hold a byte."""
    url = make_url(str(ledger.engine.url))
    if url.get_backend_name() == "sqlite":
        yield from Path(str(url.database)).parent.glob("*")
        return
    server = request.getfixturevalue("server")
    if server.folder is None:
        pytest.skip("the server's files are not ours to read")
    yield from (path for path in server.folder.rglob("*") if path.is_file())


def holding(ledger: Ledger, request: pytest.FixtureRequest, needles: list[bytes]) -> list[bytes]:
    """Those byte strings that some file of the store holds."""
    found = set()
    for path in files_of(ledger, request):
        try:
            content = path.read_bytes().lower()
        except FileNotFoundError:
            continue  # a server's temporary file
        found |= {needle for needle in needles if needle.lower() in content}
    return sorted(found)


def write_home(ledger: Ledger) -> None:
    """Rows in their tables' files: in the log one may stand across the edge of two pages."""
    if ledger.engine.dialect.name == "postgresql":
        with outside(ledger.engine) as conn:
            conn.execute(text("CHECKPOINT"))


def payload_bytes(ledger: Ledger, entries: list[int]) -> list[bytes]:
    """What payload rows hold: salts, and the middle of the compressed content."""
    with ledger.engine.connect() as conn:
        rows = conn.execute(select(schema.payload).where(schema.payload.c.entry.in_(entries)))
        return [part for row in rows for part in (row.salt, row.content[10:60])]


def ids_of(reading: Reading) -> list[bytes]:
    """The ids that are hashes of the words."""
    things = [reading.report, *reading.sources, *reading.attributions, *reading.claims]
    return [thing.id.encode() for thing in things]


def indexed_words(ledger: Ledger) -> set[str]:
    """The vocabulary of the word index."""
    with ledger.engine.connect() as conn:
        if conn.dialect.name == "postgresql":
            rows = conn.execute(text("SELECT word FROM ts_stat('SELECT words FROM claim_words')"))
            return set(rows.scalars())
        path = str(make_url(str(ledger.engine.url)).database)
    raw = sqlite3.connect(path)
    raw.execute("CREATE VIRTUAL TABLE temp.vocab USING fts5vocab(main, claim_words, row)")
    found = {row[0] for row in raw.execute("SELECT term FROM temp.vocab")}
    raw.close()
    return found


def test_an_erased_report_is_in_no_byte(told: Ledger, request: pytest.FixtureRequest) -> None:
    """Text, name, ids, salts, judgements, grounds, index: gone from every file; verify holds."""
    claim = told.claims(Filters(speaker=SECRET)).rows[0]
    report = int(claim.report.report[1:])
    needles = [SECRET.encode(), b"lanterns", *ids_of(told.reading(claim.report.report))]
    needles += payload_bytes(told, [report, report + 1])
    text_hash = hashlib.sha256(told.reading(claim.report.report).report.text.encode())
    assert SECRET.lower() in indexed_words(told)
    packed = [id_ for id_ in needles if id_.startswith((b"attribution-", b"source-"))]
    plain = sorted(set(needles) - set(packed))  # what is not only inside a compressed payload
    write_home(told)
    assert set(plain) <= set(holding(told, request, needles))  # so the search can find them
    key = told.sources(SECRET).rows[0].key
    with told.engine.connect() as conn:  # as a server does by itself: it samples common values
        conn.execute(text("ANALYZE"))
        conn.commit()
    # with it goes the grade of a source that speaks in no other report
    done = told.erase(claim.report.report, by="officer", why="a court order")
    assert f"e{report}" in done.entries
    with told.engine.connect() as conn:
        assert list(conn.execute(select(schema.link))) == []
    assert list(told.verify()) == []
    assert told.claims(Filters(words="lanterns")).rows == ()
    assert told.sources(SECRET).rows == ()
    assert told.judgements(key) == ()
    assert {SECRET.lower(), "lanterns"} & indexed_words(told) == set()
    needles += [text_hash.digest(), text_hash.hexdigest().encode()]
    told.close()
    assert holding(told, request, needles) == []


def test_a_grade_stays_with_a_source_that_others_quote(ledger: Ledger, make_reading: Make) -> None:
    """Erasing one of its reports leaves it; erasing the last takes it along."""
    added = ledger.add(
        [make_reading("Ada Moss", f"{n} boats sank", url=f"https://{n}.example/") for n in (2, 3)]
    )
    key = ledger.sources("Ada Moss").rows[0].key
    ledger.judge("grade", key, by="editor", reason="known", grade="C")
    for one, left in zip(added, (["grade"], []), strict=True):
        ledger.erase(one.report, by="officer", why="an order")
        assert [j.action for j in ledger.judgements(key)] == left
    assert list(ledger.verify()) == []


SPEAKER = "Odile Ferryhand"
_tags = itertools.count()
COPIED = "Divers searched the flooded tunnel until dawn and found three lorries under the mud. " * 3


@pytest.fixture
def undone(store: str, make_reading: Make) -> Iterator[tuple[Ledger, str, list[str], str]]:
    """A linking ledger, an incident, the two reports of a join undone there, and its id."""
    tag = next(_tags)  # other tests' databases lie in the same server's files
    with Ledger.open(store, maker="tests", linking=Linking()) as ledger:
        ledger.add([
            make_reading(SPEAKER, "nine lorries drowned in the Tarn tunnel on Monday",
                         url=f"https://{n}.example/{tag}", more=f"{COPIED} No {n}.")
            for n in range(4)
        ])  # fmt: skip
        (row,) = ledger.incidents()
        join = view_incident(ledger, row.incident).joins[0]
        ends = re.findall(r"r\d+", f"{join.a} {join.b}")
        who = {"by": "desk", "reason": "two people of one name"}
        ledger.judge("undo", join.id, incident=row.incident, reports=ends, **who)
        ledger.judge("undo", "join-of-what-we-leave", incident=row.incident, reports=["r9"], **who)
        assert join.id not in {j.id for j in view_incident(ledger, row.incident).joins}
        yield ledger, row.incident, ends, join.id


@pytest.mark.parametrize("what", ["report", "name"])
def test_an_undone_join_goes_with_what_it_joined(
    undone: tuple[Ledger, str, list[str], str], what: str, request: pytest.FixtureRequest
) -> None:
    """Its id is a hash over ids of reports: found in no byte, by which one could try guesses."""
    ledger, incident, ends, join = undone
    assert len(set(ends)) == 2
    assert holding(ledger, request, [join.encode()])  # so the search can find it
    if what == "report":
        ledger.erase(ends[0], by="officer", why="an order")
    else:
        ledger.erase_names([SPEAKER], by="officer", why="an order")
    assert list(ledger.verify()) == []
    assert [j.target for j in ledger.incident_page(incident).judgements] == [
        "join-of-what-we-leave"
    ]
    assert ledger.incident_page(incident).undone == {"join-of-what-we-leave"}
    ledger.close()
    assert holding(ledger, request, [join.encode(), join.partition("-")[2].encode()]) == []


def test_an_undoing_that_names_no_report_goes_with_any(
    undone: tuple[Ledger, str, list[str], str],
) -> None:
    """Those of its incident are taken down: one of them may be what the hash is over."""
    ledger, incident, _, _ = undone
    made = ledger.judge("undo", "join-7", incident=incident, by="desk", reason="two of them")
    page = ledger.incident_page(incident)
    assert made.detail["reports"] == [m.report.report for m in page.members]
    ledger.erase(page.members[-1].report.report, by="officer", why="an order")
    assert "join-7" not in ledger.incident_page(incident).undone


def test_an_erased_name_leaves_the_rest(told: Ledger, request: pytest.FixtureRequest) -> None:
    """Blocks stand where it stood, offsets hold, ids are new, all else is found as before."""
    before = told.claims(Filters(speaker=SECRET)).rows[0]
    reading = told.reading(before.report.report)
    needles = [SECRET.encode(), *ids_of(reading)]
    write_home(told)
    found = {id_.split(b"-")[0] for id_ in holding(told, request, needles)}
    assert found >= {SECRET.encode(), b"claim", b"report"}
    done = told.erase_names([f"Wilma {SECRET}", SECRET], by="officer", why="her wish")
    assert before.report.report in done.reports
    (after,) = told.claims(Filters(words="lanterns")).rows
    assert (after.claim, after.content, after.certainty) == (before.claim, WORDS, "denied")
    assert after.chain[0]["name"] == "█" * len(f"Wilma {SECRET}")
    assert {j.action for j in after.judgements} == {"accept", "correct"}
    assert len(told.reading(before.report.report).report.text) == len(reading.report.text)
    with told.engine.connect() as conn:
        (copy,) = copies_among(conn, ["r2", before.report.report])
    assert copy.passages == (Passage(Span(0, 9), Span(3, 12)),)
    assert list(told.verify()) == []
    told.close()
    assert holding(told, request, needles) == []


def test_a_second_name_can_be_erased_from_the_same_report(told: Ledger) -> None:
    """A redaction of what was redacted; the chain holds after each."""
    told.erase_names([SECRET], by="officer", why="first")
    told.erase_names(["Wilma"], by="officer", why="second")
    (claim,) = told.claims(Filters(words="lanterns")).rows
    assert "Wilma" not in str(claim)
    assert list(told.verify()) == []
    told.erase(claim.report.report, by="officer", why="third")
    assert told.claims(Filters(words="lanterns")).rows == ()
    assert list(told.verify()) == []


def test_who_erased_when_and_why_stays(told: Ledger) -> None:
    """In the chain, with no word of what went."""
    claim = told.claims(Filters(speaker=SECRET)).rows[0]
    told.erase(claim.report.report, by="officer", why="a court order")
    with told.engine.connect() as conn:
        kinds = list(
            conn.scalars(select(schema.entry.c.kind).where(schema.entry.c.kind == "erased"))
        )
    assert len(kinds) >= 2


def test_nothing_is_erased_for_no_reason(told: Ledger) -> None:
    """No reason, no person, a reason that holds the name, a name that is nowhere: refused."""
    head = told.head()
    for names, by, why in (
        ([SECRET], "", "w"),
        ([SECRET], "o", " "),
        ([SECRET], "o", f"{SECRET} asked"),
        ([], "o", "w"),
    ):
        with pytest.raises(UsageError):
            told.erase_names(names, by=by, why=why)
    with pytest.raises(NotInLedgerError):
        told.erase_names(["Zebulon Nowhere"], by="o", why="w")
    with pytest.raises(NotInLedgerError):
        told.erase("r1", by="o", why="w")
    assert told.head() == head


def test_an_erased_report_can_be_followed_by_its_next_version(
    ledger: Ledger, make_reading: Make
) -> None:
    """A page whose first version was erased goes on with its numbers; verify holds."""
    (old,) = ledger.add([make_reading("Ada Moss", "Six boats sank")])
    ledger.add([make_reading("Ada Moss", "Nine boats sank")])
    ledger.erase(old.report, by="officer", why="an order")
    ledger.add([make_reading("Ada Moss", "Ten boats sank")])
    assert [v.version for v in ledger.versions("https://paper.example/story")] == [2, 3]
    assert list(ledger.verify()) == []


def test_a_reader_that_holds_the_log_is_named(
    tmp_path: Path, make_reading: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite: the rows go, the log stays till the reader ends; then `scrub` finishes."""
    monkeypatch.setattr("sayso.ledger.store.engines.BUSY_SECONDS", 0.2)
    with Ledger.open(f"sqlite:///{tmp_path / 'sayso.db'}") as ledger:
        (added,) = ledger.add([make_reading(f"Wilma {SECRET}", WORDS)])
        reader = sqlite3.connect(tmp_path / "sayso.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM claim").fetchone()
        with pytest.raises(LedgerBusyError):
            ledger.erase(added.report, by="officer", why="an order")
        assert ledger.claims().rows == ()
        reader.close()
        ledger.scrub()
        for path in tmp_path.glob("*"):
            assert SECRET.encode() not in path.read_bytes()


def test_a_letter_is_no_name(ledger: Ledger) -> None:
    """`--name a` would blot out every "a" there is, for good."""
    with pytest.raises(UsageError, match="no name"):
        ledger.erase_names(["a"], by="admin", why="asked for")
