"""A reading as a notebook shows it: the report with its words marked, its claims below.

The fragment styles itself, in colours that stand on a light and on a dark page; the text stands as
given, escaped, no character lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.record import Reading
from sayso.record.claim_words import (
    carriers,
    certainty_words,
    chain_names,
    event_words,
    figure_words,
    published_words,
)
from sayso.record.html import plain, shown
from sayso.record.rows import find_rows
from sayso.record.segments import LEGEND, Segment, find_marks, sweep
from sayso.record.view import ClaimView, view_claims
from sayso.record.words import place_words, when_words

_STYLE = """
.sayso-reading{max-width:58rem;line-height:1.6;overflow-wrap:anywhere}
.sayso-reading .sayso-text{white-space:pre-wrap;margin:.5rem 0;padding:.5rem .75rem;
border:1px solid rgba(128,128,128,.35);border-radius:4px;max-height:32rem;overflow-y:auto}
.sayso-reading .sayso-off{opacity:.55}
.sayso-reading .content{background:rgba(255,196,0,.22)}
.sayso-reading .source{background:rgba(64,140,255,.30);font-weight:600}
.sayso-reading .cue{background:rgba(150,90,220,.28)}
.sayso-reading .figure{border-bottom:2px solid rgb(214,84,20)}
.sayso-reading .time,.sayso-reading .place{border-bottom:1px dotted currentColor}
.sayso-reading .sure{font-style:italic;background:rgba(20,160,120,.25)}
.sayso-reading sup{font-size:.7em;opacity:.8;user-select:none}
.sayso-reading ol{padding-left:2rem}.sayso-reading li{margin:.4rem 0}
.sayso-reading small{opacity:.85}
.sayso-reading .odd::before{content:"U+" attr(data-odd);font-size:.7em;opacity:.7}
""".replace("\n", "")


def reading_html(reading: Reading) -> str:
    """The fragment of one reading."""
    return "".join(_parts(reading))


def _parts(reading: Reading) -> Iterator[str]:
    report, views = reading.report, list(view_claims(reading))
    yield f'<div class="sayso-reading"><style>{_STYLE}</style>'
    yield f"<p><b>{plain(report.title or report.name)}</b><br><small>"
    carried = f", carrying {report.credit}" if report.credit else ""
    publisher = f"{report.publisher or 'publisher not known'}{carried}"
    yield f"{plain(publisher)} · {plain(published_words(report))} · {len(views)} claims</small></p>"
    yield from (f"<p><small>{plain(warning)}</small></p>" for warning in reading.warnings)
    legend = " ".join(f'<span class="{kind}">{plain(words)}</span>' for kind, words in LEGEND)
    yield f"<p><small>{legend}</small></p>"
    yield '<div class="sayso-text" tabindex="0" role="region" aria-label="The report">'
    yield f"{_text(reading, views)}</div>"
    yield "<ol>"
    yield from (f"<li>{_claim(view)}</li>" for view in views)
    yield "</ol></div>"


def _text(reading: Reading, views: list[ClaimView]) -> str:
    """The report's words with their marks; what is of the page alone stands back."""
    text, rows = reading.report.text, find_rows(reading.report)
    edges = (edge for row in rows for edge in (row.stretch.start, row.stretch.end))
    segments = sweep(find_marks(reading, views), edges)
    begins: dict[int, list[int]] = {}
    for view in views:
        if view.claim.content:
            begins.setdefault(view.claim.content[0].start, []).append(view.number)
    off = [row.stretch for row in rows if row.is_furniture]
    return "".join(
        "".join(f"<sup>{n}</sup>" for n in begins.get(segment.start, ()))
        + _segment(text, segment, off=any(s.start <= segment.start < s.end for s in off))
        for segment in segments
    )


def _segment(text: str, segment: Segment, *, off: bool) -> str:
    kinds = list(dict.fromkeys(mark.kind for mark in segment.marks))
    names = [*kinds, "sayso-off"] if off else kinds
    words = shown(text[segment.start : segment.end])
    return f'<span class="{" ".join(names)}">{words}</span>' if names else words


def _claim(view: ClaimView) -> str:
    names, carried = chain_names(view), len(carriers(view.report))
    chain = " › ".join(
        plain(name) if n < carried else f"<b>{plain(name)}</b>" for n, name in enumerate(names)
    )
    owner, word = certainty_words(view)
    told = [
        " · ".join(filter(None, (event_words(e), when_words(e.time), place_words(e.place))))
        for e in view.events
    ]
    told += [figure_words(figure, view.report.text) for figure in view.figures]
    facts = f"<br><small>{plain('; '.join(told))}</small>" if told else ""
    return f"{chain}: “{plain(view.content)}”<br><small>{plain(owner)} {plain(word)}</small>{facts}"
