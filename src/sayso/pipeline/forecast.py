"""What a run by a language model is likely to take, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.errors import InputError
from sayso.intake import read_captures
from sayso.llm.cache import Cache, key_of
from sayso.llm.settings import Settings
from sayso.llm.spend import Estimate, estimate
from sayso.page import find_pages
from sayso.reading.flow import make_flow
from sayso.record import Capture, Form, Report

ENGLISH = (None, "en")  # others are not asked about


def forecast(files: Iterable[str], form: Form | None, settings: Settings) -> Estimate:
    """The tokens that the reports of files are likely to take, those known from before left out.

    Standard input is not looked at: it can be read only once. Once they pass the cap, the rest is
    not counted.
    """
    cache = Cache(settings.cache)
    sizes: list[int] = []
    for report in _reports(files, form):
        text = make_flow(report).text
        if cache.get(key_of(settings, report.text, text)) is None:
            sizes.append(len(text))
            if len(sizes) % 100 == 0 and estimate(sizes).total > settings.cap:
                break
    return estimate(sizes)


def _reports(files: Iterable[str], form: Form | None) -> Iterator[Report]:
    """The reports that will be asked about; what cannot be read is said when it is its turn."""
    for file in files:
        if file == "-":
            continue
        try:
            for found in read_captures(file, form=form):
                if isinstance(found, Capture):
                    yield from _in_capture(found)
        except (InputError, OSError):
            continue


def _in_capture(capture: Capture) -> Iterator[Report]:
    try:
        pages = find_pages(capture)
    except InputError:
        return
    yield from (page.report for page in pages if page.report.language in ENGLISH)
