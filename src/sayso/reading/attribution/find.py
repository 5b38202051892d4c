"""All acts of saying in a parse, by rules whose order matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.lexicon.cues import Cues, load_cues
from sayso.reading.attribution.according import find_according_hops
from sayso.reading.attribution.aside import mark_asides
from sayso.reading.attribution.confidence import rate_hops
from sayso.reading.attribution.direct import find_quote_hops
from sayso.reading.attribution.headlines import find_headline_hops
from sayso.reading.attribution.heard import find_heard_hops
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.indirect import find_clause_hops
from sayso.reading.attribution.join import join_learned
from sayso.reading.attribution.nesting import (
    find_carried,
    find_cited,
    keep_one_a_cue,
    nest,
    pass_on_speakers,
)
from sayso.reading.attribution.objects import find_object_hops
from sayso.reading.attribution.passive import find_passive_hops
from sayso.reading.attribution.quantities import find_quantity_hops
from sayso.reading.attribution.quotes import find_quotes, quotes_in
from sayso.reading.attribution.refuted import mark_refuted
from sayso.reading.attribution.transcript import find_transcript_hops
from sayso.reading.attribution.will import find_will_hops
from sayso.record import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.learned.tagger import Found
    from sayso.reading.parsing.parse import Parse

# The first rule to take a cue keeps it.
RULES = (
    # before quotations: in `HOLM: "No," he said` the turn is Holm's
    find_transcript_hops,
    # before clauses: of "At least 45 killed in air strike, medics say" they lose the strike
    find_headline_hops,
    # before clauses: in `"It fell," she said` the parser makes the quotation a clause, which
    # loses the sentences before it in the same quotation
    find_quote_hops,
    find_according_hops,
    # before clauses: in "it was confirmed that" nobody is the subject
    find_passive_hops,
    # before clauses: in "we learned from our partners that Y" we are not who says it
    find_heard_hops,
    find_clause_hops,
    # after clauses: "demanded that Y" has a clause, "demanded to see Y" an infinitive
    find_will_hops,
    # last: "confirmed the attack killed two" has a clause, not an object
    find_quantity_hops,
    find_object_hops,
)


def find_hops(
    parse: Parse, cues: Cues | None = None, learned: list[Found] | None = None
) -> tuple[list[Hop], Scene]:
    """The acts of saying of a report in text order, nested ones after what they stand in.

    `learned` is what the learned reader finds in the parse; None to read by rules alone.
    """
    scene = Scene(parse, find_quotes(parse.flow), cues or load_cues())
    hops = keep_one_a_cue([hop for rule in RULES for hop in rule(scene)])
    pass_on_speakers(hops)
    # a participle that nobody before it in its sentence can speak for
    hops = [h for h in hops if h.speaker or h.rule != "clause after"]
    rate_hops(hops)
    if learned is not None:
        hops = join_learned(scene, hops, learned)
    hops = nest(scene, hops)
    hops += find_cited(scene, hops)
    hops += find_carried(hops)
    mark_refuted(scene, hops)
    mark_asides(scene, hops)
    for hop in hops:
        hop.quotation = quotation_of(scene, hop)
        hop.clause = hop.clause or _clause_on(hop)
    return sorted(
        hops, key=lambda h: (h.content[0].start, -h.size, h.rule == "citing", h.verb.i)
    ), scene


def _clause_on(hop: Hop) -> list[Token]:
    """The relative clause that follows a source phrase and is of it: "Holm, who left in May"."""
    if hop.speaker is None or not hop.source:
        return []
    last = hop.source[-1]
    tokens = last.doc
    for child in hop.speaker.children:
        if child.dep_ not in ("relcl", "acl") or child.left_edge.i <= last.i:
            continue
        clause = list(tokens[last.i + 1 : child.right_edge.i + 1])
        while clause and clause[-1].is_punct:
            clause.pop()
        gap = child.left_edge.i - last.i - 1
        if gap > 1 or (gap and tokens[last.i + 1].text != ",") or not clause:
            continue
        cue = {t.i for t in hop.cue}
        if any(t.i in cue or hop.covers(t.idx) for t in clause):
            continue
        return clause
    return []


def quotation_of(scene: Scene, hop: Hop) -> Quotation:
    """direct, indirect or mixed: how much of the content stands between marks."""
    quoted = plain = 0
    for span in hop.content:
        inside = sum(
            max(0, min(span.end, q.outer.end) - max(span.start, q.outer.start))
            for q in quotes_in(scene.quotes, span)
        )
        quoted += inside
        plain += len(span) - inside
    if not quoted:
        return "indirect"
    if plain <= 2:
        return "direct"
    return "mixed"
