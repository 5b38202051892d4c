"""JSON Lines: the schema's rows, inert on a screen, equal in data."""

from __future__ import annotations

import dataclasses
import json
import unicodedata

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.cli.output.jsonl import JsonLines, to_json
from sayso.record import Reading
from sayso.record.wire import from_wire, schema


def test_a_line_fits_the_schema(reading: Reading) -> None:
    """What is printed is what `sayso schema` says."""
    jsonschema.validate(json.loads(JsonLines().put(reading)), schema())


def test_a_line_reads_back_as_the_same_reading(reading: Reading) -> None:
    """Nothing is lost or changed on the way out, control characters included."""
    assert from_wire(json.loads(JsonLines().put(reading))) == reading


def test_a_reading_is_one_line(reading: Reading) -> None:
    """Also for readers that split lines at U+2028, U+0085 or a file separator."""
    report = dataclasses.replace(reading.report, text="a\u2028b\x85c\x1cd\x0be\n")
    line = JsonLines().put(dataclasses.replace(reading, report=report, claims=(), attributions=()))
    assert len(line.splitlines()) == 1
    assert line.endswith("\n")


def test_plain_letters_stay_readable() -> None:
    """Łódź is not written as escapes: people grep these files."""
    assert to_json({"a": "Łódź “x”"}) == '{"a": "Łódź “x”"}'


def test_a_lone_surrogate_can_be_written() -> None:
    """A broken JSON input may hold one; the output must not break on it."""
    assert to_json("a\ud800b").encode() == b'"a\\ud800b"'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_acts_on_a_terminal(text: str) -> None:
    """Equal data, but no control or override in the line itself."""
    line = to_json(text)
    assert json.loads(line) == text
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in line)
    line.encode()
