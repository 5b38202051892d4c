"""A reading as it travels to a partner: over a text made for the journey.

How much of the publisher's words goes along is the publisher's `keep` (lexicon/publishers.toml):
`full`, the text; `quotes`, the sentences that the claims stand in; `none`, a text that sayso drafts
from what was read (`draft.py`). Of two rules, the paper's and that of the wire it carries, the
stricter holds. Private people are hidden in all of them: a label stands in a name's place that is
random for each statement, so that neither a name's length nor a second report tells who it was.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence

from sayso.exchange.masking import find_in_address, hide, people_named, private_names
from sayso.exchange.partners.draft import draft
from sayso.ledger.layout.masking import BLOCK
from sayso.lexicon.publishers import KEEPS, find_by_name, find_publisher
from sayso.record import Attribution, Claim, Reading, Report, Source, Span
from sayso.record.address import split_address
from sayso.record.rewrite import Cut, rewrite

UNKNOWN = "quotes"  # of a publisher whom the lexicon does not know
RUN = re.compile(rf"{BLOCK}+(?:[\s.'’-]{{1,3}}{BLOCK}+)*")
# "… said. Then": where a sentence ends; "Gen. Marrow" ends none, since both halves are his claim's
ENDS = re.compile(r"[.!?…][\"”’')\]]*\s+|\n+")
Label = Callable[[str], str]


def keep_of(report: Report) -> str:
    """How much of a report's words may travel: full, quotes or none."""
    host = split_address(report.url).hostname if report.url else None
    found = [find_by_name(name) for name in (report.publisher, report.credit) if name]
    found.append(find_publisher(host) if host else None)
    keeps = [each.keep for each in found if each] or [UNKNOWN]
    return max(keeps, key=KEEPS.index)


def travelling(reading: Reading, tag: str) -> Reading:
    """The reading over a text that may travel, private people under labels that begin with a tag.

    What is nobody's word and stands for nothing that travels is left out: warnings, the byline, a
    file's name, sources that are not quoted.
    """
    keep = keep_of(reading.report)
    names = private_names([reading])
    hidden, label = hide(names), _labels(tag)

    def reword(words: str) -> str:
        return _worded(words, hidden(words), label)

    whole = reading.report.text
    masks = list(_masks(whole, hidden(whole), label))
    if keep == "none":
        made = draft(reading, reword)
    else:
        kept = [Span(0, len(whole))] if keep == "full" else kept_sentences(reading)
        made = rewrite(reading, [*_gaps(whole, kept), *_inside(masks, kept)], reword)
    return _bare(reading, _unnamed(made, tag), keep, find_in_address(names))


# -- names -----------------------------------------------------------------------------------------


def _labels(tag: str) -> Label:
    """A function from a name to its label: one for all forms of it that end alike."""
    known: dict[str, str] = {}

    def label(name: str) -> str:
        last = name.rsplit(maxsplit=1)[-1].casefold() if name.split() else name
        return known.setdefault(last, f"[person {tag}-{len(known) + 1}]")

    return label


def _masks(text: str, hidden: str, label: Label) -> Iterator[Cut]:
    """A cut for each stretch that is hidden, with the label of who stood there."""
    for run in RUN.finditer(hidden):
        yield Cut(run.start(), run.end(), label(text[run.start() : run.end()]))


def _worded(words: str, hidden: str, label: Label) -> str:
    for cut in sorted(_masks(words, hidden, label), reverse=True):
        words = words[: cut.start] + cut.words + words[cut.end :]
    return words


def _unnamed(reading: Reading, tag: str) -> Reading:
    """With the sources whose names are hidden said to be unnamed: each may be another one."""
    sources = tuple(
        dataclasses.replace(s, named=False, actor=None) if f"[person {tag}-" in s.name else s
        for s in reading.sources
    )
    return dataclasses.replace(reading, sources=sources)


# -- sentences -------------------------------------------------------------------------------------


def kept_sentences(reading: Reading) -> list[Span]:
    """The sentences that claims and who makes them stand in, in order, none touching another."""
    text = reading.report.text
    bounds = [0, *(found.end() for found in ENDS.finditer(text)), len(text)]
    attributions = {a.id: a for a in reading.attributions}
    found = set[Span]()
    for claim in reading.claims:
        for span in _spans_of(claim, attributions):
            start = max(b for b in bounds if b <= span.start)
            end = min(b for b in bounds if b >= span.end)
            found.add(Span(start, end))
    joined: list[Span] = []
    for span in sorted(found):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _spans_of(claim: Claim, attributions: dict[str, Attribution]) -> Iterator[Span]:
    yield from (*claim.content, *claim.certainty_cue)
    at, seen = claim.attribution, set[str]()
    while at is not None and at in attributions and at not in seen:
        seen.add(at)
        said = attributions[at]
        yield from (*said.source, *said.cue)
        at = said.within


def _gaps(text: str, kept: Sequence[Span]) -> Iterator[Cut]:
    """A cut for each stretch between what is kept."""
    at = 0
    for span in (*kept, Span(len(text), len(text))):
        if at < span.start:
            yield Cut(at, span.start)
        at = span.end


def _inside(masks: Sequence[Cut], kept: Sequence[Span]) -> Iterator[Cut]:
    """The cuts of what is kept; a sentence never ends within a name that is hidden."""
    for cut in masks:
        for span in kept:
            start, end = max(cut.start, span.start), min(cut.end, span.end)
            if start < end:
                yield Cut(start, end, cut.words)


# -- beside the text -------------------------------------------------------------------------------


def _bare(
    old: Reading, new: Reading, keep: str, in_address: Callable[[str, set[str]], bool]
) -> Reading:
    """Without what stands beside the text and travels with no claim."""
    report, url = new.report, old.report.url
    headline = next((b for b in old.report.blocks if b.kind == "headline"), None)
    said = headline is not None and any(
        headline.start <= s.start < headline.end for c in old.claims for s in c.content
    )
    titled = keep == "full" or (keep == "quotes" and said)
    shown = url is not None and keep != "none" and not in_address(url, set(people_named(old)))
    report = dataclasses.replace(
        report, name="", byline=None, title=report.title if titled else None,
        url=url if shown else None,
    )  # fmt: skip
    if keep != "full":
        new = dataclasses.replace(new, sources=tuple(s for s in new.sources if _speaks(s, new)))
    return dataclasses.replace(new, report=report, warnings=())


def _speaks(source: Source, reading: Reading) -> bool:
    said = any(a.source_id == source.id for a in reading.attributions)
    return said or any(p.source_id == source.id for e in reading.events for p in e.participants)
