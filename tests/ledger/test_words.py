"""Words asked for and words held: any text, both stores alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.ledger import Filters, Ledger
from sayso.ledger.asking import drivers, seek
from sayso.ledger.asking.seek import find_rows
from sayso.ledger.layout.terms import asked, fold, held, words_of
from sayso.ledger.store import words as index
from sayso.ledger.store.engines import reading
from sayso.record import Reading

Make = Callable[..., Reading]


@pytest.fixture(scope="module")
def small() -> Iterator[Ledger]:
    """A ledger for questions that change nothing."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(f"sqlite:///{Path(folder) / 'x.db'}") as ledger,
    ):
        yield ledger


@settings(deadline=None, max_examples=60)
@given(question=st.text(max_size=40))
def test_any_question_is_answered_or_refused(small: Ledger, question: str) -> None:
    """No words of the user are words of the store (AND, NEAR, quotes, stars, colons)."""
    for filters in (
        Filters(words=question or "x"),
        Filters(speaker=question),
        Filters(place=question),
    ):
        try:
            small.claims(filters)
        except UsageError:
            assert words_of(question) == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("six boats", True),
        ("boats six", True),
        ('"six boats"', True),
        ('"boats six"', False),
        ("SÍX", True),
        ("boa*", True),
        ('"six boats" moss', True),
        ("oat", False),
        ("six AND boats", False),
        ("e-mail", True),
        ("kyiv’s", True),
        ("3,000", True),
        ("'; DROP TABLE claim", False),
    ],
)
def test_questions(ledger: Ledger, make_reading: Make, question: str, found: bool) -> None:  # noqa: FBT001
    """All words must occur; quotes keep the order; a star asks how a word begins."""
    ledger.add([make_reading("Ada Moss", "Six boats sank by e-mail at Kyïv’s pier of 3,000")])
    assert bool(ledger.claims(Filters(words=question)).rows) is found


@pytest.mark.parametrize("question", ["boats", "six boats", '"six boats" s*', "nowhere"])
def test_some_rows_are_asked_as_all_are(
    ledger: Ledger, make_reading: Make, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """Of rows far apart and near, those that hold the words are those that are found by them."""
    monkeypatch.setattr(index, "GAP", 2)
    numbers = "Five Six Seven Six Six Nine Ten Six".split()
    ledger.add(
        [make_reading("Ada Moss", f"{n} boats sank", url=f"https://{i}.example/")
         for i, n in enumerate(numbers)]
    )  # fmt: skip
    with reading(ledger.engine) as conn:
        every = {r.row: r for r in find_rows(conn, Filters(), None, 100)}
        hits = {r.row for r in find_rows(conn, Filters(words=question), None, 100)}
        for step in (1, 3, 5):
            some = sorted(every)[::step]
            assert index.holding(conn, question, some) == hits.intersection(some)
        assert index.holding(conn, question, []) == set()


@pytest.mark.parametrize(("near", "signs"), [(3, 1), (3, 3), (5, 2), (100, 1)])
def test_common_and_rare_words_are_found_alike(
    ledger: Ledger, make_reading: Make, monkeypatch: pytest.MonkeyPatch, near: int, signs: int
) -> None:
    """However far back a word is looked for, its claims come newest first, each once."""
    numbers = "Six Five Six Six Nine Six Five Ten Six Six Two Two".split()
    for i, n in enumerate(numbers):
        url = f"https://{i}.example/"
        ledger.add([make_reading("Ada Moss" if i % 2 else "Bo Lind", f"{n} boats sank", url=url)])
    asked_ = [Filters(words=w, speaker=s) for w in ("six", "five", "nine", "boats", "no")
              for s in (None, "moss")]  # fmt: skip
    every = [ledger.claims(f).rows for f in asked_]
    assert [len(rows) for rows in every[::2]] == [6, 2, 1, 12, 0]
    for module in (drivers, seek):
        monkeypatch.setattr(module, "NEAR", near)
        monkeypatch.setattr(module, "SIGNS", signs)
    assert [ledger.claims(f).rows for f in asked_] == every
    for question, rows in zip(asked_, every, strict=True):
        first = ledger.claims(question, limit=2)
        rest = ledger.claims(question, cursor=first.next).rows if first.next else ()
        assert first.rows + rest == rows


@pytest.mark.parametrize("words", ["Six\0boats", "\x1b[31m", "'\":*&|!<->"])
def test_odd_characters_are_kept(ledger: Ledger, make_reading: Make, words: str) -> None:
    """What was read comes back to the character, though a store would not take it as it is."""
    reading = make_reading("Ada Moss", words)
    (added,) = ledger.add([reading])
    assert ledger.reading(added.report) == reading
    assert len(ledger.claims().rows) == 1
    assert list(ledger.verify()) == []


@given(name=st.text(max_size=60))
def test_a_name_is_found_by_itself_and_by_each_word(name: str) -> None:
    """The term that is asked for is among those held, where the name has up to six words."""
    words = words_of(name)
    if words and len(words) <= 6:
        assert asked("actor", name) in held("actor", name)
        assert all(asked("actor", word) in held("actor", name) for word in words)
    assert fold(fold(name)) == fold(name) or not name.isascii()
