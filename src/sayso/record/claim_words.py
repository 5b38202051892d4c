"""How a value is put into words, the same on every screen: chains, certainty, dates, figures."""

from __future__ import annotations

from sayso.record import (
    Actor,
    Attribution,
    BlockKind,
    Event,
    Figure,
    Report,
    any_covers,
    words_of,
)
from sayso.record.view import ClaimView, Hop
from sayso.record.words import number_words, says_word, shorten_name, when_words

CHAIN_SIGN = " › "
UNNAMED = "(unnamed)"

PUBLISHED_BASIS = {
    "given": "as given to sayso",
    "found": "as found on the page",
    "inferred": "inferred from the text",
}
BLOCK_WORDS: dict[BlockKind, str] = {
    "headline": "headline", "byline": "byline", "dateline": "dateline", "caption": "caption",
    "credit": "credit", "body": "", "quote": "quotation", "related": "related link",
    "navigation": "navigation", "address": "web address", "advert": "advert",
}  # fmt: skip


def name_hop(hop: Hop, *, short: bool = True) -> str:
    """What a hop is called; `(unnamed)` where the words name nobody."""
    if not hop.name:
        return UNNAMED
    return shorten_name(hop.name) if short else hop.name


def carriers(report: Report) -> list[str]:
    """Who brings the report to the reader: its publisher, then the wire it carries."""
    names = [shorten_name(n) for n in (report.publisher, report.credit) if n]
    return list(dict.fromkeys(names))


def chain_names(view: ClaimView) -> list[str]:
    """The chain from the reader inwards: publisher, credit, speaker, the speaker's own source."""
    names = carriers(view.report)
    for hop in view.hops:
        name = name_hop(hop)
        if not names or names[-1] != name or name == UNNAMED:
            names.append(name)
    return names or ["(publisher not known)"]


def _owner(view: ClaimView) -> Hop | None:
    """Whose certainty it is: who spoke the words that signal it; None for the report itself.

    `Port officials said it was confirmed by the guild that …`: "confirmed" is said by the
    officials, though the claim is the guild's. A cue that is the reporting verb itself ("the guild
    confirmed that …") tells how its speaker speaks, save distance ("the guild claimed that …"),
    which is kept by whoever wrote that verb.
    """
    cue = view.claim.certainty_cue
    holder = len(view.hops) - 1
    if cue:
        while holder >= 0 and not any_covers(view.hops[holder].attribution.content, cue[0]):
            holder -= 1
        is_verb = any(c.meets(cue[0]) for h in view.hops for c in h.attribution.cue)
        if holder < len(view.hops) - 1 and view.claim.certainty != "purported" and is_verb:
            # the verb's own speaker, unless a speaker further out says that verb
            holder = max(holder, 0)
    return view.hops[holder] if holder >= 0 else None


def _spoken(name: str) -> str:
    """A name as it stands in a sentence: `the HPS`, `a sailor`."""
    short = shorten_name(name)
    if name.endswith(f"({short})"):
        return f"the {short}" if name.lower().startswith("the ") else short
    return name


def certainty_words(view: ClaimView) -> tuple[str, str]:
    """Whose certainty, and which: ("HPS says:", "confirmed"). Never a certainty without an owner.

    Certainty is what the words signal, relative to the speaker; whether it is so, sayso can't say.
    """
    hop = _owner(view)
    kind = hop.source.kind if hop and hop.source else None
    owner = (_spoken(hop.name) or "an unnamed source") if hop else "the report"
    says = says_word(owner, kind)
    if view.claim.certainty == "stated":
        return owner, f"{says} so"
    word = {"denied": "not so", "unknown": "not known"}.get(
        view.claim.certainty, view.claim.certainty
    )
    return f"{owner} {says}:", word


def actor_words(words: str, actor: Actor | None) -> str:
    """A participant in words: as the text has it, with country and kind where that is grounded."""
    known = " ".join(part for part in (actor.country, actor.kind) if part) if actor else ""
    return f"{words} [{known}]" if known else words


def figure_words(figure: Figure, text: str, *, brief: bool = False) -> str:
    """A count with its hedge: `nearly 3,000 recruits killed or wounded`, `1 killed (“the guard”)`.

    Brief, it leaves out the words where they hold no digit: `1 killed`.
    """
    words = words_of(text, figure.span)
    counts = "" if figure.counts == "other" else figure.counts.replace("_", " ")
    of = words_of(text, figure.of)
    if any(a.meets(b) for a in figure.of for b in figure.span):
        of = ""
    if figure.best is None or any(char.isdigit() for char in words):
        said = " ".join(part for part in (words, of, counts) if part)
    else:
        said = " ".join(part for part in (number_words(figure.best), of, counts) if part)
        said = said if brief else f"{said} (“{words}”)"
    if figure.scope == "cumulative":
        since = when_words(figure.since)
        said += f", in all {since}" if since.startswith("since") else ", in all"
        if since and not since.startswith("since"):
            said += f" since {since}"
    return f"{said}, earlier count" if figure.scope == "earlier" else said


def said_words(outer: Attribution | None) -> str:
    """How and when it was said: `direct quotation, said 27 Dec 2024`; empty for own voice."""
    if outer is None:
        return "its own voice"
    how = {"direct": "direct quotation", "mixed": "quoted in part", "indirect": "indirect speech"}
    said = when_words(outer.said)
    return f"{how[outer.quotation]}, said {said}" if said else how[outer.quotation]


def event_words(event: Event) -> str:
    """An event's type with what is said of its truth: `capture`, `not: attack`, `if: attack`."""
    kind = event.type.replace("_", " ")
    marks = [mark for on, mark in ((event.negated, "negated"), (event.hypothetical, "hypothetical"))
             if on]  # fmt: skip
    return f"{kind} ({', '.join(marks)})" if marks else kind


def published_words(report: Report) -> str:
    """The publication date and how it is known; never a date without its basis."""
    if report.published is None or not when_words(report.published):
        return "publication date not known"
    basis = PUBLISHED_BASIS.get(report.published.basis, report.published.basis)
    return f"{when_words(report.published)}, {basis}"
