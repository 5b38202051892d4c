"""How the parts of an incident are put into words, the same in its timeline, chart and chains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sayso.ledger.layout.doubt import Doubt
from sayso.record import When
from sayso.record.incident import ClaimLine, FigureStated, IncidentView, ReportLine, StateLine
from sayso.record.links import Verdict
from sayso.record.words import number_words, says_word, shorten_name, when_words

NO_DATE = "date not known"
VERDICTS: dict[Verdict, str] = {
    "agrees": "can be one count",
    "growth": "growth",
    "revision": "revision",
    "differs": "differs, growth not excluded",
    "disagreement": "disagreement",
    "not_comparable": "not compared",
}
FLAG_WORDS = {
    "disagreement": "figures disagree",
    "differs": "figures differ, growth not excluded",
    "denied": "denied",
    "only_parties": "only parties to the conflict say so",
    "one_origin": "one origin",
    "withdrawn": "a claim was taken back",
}
MEASURES = {"killed_or_wounded": "killed or wounded", "other": "counted otherwise"}
_HEDGE = {"above": "≥", "below": "≤", "about": "~"}
_INNER = str.maketrans({"“": "‘", "”": "’"})
_SENTENCE = re.compile(r"^[a-z]")


def day_of(when: When | None) -> str:
    """The first day of a time as ISO, empty where it is not known: what dates are sorted by."""
    return ((when.start or when.end or "") if when else "")[:10]


def date_words(when: When | None) -> str:
    """A time in words; one that is not known says so."""
    return when_words(when) or NO_DATE


def day_words(when: When | None) -> str:
    """The first day of a time in words, without its hour."""
    return date_words(When(day_of(when), day_of(when), "day", when.basis) if when else None)


def said_as(words: str) -> str:
    """Words as they are quoted: on one line, marks of their own within ours as single ones."""
    return " ".join(words.split()).translate(_INNER)


def state_words(state: StateLine) -> str:
    """A state for people: `captured`, `5 dead`, `at least 45 dead`."""
    if state.count is None or (state.count == 1 and state.bound in (None, "exact")):
        return state.state
    hedge = {"above": "at least ", "below": "up to ", "about": "about "}.get(state.bound or "", "")
    return f"{hedge}{number_words(state.count)} {state.state}"


def value_words(figure: FigureStated) -> str:
    """A count as briefly as it can be said with its hedge: `1,000`, `≤3,000`, `10–12`, `~50`."""
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        return f"{number_words(figure.low)}–{number_words(figure.high)}"
    best = figure.best if figure.best is not None else figure.low or figure.high
    if best is None:
        return shorten(f"“{figure.words.words}”", 14)
    return f"{_HEDGE.get(figure.bound, '')}{number_words(best)}"


def measure_words(figure: FigureStated) -> str:
    """What a figure counts, and over which scope: `killed`, `deployed, in all`."""
    counts = measure_name(figure.counts)
    return f"{counts}, in all" if figure.scope == "cumulative" else counts


def certainty_of(claim: ClaimLine) -> str:
    """How its speaker puts a claim: `says: confirmed`; nothing for a plain statement."""
    says = says_word(claim.speaker) if claim.speaker else "says"
    if claim.polarity == "negative" or claim.certainty == "denied":
        return f"{says} not so"
    word = "not known" if claim.certainty == "unknown" else claim.certainty
    return "" if claim.certainty == "stated" else f"{says} {word}"


def speaker_of(claim: ClaimLine) -> str:
    """Who says it: a name, or the report in its own voice."""
    if claim.speaker:
        return shorten_name(claim.speaker.lstrip(" ,;:"))
    return f"{claim.chain[0]} itself" if claim.chain else "the report itself"


def report_words(report: ReportLine) -> str:
    """A report as it is named in lists: its handle, who published it, when."""
    who = report.publisher or report.name
    carried = f", carrying {report.credit}" if report.credit and report.credit != who else ""
    return f"{report.report} {who}{carried}, {day_words(report.published)}"


def published_of(view: IncidentView) -> dict[str, When | None]:
    """When each report was published."""
    return {report.report: report.published for report in view.report_lines}


def shorten(words: str, width: int) -> str:
    """The words, cut to a width with a sign that they were cut."""
    flat = " ".join(words.split())
    return flat if len(flat) <= width else f"{flat[: width - 1].rstrip()}…"


def as_sentence(words: str) -> str:
    """The words with a capital and a full stop."""
    upper = _SENTENCE.sub(lambda m: m[0].upper(), words)
    return upper if upper.endswith((".", "?", "!")) else f"{upper}."


def some(items: tuple[str, ...] | list[str], most: int = 3) -> str:
    """Handles in a row, the first few and how many more: `c1.2 c3.1 and 4 more`."""
    first = " ".join(items[:most])
    return f"{first} and {len(items) - most} more" if len(items) > most else first


def measure_name(counts: str) -> str:
    """A measure for people: `killed or wounded`."""
    return MEASURES.get(counts, counts.replace("_", " "))


def title_words(type_: str | None, place: str | None) -> str:
    """What an incident is called: `Air strike in Oda`, `Incident` where nothing is told."""
    what = (type_ or "incident").replace("_", " ").capitalize()
    return f"{what} in {place}" if place else what


def origins_words(at_least: int, at_most: int) -> str:
    """How many can be told apart that say so: `1`, `1 to 2`."""
    return f"{at_least}" if at_least == at_most else f"{at_least} to {at_most}"


def flag_words(flag: str) -> str:
    """What a list flags, for people: `figures differ, growth not excluded`."""
    return FLAG_WORDS.get(flag, flag.replace("_", " "))


def flags_of(view: IncidentView) -> Iterator[str]:
    """What a person should look at first, as lists flag it."""
    verdicts = {c.verdict for c in view.comparisons}
    holds = {
        "disagreement": "disagreement" in verdicts,
        "differs": "differs" in verdicts,
        "denied": bool(view.denials),
        "only_parties": any(t.kind == "parties" for t in view.tasks),
        "one_origin": view.at_most == 1,
        "withdrawn": any(c.standing == "withdrawn" for c in view.claims),
    }
    return (flag for flag, on in holds.items() if on)


READ_WORDS = {
    "claim": "who says it was not read surely",
    "event": "what happened was not read surely",
    "time": "the date was not read surely",
    "place": "the place was not read surely",
    "join": "a report may tell of another incident",
}
MISSING_WORDS = {"type": "no type", "time": "no date", "place": "no place"}


def doubt_words(doubt: Doubt) -> str:
    """Why a row stands where it does in the queue: `the place was not read surely (0.61)`."""
    if doubt.kind == "flag":
        return flag_words(doubt.what)
    if doubt.kind == "missing":
        return MISSING_WORDS[doubt.what]
    if doubt.kind == "policies":
        return "the dead differ by policy"
    score = "" if doubt.score is None else f" ({doubt.score:.2f})"
    return READ_WORDS.get(doubt.what, doubt.what) + score


def stated_words(stated: Mapping[str, Any]) -> str:
    """A count of a row as its speaker put it: `nearly 3,000`; in digits where no digit is: `6`."""
    words: str = stated["words"]
    if any(char.isdigit() for char in words):
        return words
    low, best, high = (stated[k] for k in ("low", "best", "high"))
    if best is not None:
        return number_words(best)
    if low is not None and high is not None:
        return f"{number_words(low)}–{number_words(high)}"
    if low is not None:
        return f"at least {number_words(low)}"
    return f"up to {number_words(high)}" if high is not None else words
