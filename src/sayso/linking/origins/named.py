"""What an origin is called: the fullest name, its kind, and the hops from the reader to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sayso.linking.speakers.lines import Line, Node, agency_of
from sayso.record import Reading


def fullest(nodes: Iterable[Node]) -> Node:
    """The node of one source that tells most of who it is; first the one that a person named."""
    return max(
        nodes,
        key=lambda n: (
            n.who.is_head, n.who.is_told_apart, not n.is_voice, len(n.who.name), n.id,
        ),
    )  # fmt: skip


def kind_of(node: Node, held: Mapping[str, Reading]) -> str:
    """The kind of source that a node is."""
    source_id = node.id.partition("|")[2]
    sources = held[node.report].sources
    found = next((s.kind for s in sources if s.id == source_id), None)
    return found or ("agency" if node.key else "unnamed")  # an institution's own page, or nobody


def chain_of(line: Line, held: Mapping[str, Reading]) -> tuple[str, ...]:
    """The hops from the reader inwards: publisher, credit, speakers."""
    report = held[line.ref.report].report
    agency = agency_of(report)
    hops = [report.publisher or "", agency.name if agency else ""]
    hops += [n.who.name for n in line.hops if not n.is_voice]
    return tuple(dict.fromkeys(h for h in hops if h))
