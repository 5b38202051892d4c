"""Lists of claims: for people by who says so and how sure; CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.table import Table

from sayso.cli.output.clean import clean_text
from sayso.cli.output.listing import Listing
from sayso.cli.output.sheet import Sheet
from sayso.ledger.layout.answers import ClaimAnswer
from sayso.record.cells import Value, joined
from sayso.record.claim_words import CHAIN_SIGN, UNNAMED


def _chain(claim: ClaimAnswer) -> list[str]:
    """The hops in the text, the outermost first."""
    return [hop["name"] or UNNAMED for hop in claim.chain]


def _of_events(take: Callable[[dict[str, Any]], Value]) -> Callable[[ClaimAnswer], Value]:
    return lambda c: joined(take(event) for event in c.events)


def _where(event: dict[str, Any], key: str) -> Value:
    return event["where"][key] if event["where"] else None


def _when(event: dict[str, Any], side: str) -> Value:
    return event["when"][side] if event["when"] else None


COLUMNS: dict[str, Callable[[ClaimAnswer], Value]] = {
    "claim": lambda c: c.claim,
    "report": lambda c: c.report.report,
    "name": lambda c: c.report.name,
    "publisher": lambda c: c.report.publisher,
    "credit": lambda c: c.report.credit,
    "url": lambda c: c.report.url,
    "published": lambda c: (c.report.published or {}).get("start"),
    "content": lambda c: c.content,
    "speaker": lambda c: _chain(c)[0] if c.chain else None,
    "chain": lambda c: CHAIN_SIGN.join(_chain(c)),
    "quotation": lambda c: c.quotation,
    "said": lambda c: (c.said or {}).get("start"),
    "certainty": lambda c: c.certainty,
    "polarity": lambda c: c.polarity,
    "event_type": _of_events(lambda e: e["type"]),
    "event_start": _of_events(lambda e: _when(e, "start")),
    "event_end": _of_events(lambda e: _when(e, "end")),
    "place": _of_events(lambda e: _where(e, "name")),
    "country": _of_events(lambda e: _where(e, "country")),
    "figure": lambda c: joined(f.words for f in c.figures),
    "figure_counts": lambda c: joined(f.counts for f in c.figures),
    "figure_low": lambda c: joined(f.low for f in c.figures),
    "figure_best": lambda c: joined(f.best for f in c.figures),
    "figure_high": lambda c: joined(f.high for f in c.figures),
    "judged": lambda c: joined(f"{j.action} by {j.by}" for j in c.judgements),
    "learnt": lambda c: c.learnt,
}


def _show(rows: Sequence[ClaimAnswer], sheet: Sheet) -> None:
    """Its handle and day; beside it the chain and how sure, the words and figures below."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for claim in rows:
        day = str((claim.report.published or {}).get("start") or "no date")[:10]
        hops = [claim.report.publisher, claim.report.credit, *_chain(claim)]
        chain = CHAIN_SIGN.join(dict.fromkeys(hop for hop in hops if hop)) or claim.report.name
        figures = ", ".join(f"{f.words} {f.counts.replace('_', ' ')}" for f in claim.figures)
        words = clean_text(f"{chain}: {claim.certainty}", "bold")
        words.append_text(clean_text("".join(f" [{j.action} by {j.by}]" for j in claim.judgements)))
        words.append("\n").append_text(clean_text(claim.content))
        words.append_text(clean_text(f"  ({figures})" if figures else "", "dim"))
        table.add_row(clean_text(claim.claim), clean_text(day), words)
    sheet.console.print(table)


CLAIMS = Listing(COLUMNS, _show)
