"""Origins of an incident: from reports through copies and acts of saying to who says it first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.tree import Tree

from sayso.cli.output.clean import clean_text
from sayso.incidents.words import date_words, report_words, said_as, shorten, some
from sayso.record.claim_words import CHAIN_SIGN
from sayso.record.incident import (
    ClaimLine,
    CopyLine,
    IncidentView,
    JoinLine,
    OriginLine,
    Quote,
    UtteranceLine,
)
from sayso.record.words import shorten_name

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_QUOTED = 70  # characters of the words that show a join
_BOUND = {"both": "one", "at_least": "perhaps one"}


def origin_trees(view: IncidentView) -> Iterator[RenderableType]:
    """A tree an origin: its chains, and under each the reports that carry it."""
    for n, origin in enumerate(view.origins, 1):
        yield _tree(view, origin, f"{n}  ")
    for origin in view.denials:
        yield _tree(view, origin, "says not so: ")


def _tree(view: IncidentView, origin: OriginLine, mark: str) -> Tree:
    tree = Tree(_origin(origin, mark), guide_style="dim")
    held = {claim.claim: claim for claim in view.claims}
    chains: dict[tuple[str, ...], list[ClaimLine]] = {}
    for handle in origin.claims:
        claim = held.get(handle)
        if claim is not None:
            chains.setdefault(claim.chain or origin.chain, []).append(claim)
    for chain, claims in sorted(chains.items()):
        branch = tree.add(clean_text(CHAIN_SIGN.join(map(shorten_name, chain))))
        for line in _reports(view, claims):
            branch.add(line)
    return tree


def _origin(origin: OriginLine, mark: str) -> Text:
    line = clean_text(mark, "dim")
    line.append_text(clean_text(origin.name, "bold"))
    kind = {"voice": "a report's own voice", "cycle": "reports that cite each other"}
    notes = [kind.get(origin.kind, origin.kind)]
    notes += [] if origin.named or origin.kind in kind else ["not named"]
    notes += ["party to the conflict"] if origin.party else []
    notes += [f"reliability {origin.grade}"] if origin.grade != "F" else []
    notes += [origin.may_be] if origin.may_be and origin.may_be != notes[0] else []
    weakest = (origin.weakest or "").removesuffix(": not named")
    notes += [f"weakest link: {origin.weakest}"] if weakest not in ("", origin.name) else []
    line.append_text(clean_text(f" · {' · '.join(notes)}"))
    return line


def _reports(view: IncidentView, claims: Iterable[ClaimLine]) -> Iterator[Text]:
    handles: dict[str, list[str]] = {}
    for claim in claims:
        handles.setdefault(claim.report, []).append(claim.claim)
    for report in view.report_lines:
        if report.report in handles:
            line = clean_text(f"{report_words(report)}: {some(handles[report.report])}")
            if report.same_text:
                line.append_text(clean_text(f" · same text as {some(report.same_text)}", "dim"))
            yield line


def join_lines(joins: Iterable[JoinLine]) -> Iterator[RenderableType]:
    """Why sources are counted as one: the ground in words, the words that show it, the id."""
    for join in sorted(joins, key=lambda j: j.bound != "both"):
        line = clean_text(f"{_BOUND[join.bound]}: ", "bold")
        line.append_text(clean_text(f"{join.words} [{join.kind}] "))
        line.append_text(clean_text(join.id, "dim"))
        yield line
        yield from (Padding(_quote(q), (0, 0, 0, 4)) for q in join.quotes[:2])


def utterance_lines(utterances: Iterable[UtteranceLine]) -> Iterator[RenderableType]:
    """One act of saying in several reports, each with its words and why it is the same."""
    for act in utterances:
        said = f", said {date_words(act.said)}" if act.said else ""
        line = clean_text(act.speaker.lstrip(" ,;:"), "bold")
        line.append_text(clean_text(f"{said}, in {some(_in_reports(act.quotes))} "))
        line.append_text(clean_text(act.id, "dim"))
        yield line
        grounds: dict[str, list[str]] = {}
        for join in act.joins:
            grounds.setdefault(f"{join.words} [{join.kind}] ", []).append(join.id)
        for words, ids in grounds.items():
            told = clean_text(words)
            told.append_text(clean_text(" ".join(ids), "dim"))
            yield Padding(told, (0, 0, 0, 4))


def _in_reports(quotes: Iterable[Quote]) -> list[str]:
    return list(dict.fromkeys(quote.report for quote in quotes))


def copy_lines(copies: Iterable[CopyLine]) -> Iterator[RenderableType]:
    """Reports that share text: how much of each stands in the other."""
    for copy in copies:
        words = f"{_share(copy.share_a)} of {copy.a} stands in {copy.b}"
        line = clean_text(f"{words}, {_share(copy.share_b)} the other way ")
        line.append_text(clean_text(copy.id, "dim"))
        yield line


def _share(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _quote(quote: Quote) -> Text:
    return clean_text(f"{quote.report} “{shorten(said_as(quote.words), _QUOTED)}”", "dim")
