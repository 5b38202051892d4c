"""Which texts must stay on this machine, looked up by the marks under which reports are posted."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sayso.errors import UsageError
from sayso.incidents.batch import Linking
from sayso.incidents.staying import why_it_stays
from sayso.intake import make_capture
from sayso.ledger import Ledger
from sayso.ledger.asking import staying
from sayso.ledger.asking.staying import RUN, SHARED
from sayso.page import find_reports
from sayso.record import Reading, Report

STEMS, ENDS = ("bar", "kel", "mon", "tir", "sul", "ved"), ("en", "o", "a", "")
WORDS = [f"{stem}{end}" for stem in STEMS for end in ENDS]
DICE = random.Random(8)  # noqa: S311 - words of a test


@pytest.fixture(autouse=True)
def _thrown_anew() -> None:
    """Each test has its own words, whichever ran before."""
    DICE.seed(8)


def prose(words: int) -> str:
    """So many words, of which many come often, in sentences."""
    some = DICE.choices(WORDS, k=words)
    return " ".join(w if n % 12 else f"{w.title()}" for n, w in enumerate(some)) + ".\n"


def report_of(name: str, text: str, url: str | None = None) -> Report:
    """The report of a text, read as one in English."""
    capture = make_capture(name, text.encode())
    capture = replace(capture, facts={"url": url} if url else {})
    (report,) = find_reports(capture, published="2025-03-04")
    return replace(report, language="en")


@pytest.fixture
def linked(store: str) -> Iterator[Ledger]:
    """A ledger whose reports are posted; on either store."""
    with Ledger.open(store, linking=Linking()) as held:
        yield held


def mark(ledger: Ledger, report: str, marking: str = "amber") -> None:
    """Mark a report."""
    ledger.judge("mark", report, by="Ada", reason="not yet", marking=marking)


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of eight words of a text."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(max(len(words) - RUN, 0) + 1)}


def test_the_same_is_said_as_where_all_marked_texts_are_gone_through(linked: Ledger) -> None:
    """Of copies, parts, mixtures, texts of a few words, and strangers."""
    texts = [prose(DICE.choice((3, 6, 7, 8, 9, 20, 120))) for _ in range(40)]
    added = linked.add([Reading(report_of(f"{n}.txt", t)) for n, t in enumerate(texts)])
    marked = added[::2]
    for each in marked:
        mark(linked, each.report)
    all_runs = set().union(*(runs(t) for t in texts[::2]))
    asked = list(texts) + [prose(60) for _ in range(10)]
    for size in (7, 8, 9, 12, 30):
        for _ in range(8):
            words = DICE.choice(texts).split()
            at = DICE.randrange(max(1, len(words) - size))
            asked.append(f"{prose(20)} {' '.join(words[at : at + size]).upper()} {prose(20)}")
    found = [why_it_stays(linked, report_of("x.txt", text)) == "marked" for text in asked]
    said = [len(runs(text) & all_runs) / len(runs(text)) >= SHARED for text in asked]
    assert found == said
    assert 15 < sum(said) < len(said) - 15


def test_only_texts_that_share_a_mark_are_looked_at(
    linked: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are marked."""
    stories = ["".join(f"{w}{n} " for w in WORDS) for n in range(30)]
    for each in linked.add([Reading(report_of(f"{n}.txt", s)) for n, s in enumerate(stories)]):
        mark(linked, each.report)
    looked: list[int] = []
    contents = staying.contents
    monkeypatch.setattr(
        staying, "contents", lambda conn, some: looked.extend(some) or contents(conn, some)
    )
    assert why_it_stays(linked, report_of("new.txt", prose(200))) is None
    assert looked == []
    assert why_it_stays(linked, report_of("old.txt", stories[3])) == "marked"
    assert len(looked) == 1


def test_a_marked_text_is_found_behind_many_copies(linked: Ledger) -> None:
    """More than linking looks at; and among those that wait for linking, or are marked since."""
    story = prose(80)
    (first,) = linked.add([Reading(report_of("first.txt", story))])
    linked.add([Reading(report_of(f"{n}.txt", f"{story} Copy {n}.")) for n in range(70)])
    again = report_of("again.txt", f"{story} Once more.")
    assert why_it_stays(linked, again) is None
    mark(linked, first.report)
    assert why_it_stays(linked, again) == "marked"
    mark(linked, first.report, "clear")
    assert why_it_stays(linked, again) is None


def test_a_marked_text_is_found_that_waits_for_linking(store: str) -> None:
    """It was added without, and stands under no mark."""
    story = prose(80)
    with Ledger.open(store) as ledger:
        (first,) = ledger.add([Reading(report_of("first.txt", story))])
        mark(ledger, first.report)
        assert why_it_stays(ledger, report_of("again.txt", story)) == "marked"
        assert why_it_stays(ledger, report_of("other.txt", prose(80))) is None


def test_another_text_of_a_marked_page_stays(linked: Ledger) -> None:
    """By its address; who is not to see it is not told that it is there."""
    url = "https://courier.example/raid"
    (first,) = linked.add([Reading(report_of("first.txt", prose(80), url))])
    mark(linked, first.report, "red")
    newer = report_of("newer.txt", prose(80), url)
    assert why_it_stays(linked, newer) == "marked"
    with pytest.raises(UsageError, match="the clearance red"):
        why_it_stays(linked.seen_by("clear"), newer)
