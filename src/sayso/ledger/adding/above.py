"""What somebody decides who reads a twin, decided too about the report in whose place it stands.

Both decisions are entered: the one that they see, and the one that holds for whoever is cleared for
red, whose detail names the first (`twin`). What only a name would tell apart is refused.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import UsageError
from sayso.ledger.adding.twins import masked, without
from sayso.ledger.entries.linking import Relink
from sayso.ledger.entries.readings import load_readings, rejected_claims
from sayso.ledger.judging.judge import Verdict, judge
from sayso.ledger.layout.answers import Judged, is_claim, parse_handle
from sayso.ledger.seeing.behind import any_twins, last_twins, twins_of
from sayso.ledger.seeing.cover import TWIN, Cover, cover_of
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where
from sayso.record import Reading, words_of

MEND = "look at the report's page again, or ask somebody who is cleared for red"
OF_REPORTS = frozenset({"accept", "reject", "note"})


def verdict_above(conn: Connection, verdict: Verdict) -> Verdict | None:
    """What a decision about a twin says about its report; None for what is about no twin.

    Raises UsageError where it cannot be said: a name, or its label, is in it, or the claim is no
    longer there.
    """
    target = verdict.target
    if not any_twins(conn):
        return None
    if is_claim(target):
        own = _claim_above(conn, *parse_handle(target, "c"))
    elif target[:1] == "r" and target[1:].isdecimal() and verdict.action in OF_REPORTS:
        report = parse_handle(target, "r")[0]
        original = twins_of(conn, [report]).get(report)
        own = f"r{original}" if original is not None else None
    else:
        own = None
    if own is None:
        return None
    cover = cover_of(conn)
    if verdict.action == "correct" and cover and _names(cover, verdict.detail):
        raise UsageError(f"this tells of somebody whose name is protected here; {MEND}")
    return dataclasses.replace(verdict, target=own)


def refuse_addition(conn: Connection, report: str) -> None:
    """Raises UsageError for a twin: where in the report a claim's words are needs the report."""
    number = parse_handle(report, "r")[0]
    if number in twins_of(conn, [number]):
        raise UsageError(
            f"a name is kept from you in {report}, and a claim is added to the report as it is: "
            "ask somebody who is cleared for red"
        )


def judge_above(
    conn: Connection, verdict: Verdict, below: Judged, at: int, relink: Relink
) -> Judged:
    """The decision about the report, after the one about what stands in its place."""
    detail = {**verdict.detail, TWIN: below.entry}
    return judge(conn, dataclasses.replace(verdict, detail=detail), at, relink)


def _names(cover: Cover, detail: dict[str, Any]) -> bool:
    """True where a protected name, or a label, is in what is to stand in a reading."""
    said = {key: value for key, value in detail.items() if key != "field"}
    return cover.meets(said) or cover.is_label(json.dumps(said, ensure_ascii=False))


def _claim_above(conn: Connection, reading: int, n: int | None) -> str | None:
    """The claim of a report that a claim of its twin is made of; None for no twin's."""
    row = conn.execute(select(schema.reading).filter_by(entry=reading)).one_or_none()
    report = row.report if row else 0
    original = twins_of(conn, [report]).get(report)
    if row is None or original is None:
        return None
    base = next((r.entry for r in rows_where(conn, schema.reading, "report", [original])
                 if r.until is None), None)  # fmt: skip
    if base is None or row.until is not None or last_twins(conn, [original])[original] != report:
        raise UsageError(f"this is no longer what stands in the report; {MEND}")
    held = load_readings(conn, [base, reading])
    gone = rejected_claims(conn, {base: held[base]}, None)
    left = without(held[base], gone)
    places = [i for i, claim in enumerate(held[base].claims) if claim in left.claims]
    cover = cover_of(conn)
    told = masked(left, cover) if cover else left
    if n is None or n >= len(places) or _claims(told)[n] != _claims(held[reading])[n]:
        raise UsageError(f"the report says something else there now; {MEND}")
    return f"c{base}.{places[n]}"


def _claims(reading: Reading) -> list[str]:
    """The words of each claim; none is as many as another has."""
    return [words_of(reading.report.text, claim.content) for claim in reading.claims]
