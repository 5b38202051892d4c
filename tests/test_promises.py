"""What holds for whatever comes in: nothing crashes, every span lies in the text as given."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.intake import make_capture
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import Form, Reading, Span
from sayso.record.wire import from_wire, to_wire

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
STORIES = sorted((EXAMPLES / "stories").glob("*/*"))
FEW = settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
# What news is made of, so that random text reaches the rules and not only their guards.
SCRAPS = st.sampled_from(
    ['"', "“", "”", "'", " said ", " told AFP", ", according to ", "nearly 3,000", " killed", ".",
     "\n", "\n\n", ",", " that ", "it was reported", " Kursk ", "the NIS ", "on Friday", "Dec. 26",
     "he ", "not ", " denied ", "between ", " and ", "12", "http://x.example/a", "Related: ",
     "\u200b", "\x00", "\U0001f4a5", "\u202e", "’s ", "—", "(", ")", " purportedly ", "e\u0301"]
)  # fmt: skip
TEXTS = st.lists(SCRAPS | st.text(max_size=12), max_size=60).map("".join)


def _spans(thing: Any) -> Iterator[Span]:
    if isinstance(thing, Span):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from _spans(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for item in thing:
            yield from _spans(item)


def _hold(reading: Reading) -> None:
    """The promises of one reading."""
    text = reading.report.text
    spans = list(_spans(reading))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(0 <= b.start <= b.end <= len(text) for b in reading.report.blocks)
    ids = {x.id for x in (*reading.attributions, *reading.events, *reading.figures)}
    ids |= {s.id for s in reading.sources}
    named = {i for c in reading.claims for i in (*c.events, *c.figures, c.attribution) if i}
    named |= {i for a in reading.attributions for i in (a.within, a.source_id) if i}
    assert named <= ids
    assert from_wire(json.loads(json.dumps(to_wire(reading)))) == reading


def _read(reader: Reader, name: str, content: bytes, form: Form | None = None) -> None:
    """Read whatever comes; a refusal must be one of ours, and say which input and what to do."""
    try:
        reports = find_reports(make_capture(name, content, form))
    except SaysoError as error:
        words = str(error)
        assert words.startswith(f"{name}: ") and "; " in words, words  # noqa: PT018
        return
    for report in reports:
        _hold(reader.read(report))


@FEW
@given(text=TEXTS)
def test_any_text_is_read_or_refused(reader: Reader, text: str) -> None:
    """Scraps of news in any order never crash it, and every span lies in the text."""
    _read(reader, "scraps.txt", text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("form", [f for f in get_args(Form) if f not in {"jsonl", "warc"}])
@settings(FEW, max_examples=15)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(reader: Reader, form: Form, content: bytes) -> None:
    """Bytes that are nothing, taken for each form, are refused in words."""
    _read(reader, "bytes", content, form)


@settings(FEW, max_examples=60)
@given(data=st.data())
def test_a_mutated_report_is_read_or_refused(reader: Reader, data: st.DataObject) -> None:
    """One of our stories with a piece cut out, doubled, moved or replaced is still read."""
    path = data.draw(st.sampled_from(STORIES))
    content = path.read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        end = data.draw(st.integers(start, min(len(content), start + 200)))
        piece = data.draw(
            st.sampled_from([b"", content[start:end] * 2, content[end : end + 40], b"\x00\xff"])
            | st.binary(max_size=8)
        )
        content = content[:start] + piece + content[end:]
        if not content:
            return
    _read(reader, path.name, content)


@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.name)
def test_our_stories_hold_the_promises(reader: Reader, path: Path) -> None:
    """Every story is read, with claims, and its spans lie in its text."""
    for report in find_reports(make_capture(path.name, path.read_bytes())):
        reading = reader.read(report)
        assert reading.claims
        _hold(reading)


def test_the_same_report_gives_the_same_reading(reader: Reader) -> None:
    """Nothing random, no clock: two readings are equal, ids included."""
    path = STORIES[0]
    (report,) = find_reports(make_capture(path.name, path.read_bytes()))
    assert reader.read(report) == reader.read(report)


@pytest.mark.parametrize("char", ['"', "'", "a", " ", ",", "1", "(", "\n", "-", "“"])
def test_a_long_run_of_one_thing_is_read_in_bounded_time(reader: Reader, char: str) -> None:
    """3,000 of the same cost little more than parsing them: no rule is more than linear."""
    _bounded(reader, char * 3_000)


@pytest.mark.parametrize("words", ["said ", "he said he ", "killed three and ", "of the ", "that "])
def test_a_sentence_without_end_is_read_in_bounded_time(reader: Reader, words: str) -> None:
    """Cues and joints that never end neither fill the stack nor take minutes."""
    _bounded(reader, words * 400)


def _bounded(reader: Reader, run: str) -> None:
    start = time.process_time()
    _read(reader, "run.txt", f"The mayor said. {run} Two men died.".encode())
    assert time.process_time() - start < 15  # parsing takes 1.5 s; a square would take minutes
