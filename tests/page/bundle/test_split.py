"""Bundles of news databases are split into their reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.page import find_reports
from sayso.page.bundle.split import split_bundle
from sayso.record import Capture, Report

CaptureOf = Callable[..., Capture]
Kinds = Callable[[Report], list[tuple[str, str]]]

OLD_NEXIS = """\
                               1 of 2 DOCUMENTS


                             The Larne Courier

                          December 27, 2024 Friday
                              Late Edition - Final

Ferry Raised Off Larne, Coast Guard Says

BYLINE: By JANE ROE

SECTION: Section A; Column 1; Pg. 4

LENGTH: 134 words

DATELINE: LARNE

Divers have raised the ferry that sank off the port of Larne in March, the
coast guard said on Friday.

   The owner of the ship has not answered the questions of the court, which
meets again next week.

LOAD-DATE: December 28, 2024

LANGUAGE: ENGLISH

GRAPHIC: PHOTO: The ferry beside a crane. (PHOTOGRAPH BY ANN POE)

                    Copyright 2024 The Larne Courier Company
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                              Harbour Wire International

                          December 26, 2024 Thursday 10:15 PM GMT

Rebels leave hill town

BYLINE: By JOHN DOE, Associated Press Writer

LENGTH: 98 words

MARDA (AP) _ The last rebel fighters left the town of Marda on Thursday, a
monitor said.

LOAD-DATE: December 27, 2024

                    Copyright 2024 Harbour Wire
"""
NEW_NEXIS = """\
User Name: someone
Date and Time: Monday, January 6, 2025 10:00:00 AM EST
Job Number: 123456
Documents (2)
1. Ferry raised off Larne
2. Rebels leave hill town

Ferry raised off Larne
The Larne Courier
December 27, 2024 Friday

Copyright 2024 The Larne Courier Company All Rights Reserved
Section: NEWS
Length: 134 words
Byline: Jane Roe
Body


Divers have raised the ferry that sank off the port of Larne in March, the coast guard said.
The owner of the ship has not answered the questions of the court.

Graphic

The ferry beside a crane.
Load-Date: December 28, 2024


End of Document

Rebels leave hill town
Daily Observer (London)
December 26, 2024 Thursday 10:15 PM GMT

Copyright 2024 Daily Observer Ltd All Rights Reserved
Length: 98 words
Body


The last rebel fighters left the town of Marda on Thursday, a monitor said.


Load-Date: December 27, 2024


End of Document
"""
FACTIVA = """\
Ferry raised off Larne
By Jane Roe
134 words
27 December 2024
10:15
Reuters News
LBA
English
(c) 2024 Reuters Limited

LARNE, Dec 27 (Reuters) - Divers have raised the ferry that sank off Larne, the coast guard said.

The owner of the ship has not answered the questions of the court.

Document LBA0000020241227ekcr0002x

Rebels leave hill town
98 words
26 December 2024
Daily Observer
DOBS
English
Copyright 2024. The Daily Observer.

The last rebel fighters left the town of Marda on Thursday, a monitor said.

Document DOBS000020241226ekcr0003y
"""
CODED = """\
HD    Ferry raised off Larne
BY    By Jane Roe
WC    134 words
PD    27 December 2024
SN    Larne Courier
LA    English
CY    (c) 2024 Larne Courier

LP    Divers have raised the ferry that sank off Larne, the coast guard said.

TD    The owner of the ship has not answered the questions of the court.

RE    gb : United Kingdom
AN    Document LARN000020241227ekcr0002x
"""


@pytest.mark.parametrize(
    ("text", "publishers", "days"),
    [
        (OLD_NEXIS, ["The Larne Courier", "Harbour Wire International"], ["27", "26"]),
        (NEW_NEXIS, ["The Larne Courier", "Daily Observer (London)"], ["27", "26"]),
        (FACTIVA, ["Reuters", "Daily Observer"], ["27", "26"]),
        (CODED, ["Larne Courier"], ["27"]),
    ],
    ids=["old-nexis", "new-nexis", "factiva", "factiva-codes"],
)
def test_each_report_has_its_own_head(
    capture_of: CaptureOf, kinds_in: Kinds, text: str, publishers: list[str], days: list[str]
) -> None:
    """Publisher, date, headline and byline of each, and nothing of its fields in its body."""
    reports = find_reports(capture_of(text, name="bundle.txt"))
    assert [r.publisher for r in reports] == publishers
    assert [r.published.start[8:10] for r in reports if r.published and r.published.start] == days
    assert [r.name for r in reports] == [f"bundle.txt#{i + 1}" for i in range(len(reports))]
    titles = [(r.title or "").casefold() for r in reports]
    assert titles[0].startswith("ferry raised off larne")
    assert all(title == "rebels leave hill town" for title in titles[1:])
    for report in reports:
        body = " ".join(words for kind, words in kinds_in(report) if kind == "body")
        assert body.startswith(("Divers have raised", "The last rebel fighters"))
        assert body.endswith(("the court.", "next week.", "monitor said."))


def test_byline_credit_and_caption(capture_of: CaptureOf, kinds_in: Kinds) -> None:
    """The wire of a byline's "Writer" and of a dateline is the credit; a graphic is a caption."""
    first, second = find_reports(capture_of(OLD_NEXIS))
    assert (first.byline, first.credit) == ("JANE ROE", None)
    assert (second.byline, second.credit) == ("JOHN DOE", "Associated Press")
    assert ("caption", "PHOTO: The ferry beside a crane. (PHOTOGRAPH BY ANN POE)") in kinds_in(
        first
    )


def test_a_report_of_a_bundle_is_a_stretch_of_the_file() -> None:
    """Nothing is changed in it: its text stands in the file as it is."""
    for text in (OLD_NEXIS, NEW_NEXIS, FACTIVA, CODED):
        for found in split_bundle(text):
            assert found.text in text


def test_a_story_with_a_count_is_no_bundle() -> None:
    """A line that says "2 of 3" does not make a database of a story."""
    story = "Divers have raised the ferry.\n\n2 of 3\n\nThe owner has not answered the court.\n"
    assert split_bundle(story) == []
