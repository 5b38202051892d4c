"""Two readings side by side."""

from __future__ import annotations

from dataclasses import replace

import jsonschema

from sayso.intake import make_capture
from sayso.page import find_reports
from sayso.pipeline.compare import SCHEMA, compare, schema
from sayso.reading.reader import Reader
from sayso.record import Reading

TEXT = (
    "The harbour office in Bergen said on Monday that armed men had captured two guards.\n\n"
    "About 40 dockers were wounded in the raid, the police said.\n"
)
NAMES = ("model", "rules")


def read(reader: Reader) -> Reading:
    """The reading of the text."""
    (report,) = find_reports(make_capture("pier.txt", TEXT.encode()), published="2025-03-04")
    return reader.read(report)


def test_a_reading_agrees_with_itself(reader: Reader) -> None:
    """In all kinds, and there are some."""
    found = compare(read(reader), read(reader), NAMES)
    assert {row.standing for row in found.rows} == {"both"}
    assert {row.kind for row in found.rows} == {"speaker", "claim", "figure"}


def test_what_differs_is_named(reader: Reader) -> None:
    """Certainty and bounds, each in its row."""
    a = read(reader)
    claim, *claims = a.claims
    figure, *figures = a.figures
    b = replace(
        a, claims=(replace(claim, certainty="denied"), *claims),
        figures=(replace(figure, best=99.0), *figures),
    )  # fmt: skip
    found = compare(a, b, NAMES)
    assert [(r.kind, r.differs) for r in found.rows if r.standing == "differs"] == [
        ("claim", ("certainty",)), ("figure", ("bounds",)),
    ]  # fmt: skip
    assert found.counts()["claim"]["differs"] == 1


def test_what_one_has_alone_is_its_own(reader: Reader) -> None:
    """On the side that has it, with its words."""
    a = read(reader)
    b = replace(a, claims=a.claims[1:], figures=())
    alone = [r for r in compare(a, b, NAMES).rows if r.standing == "only_a"]
    assert [r.kind for r in alone] == ["claim", *["figure"] * len(a.figures)]
    assert all(r.b is None and r.words in " ".join(TEXT.split()) for r in alone)
    back = compare(b, a, NAMES)
    assert [r.kind for r in back.rows if r.standing == "only_b"] == [r.kind for r in alone]


def test_a_claim_is_one_where_half_of_it_is_shared(reader: Reader) -> None:
    """A longer stretch of the same words is the same claim; a scrap of it is none."""
    a = read(reader)
    (span,) = a.claims[0].content
    near = replace(a.claims[0], content=(replace(span, start=span.start + 3),))
    far = replace(a.claims[0], content=(replace(span, start=span.end - 4),))
    for claim, count in ((near, 0), (far, 1)):
        found = compare(a, replace(a, claims=(claim, *a.claims[1:])), NAMES)
        assert found.counts()["claim"]["only_b"] == count


def test_a_line_fits_its_schema(reader: Reader) -> None:
    """The version is in it."""
    a = read(reader)
    row = compare(a, replace(a, claims=()), NAMES).to_wire()
    assert row["schema"] == SCHEMA == "sayso.compare/1"
    jsonschema.Draft202012Validator(schema()).validate(row)
