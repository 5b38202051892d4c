"""An incident made by hand: two states, three speakers, hedged figures, an unnamed source."""

from __future__ import annotations

import pytest

from sayso.record import Place, Span, When
from sayso.record.incident import (
    ClaimLine,
    Compared,
    CopyLine,
    EventLine,
    ExcludedGrade,
    FigureStated,
    IncidentView,
    JoinLine,
    JudgementLine,
    OriginLine,
    PolicyCell,
    Quote,
    ReportLine,
    StateLine,
    TaskLine,
    UtteranceLine,
)
from sayso.record.links import Verdict
from sayso.record.reading import Bound, Certainty, Counts


def day(date: str) -> When:
    """One day, given."""
    return When(date, date, "day", "given")


def quote(report: str, words: str) -> Quote:
    """Words of a report, wherever they stand."""
    return Quote(report, (Span(0, len(words)),), words)


def report(
    handle: str, publisher: str, date: str, credit: str | None = None, **more: object
) -> ReportLine:
    """A report that is about the incident."""
    values: dict[str, object] = {
        "main": True, "why": "same event, place and day", "by": "sayso", "entry": "e4",
        "title": None, "learnt": "2025-03-12T08:00:00Z", **more,
    }  # fmt: skip
    return ReportLine(
        report=handle, mention=f"m{handle[1:]}.0", name=f"{handle}.txt", publisher=publisher,
        credit=credit, published=day(date), **values,  # type: ignore[arg-type]
    )  # fmt: skip


def claim(
    handle: str, chain: tuple[str, ...], words: str, said: str | None, *,
    speaker: str | None = None, certainty: Certainty = "stated",
) -> ClaimLine:  # fmt: skip
    """A claim of a report that its handle names."""
    own = f"r{handle[1:].partition('.')[0]}"
    return ClaimLine(
        claim=handle, report=own, speaker=speaker, chain=chain, certainty=certainty,
        polarity="negative" if certainty == "denied" else "positive", content=quote(own, words),
        said=day(said) if said else None, types=("abduction",), when=None, place=None,
    )  # fmt: skip


Ends = tuple[float | None, float | None, float | None]
Reach = tuple[float | None, float | None]


def figure(
    name: str, speaker: str, said: str | None, words: str, bound: Bound, ends: Ends, *,
    reach: Reach, counts: Counts = "abducted", cumulative: bool = False,
) -> FigureStated:  # fmt: skip
    """A figure; `ends` are low, best, high, `reach` from where to where it is compared."""
    claim_, own = name.partition("/")[0], f"r{name[1:].partition('.')[0]}"
    return FigureStated(
        id=name, claim=claim_, speaker=speaker, counts=counts, words=quote(own, words),
        of="dockers", scope="cumulative" if cumulative else "incident", bound=bound,
        said=day(said) if said else None, low=ends[0], best=ends[1], high=ends[2],
        reaches_from=reach[0], reaches_to=reach[1],
    )  # fmt: skip


def compared(a: str, b: str, verdict: Verdict, words: str) -> Compared:
    """Two figures and what can be said of them."""
    return Compared(a, b, verdict, words)


HPS = "the Harbour Patrol Service (HPS)"
FIGURES = (
    figure("c1.1/f1", "port officials", "2025-03-11", "nearly 40", "below", (None, 40, 40),
           reach=(36, 40)),
    figure("c2.1/f1", "port officials", "2025-03-11", "nearly 40", "below", (None, 40, 40),
           reach=(36, 40)),
    figure("c3.1/f1", HPS, "2025-03-10", "12", "exact", (12, 12, 12), reach=(12, 12)),
    figure("c3.2/f2", HPS, "2025-03-12", "at least 20", "above", (20, 20, None), reach=(20, 25)),
    figure("c4.1/f1", "a sailor", None, "10 to 15", "range", (10, None, 15), reach=(10, 15)),
    figure("c4.2/f2", "a sailor", None, "around 9,000", "about", (None, 9000, None),
           reach=(8500, 9500), counts="deployed", cumulative=True),
    figure("c3.3/f3", HPS, "2025-03-10", "50", "exact", (50, 50, 50), reach=(50, 50),
           counts="deployed", cumulative=True),
)  # fmt: skip

LEDGER, WIRE = ("Northern Ledger", "Fjordwire"), ("Fjordwire",)

VIEW = IncidentView(
    id="incident-7f3a", asked="incident-7f3a", as_known_at=None, opened="2025-03-11T09:00:00Z",
    changed="2025-03-12T08:00:00Z", type="abduction", time=day("2025-03-10"),
    place=Place((Span(0, 4),), "Odda pier", None, "NOR", None, None, None, "town"),
    reports=4, texts=3, at_least=1, at_most=2,
    origin_words=(
        "one source that can be told apart, perhaps two, in the 4 reports held here; none says "
        "that it saw this"
    ),
    events=(
        EventLine("abduction", "abducted", 3, 2, 1, 2, "one source that can be told apart, perhaps "
                  "two, in the 3 reports held here; none says that it saw this",
                  (HPS, "port officials"), ("c1.1", "c2.1", "c3.1"), ("c4.1",)),
        EventLine("release", "released", 1, 1, 1, 1, "one source that can be told apart, in the "
                  "one report held here; none says that it saw this", (HPS,), ("c3.2",)),
    ),
    states=(
        StateLine("abducted", 12, "exact", day("2025-03-10"), day("2025-03-11"), ("c1.1", "c3.1"),
                  ("port officials",), ()),
        StateLine("released", None, None, None, day("2025-03-12"), ("c3.2",), ("HPS",), ()),
    ),
    report_lines=(
        report("r1", "Fjordwire", "2025-03-11"),
        report("r2", "Northern Ledger", "2025-03-11", "Fjordwire", same_text=("r1",),
               weighs_for=("alike in their words", "on the same day"),
               weighs_against=("published days apart",)),
        report("r3", "Harbour Gazette", "2025-03-12", title="Dockers free again"),
        report("r4", "Harbour Gazette", "2025-03-20", main=False),
    ),
    claims=(
        claim("c1.1", (*WIRE, "port officials"), "armed men took nearly 40 dockers", "2025-03-11",
              speaker="port officials"),
        claim("c2.1", (*LEDGER, "port officials"), "Armed men took nearly 40\ndockers",
              "2025-03-11", speaker="port officials"),
        claim("c3.1", ("Harbour Gazette", "HPS", "an allied coastal service"),
              "twelve dockers were taken", "2025-03-10", speaker="HPS", certainty="confirmed"),
        claim("c3.2", ("Harbour Gazette", "HPS"), "at least 20 came home", "2025-03-12",
              speaker="HPS"),
        claim("c4.1", ("Harbour Gazette", "the raiders"), "anyone was taken", None,
              speaker="the raiders", certainty="denied"),
        claim("c4.2", ("Harbour Gazette",), "The dockers have not been seen since", None),
    ),
    figures=FIGURES,
    comparisons=(
        compared("c3.1/f1", "c1.1/f1", "differs",
                 "HPS: 12; port officials: nearly 40; growth is not excluded"),
        compared("c3.1/f1", "c3.2/f2", "growth", "HPS said 12 and later at least 20"),
        compared("c1.1/f1", "c2.1/f1", "agrees", "nearly 40 and nearly 40 can be one count"),
        compared("c1.1/f1", "c3.2/f2", "disagreement",
                 "port officials: nearly 40; HPS: at least 20; the later count is the lower"),
        compared("c3.1/f1", "c4.2/f2", "not_comparable", "another measure: abducted and deployed"),
    ),
    cells=(
        PolicyCell("abducted", "lowest", 12, 12, 12, ("c3.1",)),
        PolicyCell("abducted", "majority", None, None, None, ()),
        PolicyCell("abducted", "most_recent", 12, 20, 40, ("c3.2", "c1.1", "c2.1", "c3.1", "c4.1")),
    ),
    origins=(
        OriginLine("origin-1", "an allied coastal service", "agency", named=False, actor=None,
                   claims=("c3.1", "c3.2"), chain=("Harbour Gazette", "HPS"), quotes=()),
        OriginLine("origin-2", "port officials", "official", named=False, actor=None,
                   claims=("c1.1", "c2.1"), chain=(*WIRE, "port officials"), quotes=(),
                   may_be="may be HPS: same country, same kind",
                   weakest="port officials: not named", party=True),
    ),
    denials=(
        OriginLine("origin-3", "the raiders", "group", named=False, actor=None, claims=("c4.1",),
                   chain=("Harbour Gazette", "the raiders"), quotes=()),
    ),
    joins=(
        JoinLine("join-b2", "r2|s1", "r3|s1", "at_least", "may be",
                 "may be HPS: same country, same kind", ()),
        JoinLine("join-a1", "r1|s1", "r2|s1", "both", "same text",
                 "the same text stands in both reports",
                 (quote("r1", "armed men took nearly 40 dockers"),
                  quote("r2", "Armed men took nearly 40\ndockers"))),
    ),
    utterances=(
        UtteranceLine("utterance-c3", "port officials", day("2025-03-11"), "indirect",
                      (quote("r1", "armed men"), quote("r2", "Armed men")),
                      (JoinLine("join-d4", "r1|a1", "r2|a1", "both", "same words",
                                "both carry the same words", ()),)),
    ),
    copies=(CopyLine("copy-e5", "r1", "r2", 1.0, 0.42, ()),),
    excluded=(ExcludedGrade("1", "confirmed by other independent sources: one for sure"),),
    parties=("port officials",),
    tasks=(TaskLine("origin", "no second origin: find one that does not rest on the first",
                    ("c1.1", "c2.1", "c3.1", "c3.2")),),
    judgements=(JudgementLine("e9", "undo", "join-x", "Ilse", "2025-03-12T09:00:00Z",
                              "two press officers"),),
)  # fmt: skip


@pytest.fixture
def view() -> IncidentView:
    """The incident of this folder's tests."""
    return VIEW
