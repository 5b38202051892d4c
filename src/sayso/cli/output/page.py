"""One HTML page that needs nothing else: each report beside the claims that its words state.

The text stands as given, no character lost: what a page can't hold (NUL, a bidirectional override)
is shown by name and kept in `data-c`. Words and claims are linked both ways by anchors, so that it
works without JavaScript; the script only lights up and scrolls. Nothing is fetched from anywhere,
and the policy in the head forbids it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib import resources

from sayso import __version__
from sayso.cli.output.card import card_html
from sayso.cli.output.overview import overview_html
from sayso.record import Reading
from sayso.record.claim_words import BLOCK_WORDS, published_words
from sayso.record.html import plain, shown
from sayso.record.rows import Row, claims_by_row, find_rows, is_folded, runs_of
from sayso.record.segments import LEGEND, Segment, find_marks, sweep
from sayso.record.view import ClaimView, view_claims


class Page:
    """Readings as one HTML page, whole at its end."""

    encoding = "utf-8"
    warns = True

    def __init__(self) -> None:
        self._reports: list[str] = []
        self._titles: list[str] = []
        self._claims = 0

    def put(self, reading: Reading) -> str:
        """Nothing yet: a page is written once, whole."""
        number = len(self._reports) + 1
        self._reports.append("".join(_report_html(reading, f"r{number}")))
        self._titles.append(reading.report.title or reading.report.name)
        self._claims += len(reading.claims)
        return ""

    def end(self) -> str:
        """The whole page."""
        return "".join(self._lines())

    def _lines(self) -> Iterator[str]:
        style, script = _asset("page.css"), _asset("page.js")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        title = self._titles[0] if len(self._titles) == 1 else f"{len(self._titles)} reports"
        yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield '<meta name="referrer" content="no-referrer">\n'
        yield '<meta name="color-scheme" content="light dark">\n'
        yield f'<meta name="generator" content="sayso {__version__}">\n'
        yield f"<title>{plain(title)} · sayso</title>\n<style>{style}</style>\n</head>\n<body>\n"
        yield from self._top()
        yield "<main>\n"
        yield from self._reports
        yield f"</main>\n<script>{script}</script>\n</body>\n</html>\n"

    def _top(self) -> Iterator[str]:
        reports = "1 report" if len(self._titles) == 1 else f"{len(self._titles)} reports"
        claims = "1 claim" if self._claims == 1 else f"{self._claims} claims"
        yield '<header class="top">\n<p class="brand"><b>sayso</b> on whose say-so?</p>\n'
        yield f'<p class="sum">{reports}, {claims}. Each claim stands beside the words that state '
        yield "it, under whoever says so. How sure is the speaker’s own word; whether it is true, "
        yield "sayso does not judge.</p>\n"
        yield '<ul class="legend" aria-label="What the marks mean">'
        for kind, words in LEGEND:
            yield f'<li><span class="s {kind}">{words}</span></li>'
        yield '<li><span class="dim">of the page, not of the report</span></li></ul>\n'
        if len(self._titles) > 1:
            yield '<nav aria-label="Reports"><ol>'
            for number, name in enumerate(self._titles, 1):
                yield f'<li><a href="#r{number}">{plain(name)}</a></li>'
            yield "</ol></nav>\n"
        yield "</header>\n"


def _asset(name: str) -> str:
    return resources.files("sayso.cli.output").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """A hash as a Content-Security-Policy names it; of the bytes between the tags."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _report_html(reading: Reading, key: str) -> Iterator[str]:
    report, views = reading.report, list(view_claims(reading))
    yield f'<article class="report" id="{key}">\n'
    yield from _head_html(reading)
    yield overview_html(views, key)
    yield '<div class="rows">\n'
    marks = find_marks(reading, views)
    rows = find_rows(report)
    segments = list(sweep(marks, (edge for r in rows for edge in (r.stretch.start, r.stretch.end))))
    cards = claims_by_row(views, marks, rows)
    texts = _texts(report.text, segments, rows, views, key)
    for run in runs_of(rows, cards):
        folded = is_folded(run, rows)
        if folded:
            kinds = dict.fromkeys(BLOCK_WORDS[k] for i in run if (k := rows[i].kind))
            yield f'<details class="fold"><summary>{", ".join(kinds)}</summary>\n'
        for i in run:
            yield _row_html(rows[i], texts[i], [card_html(v, key) for v in cards.get(i, [])])
        yield "</details>\n" if folded else ""
    yield "</div>\n</article>\n"


def _head_html(reading: Reading) -> Iterator[str]:
    report = reading.report
    publisher = plain(report.publisher or "publisher not known")
    credit = report.credit if report.credit != report.publisher else None
    carrying = f", carrying <b>{plain(credit)}</b>" if credit else ""
    yield f'<header class="head">\n<p class="from"><b>{publisher}</b>{carrying} · '
    yield f"{plain(published_words(report))}</p>\n"
    untitled = "" if report.title else ' class="untitled"'
    yield f"<h2{untitled}>{plain(report.title or report.name)}</h2>\n"
    about = [report.name if report.title else "", f"by {report.byline}" if report.byline else "",
             "an excerpt, not the whole" if report.excerpt else "", report.url or ""]  # fmt: skip
    yield f'<p class="about">{" · ".join(plain(part) for part in about if part)}</p>\n'
    if reading.warnings:
        yield '<ul class="warnings">'
        yield from (f"<li>{plain(warning)}</li>" for warning in reading.warnings)
        yield "</ul>\n"
    yield "</header>\n"


def _texts(
    text: str, segments: list[Segment], rows: list[Row], views: list[ClaimView], key: str
) -> list[str]:
    """The HTML of each row's words."""
    begins: dict[int, list[int]] = {}
    for view in views:
        if view.claim.content:
            begins.setdefault(view.claim.content[0].start, []).append(view.number)
    found: list[list[str]] = [[] for _ in rows]
    row = 0
    for segment in segments:
        while segment.start >= rows[row].stretch.end:
            row += 1
        for number in begins.get(segment.start, ()):
            found[row].append(_number_html(number, key))
        found[row].append(_segment_html(text, segment, key))
    return ["".join(parts) for parts in found]


def _number_html(number: int, key: str) -> str:
    """The number before a claim's words; drawn by the style, so that the text stays as given."""
    return (
        f'<a class="n" id="{key}w{number}" href="#{key}c{number}" data-n="{number}" '
        f'data-c="{key}c{number}" aria-label="claim {number}"></a>'
    )


def _segment_html(text: str, segment: Segment, key: str) -> str:
    words = shown(text[segment.start : segment.end])
    if not segment.marks:
        return words
    kinds = " ".join(dict.fromkeys(m.kind for m in segment.marks))
    claims = " ".join(dict.fromkeys(f"{key}c{m.claim}" for m in segment.marks if m.claim))
    linked = f' data-c="{claims}"' if claims else ""
    return f'<span class="s {kinds}"{linked}>{words}</span>'


def _row_html(row: Row, words: str, cards: list[str]) -> str:
    kind = row.kind or "between"
    label = BLOCK_WORDS.get(row.kind, "") if row.kind else ""
    tag = f'<span class="kind" data-kind="{escape(label)}"></span>' if label else ""
    dim = " dim" if row.is_furniture else ""
    if not words.strip():
        dim = " blank"  # what parts two blocks: kept, since the text is whole, but no line of it
    beside = f'<div class="cards">{"".join(cards)}</div>' if cards else ""
    text = f'<div class="text">{tag}<p class="words">{words}</p></div>'
    return f'<div class="row {kind}{dim}">{text}{beside}</div>\n'
