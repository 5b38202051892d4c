"""The head of a report's page: what happened, who speaks of it, with links to the claims."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.cli.output.groups import by_event
from sayso.record.claim_words import figure_words, name_hop
from sayso.record.html import plain
from sayso.record.view import ClaimView
from sayso.record.words import place_words, when_words


def overview_html(views: list[ClaimView], key: str) -> str:
    """A table of the report's events with who speaks of each; empty for a report without claims."""
    if not views:
        return '<p class="none">No claims were read in this report.</p>\n'
    rows = "".join(_rows(views, key))
    head = "<tr><th>event</th><th>when, where</th><th>figures</th><th>who says so</th></tr>"
    return (
        '<details class="overview" open><summary>At a glance</summary>'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table></details>\n"
    )


def _rows(views: list[ClaimView], key: str) -> Iterator[str]:
    for event, group in by_event(views):
        what, where = "other statements", ""
        if event:
            what = event.type.replace("_", " ")
            where = ", ".join(p for p in (when_words(event.time), place_words(event.place)) if p)
        cells = (plain(where) or "<i>not stated</i>", _figures(group), _speakers(group, key))
        yield f'<tr><th scope="row">{plain(what)}</th>'
        yield "".join(f"<td>{cell}</td>" for cell in cells)
        yield "</tr>"


def _figures(group: list[ClaimView]) -> str:
    """The figures of the event that the group shares, each wording once."""
    said = dict.fromkeys(
        figure_words(figure, view.report.text, brief=True)
        for view in group
        for figure in view.figures
        if view.events and figure.id in view.events[0].figures
    )
    return "<br>".join(plain(words) for words in said)


def _speakers(group: list[ClaimView], key: str) -> str:
    """Who speaks, each with links to the claims: `port officials 2 5, the report itself 3`."""
    found: dict[str, list[int]] = {}
    for view in group:
        name = " › ".join(name_hop(h) for h in view.hops) or "the report itself"
        found.setdefault(name, []).append(view.number)
    return "<br>".join(
        plain(name) + "".join(f' <a class="ref" href="#{key}c{n}">{n}</a>' for n in numbers)
        for name, numbers in found.items()
    )
