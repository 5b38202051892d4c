"""A ledger with a protected name wherever a report has words."""

from __future__ import annotations

import dataclasses
from urllib.parse import quote

from attack.search import ALIAS, FORMS, NAME
from sayso.ledger import Ledger
from sayso.record import Reading
from tests.ledger.conftest import said_by

FIELDS = ("speaker", "text", "title", "url", "name", "byline")
WORDS = "Four soldiers were killed on 1 May 2024 in Sudzha"


def planted(n: int, field: str, said: str) -> Reading:
    """A reading that names the protected one in one place."""
    more = f"{said} asked to speak again." if field == "text" else ""
    who = said if field == "speaker" else "Ann Roe"
    url = f"https://paper{n}.example/" + (
        quote(said.lower().replace(" ", "-")) if field == "url" else "a"
    )
    made = said_by(who, WORDS, url=url, more=more)
    if field in ("title", "name", "byline"):
        value = f"{said} speaks" if field == "title" else f"{said.lower().replace(' ', '_')}.txt"
        made = dataclasses.replace(
            made, report=dataclasses.replace(made.report, **{field: value})
        )  # fmt: skip
    return made


def fill(ledger: Ledger) -> list[str]:
    """The planted ledger, the name protected; the handles of its reports."""
    readings = [planted(n, field, said) for n, (field, said) in enumerate(
        (field, said) for field in FIELDS for said in (NAME, ALIAS))]  # fmt: skip
    ledger.add(readings[:-2])
    ledger.add([said_by("Maud Ellery", WORDS, url="https://other.example/")])
    (key,) = {s.key for s in ledger.sources(NAME).rows if s.name == NAME}
    claim = ledger.claims(limit=1).rows[0].claim
    ledger.judge("note", claim, by="ed", reason=f"{NAME} rang, {ALIAS} he is called")
    ledger.judge("protect", key, by="ed", reason=f"{NAME} asked", names=list(FORMS))
    ledger.add(readings[-2:])  # what comes later is covered as well
    page = dataclasses.replace(readings[0], report=readings[0].report)
    ledger.add([page])
    return [r.report for r in ledger.reports(limit=100).rows]
