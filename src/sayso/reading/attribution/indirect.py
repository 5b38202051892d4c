"""Reported clauses beside their cue: "X said that Y", "Y, X said", "Y1, X said, Y2"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import (
    is_passive,
    noun_before,
    own_subject,
    phrase,
    role_and_name,
    verb_group,
)
from sayso.reading.attribution.contents import (
    bound,
    complement_of,
    is_cue,
    sentence_limit,
    stop_at,
    that_after,
)
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.speakers import TELLS, addressee, may_speak, speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Span

_PLAIN_SAYING = {"say", "claim", "allege", "insist", "argue", "believe", "think"}


def find_clause_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each cue verb with a reported clause, before or after it."""
    for verb in scene.parse.tokens:
        if is_cue(scene, verb) and not is_passive(verb):
            hop = _after(scene, verb) or _as_said(scene, verb) or _before(scene, verb)
            if hop is not None:
                yield hop


def _after(scene: Scene, verb: Token) -> Hop | None:
    """`X said (that) Y`, `X told Z that Y`, `…, adding that Y`."""
    head, source, inherited = speaker_of(verb)
    start, limit = sentence_limit(verb, scene)
    if not may_speak(scene, verb, head):
        if not _goes_on_from_cue(scene, verb, start):
            return None
        head, source, inherited = None, [], True
    clause = complement_of(verb, after=True)
    if verb.tag_ in ("VBN", "VBD") and _to_do(verb):
        return None  # "a ship said to carry arms was stopped": the parser makes `said` the verb
    if verb.dep_ == "advcl" and verb.tag_ in ("VBN", "VBD") and own_subject(verb) is None:
        return None  # "Asked who had fired, the colonel shrugged": others asked
    unhung = _behind_aside(verb, limit)
    if unhung is not None:
        clause = None
    elif clause is None:
        unhung = that_after(verb, limit) or _clause_unseen(verb, limit)
        if unhung is None:
            return None
    if clause is None:
        begin = unhung or limit
        end = bound(scene, verb, None, begin, limit)
    else:
        begin = max(clause.left_edge.i, verb.i + 1)
        if head is not None and head.i > verb.i and not inherited:
            begin = max(begin, source[-1].i + 1)  # "said the minister that …"
        begin = _first_word(verb, begin)
        end = bound(scene, verb, clause, begin, limit)
    piece = scene.stretch(begin, end)
    if piece is None:
        return None
    content = [piece]
    if clause is not None and clause.left_edge.i < verb.i:
        content = _with_antecedent(scene, clause, verb) + content
    return Hop(
        "clause after", verb, verb_group(verb), head, source, content,
        to=addressee(verb), inherited=inherited, score=0.9 if clause is not None else 0.7,
    )  # fmt: skip


def _as_said(scene: Scene, verb: Token) -> Hop | None:
    """`Y, as X confirmed`, `As X has found, Y`."""
    tokens = verb.doc
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.i < verb.i), None)
    if mark is None or mark.lower_ != "as" or scene.cues.verbs[verb.lemma_.lower()] not in _SAYS:
        return None
    head, source, inherited = speaker_of(verb)
    if inherited or not may_speak(scene, verb, head):
        return None
    if any(c.dep_ == "dobj" for c in verb.children) and verb.lemma_ not in TELLS:
        return None  # "as he announced the deal": when, not what
    start, limit = sentence_limit(verb, scene)
    end = _end_of_cue_phrase(verb, source, limit)
    if end is None:
        return None
    first = start
    while first < mark.i and (tokens[first].is_quote or tokens[first].is_space):
        first += 1
    piece = None
    if mark.i > first and tokens[mark.i - 1].text == ",":
        piece = scene.stretch(first, mark.i)
    elif mark.i == first and end < limit and tokens[end].text == ",":
        piece = scene.stretch(end, stop_at(scene, verb, end, limit))
    if piece is None:
        return None
    return Hop(
        "clause before", verb, verb_group(verb), head, source, [piece],
        to=addressee(verb), score=0.7,
    )  # fmt: skip


_SAYS = {"stated", "confirmed", "purported", "denied", "possible", "probable"}


def _goes_on_from_cue(scene: Scene, verb: Token, start: int) -> bool:
    """True for a participle whose speaker spoke before: "said that the toll could rise, | adding".

    The parser hangs it on the content and gives it the toll for a subject.
    """
    tokens = verb.doc
    if verb.tag_ != "VBG" or verb.i == start or verb.dep_ not in ("advcl", "ccomp", "dep", "acl"):
        return False
    if tokens[verb.i - 1].text not in (",", '"') and tokens[verb.i - 1].lower_ not in _BEFORE:
        return False
    return any(is_cue(scene, t) and t.tag_ != "VB" for t in tokens[start : verb.i])


_BEFORE = {"while", "before", "after", "although", "though", "and"}


def _to_do(verb: Token) -> bool:
    tokens = verb.doc
    after = tokens[verb.i + 1 : verb.i + 3]
    return len(after) == 2 and after[0].lower_ == "to" and after[1].tag_ == "VB"


def _behind_aside(verb: Token, limit: int) -> int | None:
    """Where the clause begins behind an aside: "said, citing its doctors, | that the king died".

    The addressee may stand before it: "told the paper, speaking anonymously, that …".
    """
    tokens = verb.doc
    words = addressee(verb)
    comma = max([verb.i, *(t.i for t in words)]) + 1
    if comma >= limit or tokens[comma].text != ",":
        return None
    for i in range(comma + 1, min(limit - 1, comma + _ASIDE)):
        if tokens[i].is_quote or tokens[i].text in ";:" or tokens[i].lower_ == "that":
            return None
        if tokens[i].text == "," and tokens[i + 1].lower_ == "that":
            return i + 1
    return None


_ASIDE = 20  # tokens between the commas of an aside


def _with_antecedent(scene: Scene, clause: Token, verb: Token) -> list[Span]:
    """What a clause took along to the left: "fires, which media said were under control"."""
    relative = own_subject(clause)
    if relative is None or relative.i > verb.i:
        return []
    if relative.lower_ in ("which", "who", "that") and verb.dep_ == "relcl":
        words = phrase(_agreeing(verb.head, clause))
        piece = scene.stretch(words[0].i, words[-1].i + 1)
    else:
        piece = scene.stretch(relative.left_edge.i, relative.right_edge.i + 1)
    return [piece] if piece else []


def _agreeing(noun: Token, clause: Token) -> Token:
    """The noun that a relative clause is about: "fires at a plant, which … were": `fires`."""
    plural = any(t.lower_ in ("were", "are", "have") for t in (clause, *clause.children))
    found = noun
    while plural and found.tag_ not in ("NNS", "NNPS") and found.dep_ in ("pobj", "prep", "conj"):
        found = found.head
    return found if found.tag_ in ("NNS", "NNPS") else noun


def _clause_unseen(verb: Token, limit: int) -> int | None:
    """Where a clause without "that" begins which the parser did not hang on its cue, or None."""
    if verb.lemma_ not in _PLAIN_SAYING:
        return None
    tokens = verb.doc
    own = own_subject(verb)
    if own is not None and own.i > verb.i and complement_of(verb, after=False) is not None:
        return None  # "Guests ran, said Ada Holm, a cousin who sat at the door": it stands before
    begin = verb.i + 1
    while begin < limit and tokens[begin].ent_type_ == "DATE":
        begin += 1
    if begin >= limit or tokens[begin].is_punct or tokens[begin].pos_ in ("ADP", "ADV", "SCONJ"):
        return None
    said = tokens[begin:limit]
    # "claimed responsibility for a raid that killed nine": an object, of which a clause tells
    finite = any(
        t.tag_ in ("VBD", "VBZ", "VBP", "MD") and "relcl" not in (t.dep_, t.head.dep_)
        for t in said[1:]
    )
    return begin if finite and not said[0].is_quote else None


def _first_word(verb: Token, begin: int) -> int:
    """Where a reported clause begins, mended: its subject hung on the cue, or the addressee on it.

    "indicated no aid would come" (the parser makes `no aid` the object of `indicated`); "told NPR
    Holm had left" (it makes `NPR Holm` one name).
    """
    tokens = verb.doc
    telling = verb.lemma_ in TELLS
    begin = _behind_day(verb, begin)
    if telling and begin == verb.i + 1 and begin + 1 < len(tokens):
        first, second = tokens[begin], tokens[begin + 1]
        if first.is_upper and len(first) > 1 and second.is_title and second.pos_ == "PROPN":
            return begin + 1
    for child in verb.children:
        if (
            child.dep_ == "dobj"
            and not telling
            and verb.i < child.i
            and (child.right_edge.i + 1 == begin)
        ):
            return child.left_edge.i
    return begin


def _behind_day(verb: Token, begin: int) -> int:
    """Where a clause begins behind the day of saying: "said on Monday | it had left"."""
    tokens = verb.doc
    at = begin + 1 if begin == verb.i + 1 and tokens[begin].lower_ == "on" else begin
    day = at
    while at < len(tokens) and tokens[at].ent_type_ == "DATE" and begin == verb.i + 1:
        at += 1
    opens = day < at < len(tokens) and tokens[at].dep_ in ("nsubj", "nsubjpass", "expl", "det")
    return at if opens else begin


def _before(scene: Scene, verb: Token) -> Hop | None:
    """`Y, X said`, `Y, said X`, also unquoted, where the parser is often wrong."""
    if scene.cues.verbs[verb.lemma_.lower()] == "will" or verb.tag_ == "VBG":
        return None  # ", quoting her sister": a participle has no subject after it
    start, limit = sentence_limit(verb, scene)
    tokens = verb.doc
    speaker = _speaker_beside(scene, verb, start)
    if speaker is None:
        return None
    own, source, inverted = speaker
    first = verb_group(verb)[0].i if inverted else min(source[0].i, verb.i)
    if first <= start or tokens[first - 1].text not in (",", '"', "—", "–", "-"):
        return None
    if scene.quote_at(tokens[first]) is None and tokens[first - 1].text in "—–-":
        return None
    rest = _end_of_cue_phrase(verb, source, limit)
    if rest is None:
        return None
    before = scene.stretch(start, first)
    content = [before] if before else []
    if rest < limit and tokens[rest].text == ",":
        content += _goes_on(scene, verb, rest, limit)
    if not content:
        return None
    return Hop(
        "clause before", verb, verb_group(verb), own, source, content,
        to=addressee(verb), score=0.85,
    )  # fmt: skip


def _speaker_beside(
    scene: Scene, verb: Token, start: int
) -> tuple[Token, list[Token], bool] | None:
    """(head, phrase, inverted) of the speaker of a cue that follows what was said."""
    own = own_subject(verb)
    inverted = own is None or own.i > verb.i
    after = _inverted_subject(scene, verb)
    titled = role_and_name(verb)
    if titled and (after is None or verb.lemma_ in TELLS):
        own = next((t for t in titled if t.pos_ == "NOUN" and t.dep_ != "poss"), titled[-1])
        return own, titled, False
    if after is not None and verb.i > start and verb.nbor(-1).text == ",":
        own = after  # "A slide buried a farm, said Holm": the parser gives `said` both subjects
        inverted = True
    elif inverted:
        own = after
        if own is None:
            # ", the Bureau of Order (BO) said": the parser hung the bureau on the noun before
            own, inverted = _first_joined(noun_before(verb)), False
    if own is not None and own.i < verb.i:
        own = _apposed(own, verb) or own
    if own is None or own.tag_ in ("WP", "WDT") or not may_speak(scene, verb, own):
        return None
    # "a witness said by telephone": the parser hangs the cue on its own speaker
    return own, [t for t in phrase(own) if own.i > verb.i or t.i < verb.i], inverted


def _first_joined(noun: Token | None) -> Token | None:
    """The first of those who speak together: "killing nine people, two officers and a nurse said".

    The parser takes all of them for more of the dead.
    """
    while noun is not None and noun.dep_ == "conj" and noun.left_edge.nbor(-1).dep_ == "cc":
        noun = noun.head
    return noun


def _apposed(noun: Token, verb: Token) -> Token | None:
    """The speaker in "and has lost half of it, an officer said": no comma closes an appositive.

    The parser makes the object the subject of the cue, and the speaker an aside of it.
    """
    first = verb_group(verb)[0].i
    for child in noun.children:
        opened = child.left_edge.i > noun.i and child.left_edge.nbor(-1).text == ","
        if child.dep_ == "appos" and opened and child.right_edge.i == first - 1:
            return child
    return None


def _inverted_subject(scene: Scene, verb: Token) -> Token | None:
    """The speaker after the verb: ", said Interior Minister Ada Holm"."""
    for child in verb.children:
        right = child.dep_ in ("nsubj", "dobj", "attr", "oprd", "npadvmod", "appos", "dative")
        if right and child.i > verb.i and child.left_edge.i == verb.i + 1:
            return child if scene.is_speaker(child) else None
    return None


def _end_of_cue_phrase(verb: Token, source: list[Token], limit: int) -> int | None:
    """One past the cue phrase with its addressee and time; None where another verb follows."""
    tokens = verb.doc
    i = max(verb.i, source[-1].i) + 1
    while i < limit and tokens[i].text not in (",", '"', ";", "—", "–"):
        token = tokens[i]
        hangs = token.head if token.dep_ in ("aux", "auxpass") else token  # "a doctor who had come"
        if token.pos_ in ("VERB", "AUX") and hangs.dep_ not in ("amod", "acl", "pcomp", "relcl"):
            return None
        i += 1
    return i


def _goes_on(scene: Scene, verb: Token, comma: int, limit: int) -> list[Span]:
    """The second half of a content that its cue cut in two ("The bomb, X said, was left")."""
    tokens = verb.doc
    begin = comma + 1
    if begin >= limit:
        return []
    token = tokens[begin]
    if token.tag_ == "VBG" and (is_cue(scene, token) or token.lemma_ == "cite"):
        return []
    if token.dep_ == "mark" or token.lower_ in ("but", "who", "which", "whose", "while"):
        return []
    if token.lower_ == "according":
        return []
    has_subject = any(
        t.dep_ in ("nsubj", "nsubjpass") for t in tokens[begin:limit] if t.head.i >= begin
    )
    if token.lower_ == "and" and has_subject:
        return []  # a clause of its own after the cue phrase is the report's voice
    piece = scene.stretch(begin, stop_at(scene, verb, begin, limit))
    return [piece] if piece else []
