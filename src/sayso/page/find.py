"""From a capture to its reports: one finder a form, and what the caller gave laid over it."""

# ruff: noqa: PLC0415 - a form's library is imported when the first such capture comes

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sayso.errors import CaptureError, InputError, PageError, UsageError
from sayso.page.dates import read_date, read_iso
from sayso.page.found import Found
from sayso.page.language import find_language
from sayso.page.outlet import host_of, is_social, publisher_at, wire_named
from sayso.record import Capture, Form, Report, When, refuse_long, report_id
from sayso.record.clean import make_whole


@dataclass(frozen=True, slots=True)
class Page:
    """A report, and what its finder had to say about finding it (for the reading's warnings)."""

    report: Report
    warnings: tuple[str, ...] = ()


def _find_text(capture: Capture) -> Iterator[Found]:
    from sayso.page.bundle.split import split_bundle
    from sayso.page.decode import decode
    from sayso.page.text import read_text

    text = decode(capture)
    nuls = text.count("\0")
    text = text.replace("\0", " ")  # one for one: no offset moves
    if reports := split_bundle(text):
        yield from reports
        return
    refuse_long(capture.name, text)
    found = read_text(text, capture.facts.get("title"))
    if nuls:
        found = dataclasses.replace(found, warnings=(f"{nuls} NUL characters read as spaces",))
    yield found


def _find_jsonl(capture: Capture) -> Iterator[Found]:
    from sayso.page.text import read_text

    text = capture.content.decode("utf-8")
    refuse_long(capture.place, text)
    yield read_text(text, capture.facts.get("title"))


def _find_html(capture: Capture) -> Iterator[Found]:
    from sayso.page.html.find import find_html

    yield find_html(capture)


def _find_pdf(capture: Capture) -> Iterator[Found]:
    from sayso.page.pdf.find import find_pdf

    yield from find_pdf(capture)


def _find_docx(capture: Capture) -> Iterator[Found]:
    from sayso.page.docx import find_docx

    yield from find_docx(capture)


def _find_rtf(capture: Capture) -> Iterator[Found]:
    from sayso.page.rtf import find_rtf

    yield from find_rtf(capture)


_FINDERS: dict[Form, Callable[[Capture], Iterator[Found]]] = {
    "text": _find_text,
    "jsonl": _find_jsonl,
    "html": _find_html,
    "pdf": _find_pdf,
    "docx": _find_docx,
    "rtf": _find_rtf,
}


def _given_date(words: str) -> When:
    when = read_iso(words)
    if when is None:
        raise UsageError(f"--published {words!r} is not a date; write YYYY-MM-DD")
    return when


def _fact_date(capture: Capture) -> When | None:
    """The date on a line of JSON, which somebody gives, or in a feed, which writes as pages do."""
    words = capture.facts.get("published")
    if not words:
        return None
    when = read_iso(words) if capture.form == "jsonl" else read_date(words, "given")
    if when is None:
        meant = read_date(words)
        what = f"published {words!r} is not a date{' in ISO 8601' if meant else ''}"
        mend = f"write {meant.start}" if meant else "write YYYY-MM-DD"
        raise PageError(capture.place, what, mend)
    return when


def _name_of(capture: Capture, found: Found) -> str:
    return f"{capture.name}#{found.name}" if found.name else capture.name


def _check(capture: Capture, found: Found) -> None:
    """Raises PageError where there is nothing to read, or more than a report."""
    name = _name_of(capture, found) if found.name else capture.place
    refuse_long(name, found.text)
    read = [b for b in found.blocks if b.kind in {"body", "quote", "headline", "caption"}]
    if not any(c.isalpha() for b in read for c in found.text[b.start : b.end]):
        raise PageError(name, "no body of a report in it", "check that it is the report")


def _language_of(found: Found) -> str | None:
    body = [found.text[b.start : b.end] for b in found.blocks if b.kind in {"body", "quote"}]
    return find_language(" ".join(body) or found.text)


def _make_report(
    capture: Capture, found: Found, published: When | None, publisher: str | None
) -> Report:
    url = capture.facts.get("url") or capture.url or found.url
    by_address = (publisher_at(url) or host_of(url)) if url and not is_social(url) else None
    publisher = publisher or capture.facts.get("publisher") or found.publisher or by_address
    published = published or _fact_date(capture) or found.published
    # a wire's own page carries no wire
    own = publisher is not None and wire_named(publisher) == found.credit
    return Report(
        id=report_id(found.text, publisher, url, published),
        name=_name_of(capture, found),
        text=found.text,
        title=capture.facts.get("title") or found.title,
        publisher=publisher,
        credit=None if own else found.credit,
        byline=found.byline,
        url=url,
        published=published,
        blocks=found.blocks,
        language=_language_of(found),
        excerpt=found.excerpt,
    )


def find_pages(
    capture: Capture, *, published: str | None = None, publisher: str | None = None
) -> list[Page]:
    """The reports of a capture with the finder's warnings; see `find_reports`."""
    given = _given_date(published) if published else None
    publisher = make_whole(publisher) if publisher else None
    finder = _FINDERS.get(capture.form)
    if finder is None:
        raise CaptureError(
            capture.name,
            f"{capture.form.upper()} is not read",
            "give text, HTML, PDF, DOCX, RTF or JSON Lines",
        )
    pages: list[Page] = []
    refused: list[InputError] = []
    for found in finder(capture):
        try:
            _check(capture, found)
        except InputError as error:
            refused.append(error)
        else:
            report = _make_report(capture, found, given, publisher)
            pages.append(Page(report, (*capture.warnings, *found.warnings)))
    if refused and not pages:
        raise refused[0]
    # of a bundle, the other reports are read, and the first one says which are not
    lost = tuple(f"left out: {error}" for error in refused)
    return [dataclasses.replace(p, warnings=(*lost, *p.warnings)) for p in pages[:1]] + pages[1:]


def find_reports(
    capture: Capture, *, published: str | None = None, publisher: str | None = None
) -> list[Report]:
    """The reports of a capture: one, or all of a news database's bundle, in order.

    `published` (YYYY-MM-DD, YYYY-MM or an ISO 8601 minute) and `publisher` are the caller's word
    and win over what the page says. Raises UsageError for a `published` that is no date,
    CaptureError where the bytes can't be read, PageError where there is no report in them.
    """
    pages = find_pages(capture, published=published, publisher=publisher)
    return [page.report for page in pages]
