"""The chain picture: from reports through who carries and who speaks to where say-so ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.incidents.words import day_words
from sayso.record.incident import ClaimLine, IncidentView, OriginLine, ReportLine
from sayso.record.words import shorten_name

NodeKind = Literal["report", "carrier", "speaker", "origin", "denial"]
EdgeKind = Literal["carries", "rests", "copy", "join"]
SHOWN = 40  # reports; of more only the first with each text are drawn
_KINDS = {"voice": "its own voice", "cycle": "cite each other"}


@dataclass(frozen=True, slots=True)
class Node:
    """A report, who carries or speaks, or an origin; `beside` says more in small letters."""

    id: str
    kind: NodeKind
    label: str
    beside: str = ""
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """From what carries to what is carried. A copy or a join has its ground and its id."""

    a: str
    b: str
    kind: EdgeKind
    words: str = ""
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Chains:
    """The picture; `left_out` are reports whose text a drawn one has."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0


def chains_of(view: IncidentView) -> Chains:
    """The chains of an incident as a graph."""
    return _Drawing(view).chains()


class _Drawing:
    """One picture in the making."""

    def __init__(self, view: IncidentView) -> None:
        self.view = view
        self.reports = {r.report: r for r in view.report_lines}
        self.claims = {c.claim: c for c in view.claims}
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str, str], Edge] = {}
        self.spoken: dict[tuple[str, str], tuple[str, str]] = {}  # a name's node, and its origin's
        many = len(self.reports) > SHOWN
        self.hidden = {r.report for r in view.report_lines if many and r.same_text}

    def chains(self) -> Chains:
        """The picture."""
        for n, origin in enumerate((*self.view.origins, *self.view.denials)):
            kind: NodeKind = "origin" if n < len(self.view.origins) else "denial"
            self._draw(origin, f"o{n}", kind)
        for copy in self.view.copies:
            if {f"report-{copy.a}", f"report-{copy.b}"} <= self.nodes.keys():
                words = f"{max(copy.share_a, copy.share_b):.0%} same text".replace("%", " %")
                self._edge(f"report-{copy.a}", f"report-{copy.b}", "copy", words, copy.id)
        self._joins()
        return Chains(tuple(self.nodes.values()), tuple(self.edges.values()), len(self.hidden))

    def _draw(self, origin: OriginLine, own: str, kind: NodeKind) -> None:
        self.nodes[own] = Node(own, kind, origin.name, "; ".join(_notes(origin)))
        for handle in origin.claims:
            claim = self.claims.get(handle)
            if claim is not None and claim.report not in self.hidden:
                self._draw_claim(claim, origin, own)

    def _draw_claim(self, claim: ClaimLine, origin: OriginLine, own: str) -> None:
        report = self.reports[claim.report]
        at = f"report-{report.report}"
        if at not in self.nodes:
            who, beside = report.publisher or report.name, day_words(report.published)
            self.nodes[at] = Node(at, "report", who, f"{report.report}, {beside}", report.report)
        for name in _between(claim, report):
            to = own if name == origin.name else self._speaker(name, report, own)
            self.spoken[report.report, name] = to, own
            self._edge(at, to, "carries")
            at = to
        if at != own:
            self._edge(at, own, "rests" if at in self.nodes and claim.speaker else "carries")

    def _speaker(self, name: str, report: ReportLine, own: str) -> str:
        """The node of a name: a carrier's is one for all, a speaker's one an origin."""
        carries = name == report.credit
        label = shorten_name(name.lstrip(" ,;:"))
        id_ = f"carrier {label}" if carries else f"{own} {label.casefold()}"
        self.nodes.setdefault(id_, Node(id_, "carrier" if carries else "speaker", label))
        return id_

    def _edge(
        self, a: str, b: str, kind: EdgeKind, words: str = "", id_: str | None = None
    ) -> None:
        if a != b:
            self.edges.setdefault((a, b, kind), Edge(a, b, kind, words, id_))

    def _joins(self) -> None:
        """Joins of two that are drawn apart; of two under one name the list tells."""
        for join in self.view.joins:
            first, second = (self.spoken.get(_side(side)) for side in (join.a, join.b))
            if first and second:
                one = join.bound == "both"  # else the two origins are perhaps one
                a, b = sorted((first[not one], second[not one]))
                self._edge(a, b, "join", join.kind if one else "perhaps one", join.id)


def _between(claim: ClaimLine, report: ReportLine) -> Iterator[str]:
    """Who stands between a report and its claim's origin: the wire, then who speaks."""
    return (name for name in claim.chain if name != report.publisher)


def _side(words: str) -> tuple[str, str]:
    """The report and the name in `the guild (r12)`."""
    name, _, report = words.rpartition(" (")
    return report.rstrip(")"), name


def _notes(origin: OriginLine) -> Iterable[str]:
    if origin.kind in _KINDS:
        yield _KINDS[origin.kind]
    elif not origin.named:
        yield "not named"
    if origin.may_be and origin.kind not in _KINDS:
        yield origin.may_be.partition(":")[0]
    if origin.party:
        yield "party to the conflict"
