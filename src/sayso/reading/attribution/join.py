"""The learned reader's findings and the rules', as one.

PolNeAR teaches the learned reader what sources and contents look like in news at large, beliefs and
plans included; it marks no nesting, hardly any quantity cue, no citing. Measured on PolNeAR dev the
learned reader is better on spans (src+content F1 70.2 against 57.3); on conflict news marked by
hand the rules are better on who says what, since they know what stands within what. So: where both
find a cue, the learned reader draws the spans that are printed, and the rules say what is claimed;
what only the learned reader finds carries a claim where it is sure and the cue is of saying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.attribution.hops import Hop, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.learned.tagger import Found
    from sayso.record import Span

SURE = 0.8  # a learned finding of this score carries a claim without a rule that agrees
# What PolNeAR teaches well: a finding of these rules that the learned reader does not share was
# right once in eight on its dev part (52 more findings, 7 right).
_TAUGHT = {"quotation", "quotation alone", "clause after", "clause before", "will"}
UNSUPPORTED = 0.13
_SAYING = {"stated", "confirmed", "purported", "denied", "possible", "probable"}


def join_learned(scene: Scene, hops: list[Hop], found: list[Found]) -> list[Hop]:
    """The hops of the rules, mended by the learned reader, and those that it alone finds."""
    by_cue = {token.i: hop for hop in hops if hop.rule != "quotation alone" for token in hop.cue}
    joined = list(hops)
    for finding in found:
        hop = next((by_cue[i] for i in finding.cue if i in by_cue), None)
        content = _spans(scene, finding)
        if hop is not None:
            _mend(scene, hop, finding, content)
        elif content:
            joined.append(_new_hop(scene, finding, content))
    supported = {i for finding in found for i in finding.cue}
    for hop in hops:
        if hop.rule in _TAUGHT and not supported & {t.i for t in hop.cue}:
            hop.score = min(hop.score, UNSUPPORTED)
    return joined


def _mend(scene: Scene, hop: Hop, finding: Found, content: list[Span]) -> None:
    """Give a hop the learned spans and score, save where the rules know the speaker better."""
    hop.score = round(finding.score, 3)
    hop.drawn = content
    if hop.outer is None:
        hop.named = _named(scene, finding, hop)
    source, _ = _source(scene, finding)
    if not source or hop.inherited:
        return  # a participle keeps the speaker that it goes on for
    mine, theirs = {t.i for t in hop.source}, {t.i for t in source}
    apart = not mine & theirs
    # "killed nine people, two officers and a nurse said": no object of what they tell
    told = _head_of(source).dep_ == "dobj"
    wider = bool(mine) and source[0].i < hop.source[0].i and not told
    if not mine or (finding.score >= SURE if apart else wider):
        hop.source, hop.speaker = source, _head_of(source)


def _named(scene: Scene, finding: Found, hop: Hop) -> list[Token]:
    """The learned source as it stands, relative clause and `who` included; none where it is cut.

    "Trump, speaking to a group in | Virginia, said": the rules know where the phrase ends.
    """
    words = [scene.parse.tokens[i] for run in finding.source for i in run]
    while words and words[-1].is_punct and words[-1].text in ",;:—–-":
        words.pop()
    cut = bool(words) and (words[0].is_punct or words[-1].pos_ in _OPEN_ENDS)
    # "the town's mayor, | Ada Holm, said": the name alone, of a role and a name
    alone = bool(words) and words[0] in hop.source[1:] and words[-1] == hop.source[-1]
    return [] if (cut or alone) and hop.source else words


_OPEN_ENDS = {"ADP", "DET", "CCONJ", "SCONJ", "PART"}


def _new_hop(scene: Scene, finding: Found, content: list[Span]) -> Hop:
    cue = [scene.parse.tokens[i] for i in finding.cue]
    source, clause = _source(scene, finding)
    verb = _head_of(cue)
    nobody = bool(source) and source[0].lower_ in ("no", "nobody", "neither", "none")
    citing = verb.lemma_ in ("quote", "cite")  # the rules know who is cited for what
    says = scene.cues.verbs.get(verb.lemma_) in _SAYING and finding.score >= SURE
    # "reportedly agreed to leave": nobody is quoted
    hearsay = any(scene.cues.adverbs.get(c.lower_) == "purported" for c in verb.children)
    wish = scene.parse.words(content[0]).startswith("to ")
    passed_on = wish and (hearsay or verb.lemma_ == "say")  # "a ship said to carry arms"
    says = says and not citing and not nobody and not passed_on
    speaker = _head_of(source) if source else None
    return Hop(
        "learned", verb, cue, speaker, source, content,
        says=says, clause=clause, score=round(finding.score, 3),
    )  # fmt: skip


def _source(scene: Scene, finding: Found) -> tuple[list[Token], list[Token]]:
    """The learned source, and the clause hung on it: "Ada Holm | , who left in May"."""
    source = [scene.parse.tokens[i] for run in finding.source for i in run]
    for n, token in enumerate(source):
        if n > 1 and token.lower_ in ("who", "which", "whose") and source[n - 1].text == ",":
            return source[: n - 1], source[n - 1 :]
    while source and source[-1].text in ",;:":
        source.pop()
    while source and source[0].text in ",;:":
        del source[0]
    if source and source[0].lower_ == "of":
        return [], []  # "of a wedding in Oxhill, Ada Holm": cut off in the middle
    if len(source) == 1 and source[0].tag_ in ("WP", "WDT"):
        return [], []  # PolNeAR's source of "who said" is `who`; whom that is the rules know
    return source, []


def _head_of(tokens: list[Token]) -> Token:
    """The word that the others hang on: a verb where there is one."""
    inside = {t.i for t in tokens}
    heads = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    verbs = [t for t in heads if t.pos_ in ("VERB", "AUX")]
    return (verbs or heads or tokens)[-1]


def _spans(scene: Scene, finding: Found) -> list[Span]:
    spans = (scene.stretch(run.start, run.stop) for run in finding.content)
    return [span for span in spans if span is not None]
