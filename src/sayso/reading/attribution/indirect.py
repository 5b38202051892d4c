"""Reported clauses: "X said that Y", "Y, X said", "according to X, Y", "it was confirmed that Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import (
    agent_of,
    is_passive,
    noun_before,
    own_subject,
    phrase,
    subject_of,
    verb_group,
)
from sayso.reading.attribution.hops import Hop, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Span

_TERMINAL = ".!?"
# verbs that take "to do": what is pledged, wanted, reported to have happened
_INFINITIVE = {
    "pledge", "promise", "vow", "threaten", "agree", "swear", "want", "demand", "ask", "wish",
    "offer", "propose", "commit", "plead", "undertake",
}  # fmt: skip
_AFTER_CUE = {"dative", "dobj", "prep", "npadvmod", "advmod", "pobj", "tmod", "punct", "agent"}


def is_cue(scene: Scene, verb: Token) -> bool:
    """True for a word that can be a reporting, believing or willing verb here."""
    if verb.pos_ not in ("VERB", "AUX") or verb.lemma_.lower() not in scene.cues.verbs:
        return False
    # "the reported attack", "an alleged spy": adjectives
    return verb.dep_ not in ("amod", "compound")


def sentence_limit(token: Token, scene: Scene) -> tuple[int, int]:
    """First token of the sentence, and one past its last word; inside a quotation, its marks bound."""
    sent = token.sent
    start, end = sent.start, sent.end
    tokens = token.doc
    while end > start and (tokens[end - 1].is_space or tokens[end - 1].text in _TERMINAL):
        end -= 1
    quote = scene.quote_at(token)
    if quote is not None:
        while start < token.i and tokens[start].idx < quote.inner.start:
            start += 1
        while end > token.i + 1 and tokens[end - 1].idx >= quote.inner.end:
            end -= 1
        while end > start and tokens[end - 1].text in _TERMINAL:
            end -= 1
    return start, end


def find_clause_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each cue verb with a reported clause, before or after it."""
    for verb in scene.parse.tokens:
        if not is_cue(scene, verb):
            continue
        hop = (
            _passive(scene, verb)
            or _after(scene, verb)
            or _before(scene, verb)
            or _infinitive(scene, verb)
        )
        if hop is not None:
            yield hop


def _source(scene: Scene, verb: Token) -> tuple[Token | None, list[Token], bool]:
    """(head, phrase, inherited) of who says what a verb says; (None, [], False) for nobody."""
    own = own_subject(verb)
    head = own if own is not None and own.dep_ != "expl" else subject_of(verb)
    if head is None or head.dep_ == "expl":
        head = noun_before(verb) if own is None else None
        if head is None:
            return None, [], False
        return head, phrase(head), False
    if head.lower_ in ("who", "which", "that", "whom") and head.head.dep_ == "relcl":
        head = head.head.head
    return head, phrase(head), own is None


_SHOWS = {"show", "depict", "demonstrate", "prove"}


def _may_speak(scene: Scene, verb: Token, head: Token | None) -> bool:
    """True where the subject can be the speaker of this verb: evidence shows, it does not vow."""
    if head is None:
        return False
    lemma = verb.lemma_.lower()
    if lemma in _SHOWS:
        # "footage shows"; "a photo showing" describes the photo
        return scene.is_evidence(head) and verb.tag_ != "VBG"
    if scene.is_speaker(head):
        return True
    if scene.is_evidence(head):
        return lemma in scene.cues.evidence_verbs
    return lemma in ("say", "tell", "claim", "allege", "announce")


def _complement(verb: Token, *, after: bool) -> Token | None:
    """The reported clause's head, to the right or left of the cue."""
    for child in verb.children:
        if (child.i > verb.i) != after:
            continue
        if child.dep_ in ("ccomp", "csubj"):
            return child
        # "did not say if anyone was hurt": the parser takes the question for a condition
        if child.dep_ == "advcl" and child.left_edge.i == verb.i + 1 and child.left_edge.lower_ in (
            "if", "whether",
        ):  # fmt: skip
            return child
    return None


def _after(scene: Scene, verb: Token) -> Hop | None:
    """`X said (that) Y`, `X told Z that Y`, `…, adding that Y`."""
    head, source, inherited = _source(scene, verb)
    if is_passive(verb) or not _may_speak(scene, verb, head):
        return None
    start, limit = sentence_limit(verb, scene)
    clause = _complement(verb, after=True)
    if clause is None:
        begin = _that_after(verb, limit)
        if begin is None:
            begin = _clause_unseen(verb, limit)
        if begin is None:
            return None
        end = _bound(scene, verb, None, begin, limit)
    else:
        begin = max(clause.left_edge.i, verb.i + 1)
        if head is not None and head.i > verb.i and not inherited:
            begin = max(begin, source[-1].i + 1)  # "said the minister that …"
        begin = _first_word(scene, verb, begin)
        end = _bound(scene, verb, clause, begin, limit)
    piece = scene.stretch(begin, end)
    if piece is None:
        return None
    content = [piece]
    if clause is not None and clause.left_edge.i < verb.i:
        content = _with_antecedent(scene, clause, verb) + content
    return Hop(
        "clause after", verb, verb_group(verb), head, source, content,
        to=_addressee(verb), inherited=inherited, score=0.9 if clause is not None else 0.7,
    )  # fmt: skip


def _with_antecedent(scene: Scene, clause: Token, verb: Token) -> list[Span]:
    """What the clause's head took along to the left: "fires, which media said were under control"."""
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


def _that_after(verb: Token, limit: int) -> int | None:
    """The index of a "that" (or whether, if) which opens a clause near the cue, for broken parses."""
    tokens = verb.doc
    for i in range(verb.i + 1, min(limit, verb.i + 9)):
        if tokens[i].lower_ in ("that", "whether") and tokens[i].pos_ == "SCONJ":
            return i
        if tokens[i].is_punct and tokens[i].text != '"':
            return None
    return None


def _clause_unseen(verb: Token, limit: int) -> int | None:
    """Where a clause without "that" begins which the parser did not hang on its cue, or None."""
    if verb.lemma_ not in _PLAIN_SAYING:
        return None
    tokens = verb.doc
    begin = verb.i + 1
    while begin < limit and tokens[begin].ent_type_ == "DATE":
        begin += 1
    if begin >= limit or tokens[begin].is_punct or tokens[begin].pos_ in ("ADP", "ADV", "SCONJ"):
        return None
    said = tokens[begin:limit]
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") and not t.is_punct for t in said[1:])
    return begin if finite and not said[0].is_quote else None


_PLAIN_SAYING = {"say", "claim", "allege", "insist", "argue", "believe", "think"}


def _first_word(scene: Scene, verb: Token, begin: int) -> int:
    """Where a reported clause begins, mended: its subject hung on the cue, or the addressee on it.

    "indicated no aid would come" (the parser makes `no aid` the object of `indicated`); "told NPR
    Holm had left" (it makes `NPR Holm` one name).
    """
    tokens = verb.doc
    telling = verb.lemma_ in _TELLS
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


_TELLS = {"tell", "inform", "brief", "assure", "remind", "warn", "notify", "advise"}


def _addressee(verb: Token) -> list[Token]:
    """Whom the words were said to: "told AFP", "said to reporters"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ in ("dative", "dobj") and verb.lemma_ in _TELLS:
            nouns = [n for n in child.children if n.dep_ == "pobj"] if child.pos_ == "ADP" else []
            return phrase(nouns[0] if nouns else child)
        if child.dep_ == "prep" and child.lower_ == "to" and verb.lemma_ != "according":
            nouns = [n for n in child.children if n.dep_ == "pobj"]
            if nouns:
                return phrase(nouns[0])
    return []


def _bound(scene: Scene, verb: Token, clause: Token | None, begin: int, limit: int) -> int:
    """One past the last token of a content that begins at `begin`.

    A concessive clause hung on the cue belongs to the content ("said that A, though B"); the next
    cue of the same speaker does not (", adding that"), nor does "according to".
    """
    tokens = verb.doc
    end = limit if clause is None else min(clause.right_edge.i + 1, limit)
    if clause is not None:
        for child in verb.children:
            if child.dep_ == "advcl" and child.i >= end and not is_cue(scene, child):
                if any(c.dep_ == "mark" for c in child.children) and child.lemma_ != "cite":
                    end = min(max(end, child.right_edge.i + 1), limit)
            # "wants the troops to leave and the envoy sent home": hung on the cue, still wanted
            if child.dep_ == "conj" and child.i >= end and child.tag_ in ("VB", "VBN"):
                if not any(c.dep_ == "aux" for c in child.children) and own_subject(child):
                    end = min(max(end, child.right_edge.i + 1), limit)
        # a clause does not end before its own verb: "that the man | caught alive has died"
        if end < limit and tokens[end].pos_ in ("AUX", "VERB") and tokens[end].i != verb.i:
            if not is_cue(scene, tokens[end]):
                end = limit
        if end < limit and _trails(tokens[end:limit]):
            end = limit
    return stop_at(scene, verb, begin, end)


def _trails(rest: Span) -> bool:
    """True for the verbless tail of a list that the parser cut off: ", and two from the guard"."""
    words = [t for t in rest if not t.is_punct]
    return (
        bool(words)
        and words[0].dep_ == "cc"
        and not any(t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "acl") for t in words)
    )


def stop_at(scene: Scene, verb: Token, begin: int, end: int) -> int:
    """Cut a content at what is no longer said: the next cue of the speaker, or another source."""
    tokens = verb.doc
    for i in range(begin + 1, end):
        token = tokens[i]
        if token.lower_ == "according" and i + 1 < end and tokens[i + 1].lower_ == "to":
            if tokens[i - 1].text == "," or i > begin + 2:
                return i
        if token.tag_ == "VBG" and token.lemma_ == "cite" and tokens[i - 1].text != ",":
            return i
        if token.tag_ == "VBG" and tokens[i - 1].text == "," and scene.quote_at(token) is None:
            if is_cue(scene, token) or token.lemma_ in ("cite", "quote"):
                return i - 1
        if (
            token.dep_ == "conj"
            and token.head.i in (verb.i,)
            and is_cue(scene, token)
            and token.tag_ != "VB"
            and tokens[i - 1].dep_ == "cc"
        ):
            return i - 1
    return end


def _before(scene: Scene, verb: Token) -> Hop | None:
    """`Y, X said`, `Y, said X`, also unquoted, where the parser is often wrong; `Y1, X said, Y2`."""
    if is_passive(verb) or scene.cues.verbs[verb.lemma_.lower()] in ("will",):
        return None
    start, limit = sentence_limit(verb, scene)
    tokens = verb.doc
    own = own_subject(verb)
    inverted = own is None or own.i > verb.i
    if inverted:
        own = _inverted_subject(scene, verb)
    if own is None or not _may_speak(scene, verb, own):
        return None
    source = phrase(own)
    first = verb_group(verb)[0].i if inverted else min(source[0].i, verb.i)
    if first <= start or tokens[first - 1].text not in (",", '"', "—", "–", "-"):
        return None
    if scene.quote_at(tokens[first]) is None and tokens[first - 1].text in "—–-":
        return None
    after = _end_of_cue_phrase(verb, source, limit)
    if after is None:
        return None
    before = scene.stretch(_clause_start(tokens, start, first), first)
    content = [before] if before else []
    if after < limit and tokens[after].text == ",":
        content += _goes_on(scene, verb, after, limit)
    if not content:
        return None
    return Hop(
        "clause before", verb, verb_group(verb), own, source, content,
        to=_addressee(verb), score=0.85,
    )  # fmt: skip


def _inverted_subject(scene: Scene, verb: Token) -> Token | None:
    """The speaker after the verb: ", said Interior Minister Ada Holm"."""
    for child in verb.children:
        right = child.dep_ in ("nsubj", "dobj", "attr", "oprd", "npadvmod", "appos", "dative")
        if right and child.i > verb.i and child.left_edge.i == verb.i + 1:
            return child if scene.is_speaker(child) else None
    return None


def _clause_start(tokens: object, start: int, first: int) -> int:
    return start


def _end_of_cue_phrase(verb: Token, source: list[Token], limit: int) -> int | None:
    """One past the cue phrase (addressee, place and time of saying included); None where more follows."""
    tokens = verb.doc
    i = max(verb.i, source[-1].i) + 1
    while i < limit and tokens[i].text not in (",", '"', ";", "—", "–"):
        token = tokens[i]
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "acl", "pcomp", "relcl"):
            return None
        i += 1
    return i


def _goes_on(scene: Scene, verb: Token, comma: int, limit: int) -> list[Span]:
    """The second half of a content that the cue phrase cut in two ("The bomb, X said, was left")."""
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


def _passive(scene: Scene, verb: Token) -> Hop | None:
    """`It was confirmed (through C) that Y`, `Y was reported to have …`, with or without a source."""
    lemma = verb.lemma_.lower()
    if not is_passive(verb) or scene.cues.verbs[lemma] in ("will",):
        return None
    subject = own_subject(verb)
    if subject is None:
        return None
    start, limit = sentence_limit(verb, scene)
    head = _oblique(scene, verb, start)
    source = phrase(head) if head is not None else []
    impersonal = subject.lower_ in ("it", "there") and subject.pos_ == "PRON"
    tokens = verb.doc
    if impersonal:
        clause = _complement(verb, after=True)
        begin = _that_after(verb, limit) if clause is None else clause.left_edge.i
        if begin is None:
            begin = _far_that(verb, limit)
        if begin is None or begin <= verb.i:
            return None
        # "confirmed through an agency that the man …": the parser may hang "that" too low
        far = _far_that(verb, limit)
        if far is not None and far < begin:
            begin, clause = far, None
        if head is not None and source and source[-1].i >= begin:
            source = [t for t in source if t.i < begin]
        piece = scene.stretch(begin, _bound(scene, verb, clause, begin, limit))
        content = [piece] if piece else []
    else:
        clause = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
        if clause is None or clause.left_edge.lower_ not in ("to", "as") or lemma in _BELIEVED:
            return None
        if scene.cues.verbs[lemma] == "belief":
            return None
        words = phrase(subject)
        pieces = [
            scene.stretch(words[0].i, words[-1].i + 1),
            scene.stretch(clause.left_edge.i, min(clause.right_edge.i + 1, limit)),
        ]
        content = [p for p in pieces if p]
    if not content or tokens[content[0].start :] is None:
        return None
    return Hop("passive", verb, verb_group(verb), head, source, content, score=0.75)


_BELIEVED = {"believe", "think", "expect", "suspect", "assume", "consider", "know", "understand"}


def _far_that(verb: Token, limit: int) -> int | None:
    """A "that" after prepositional phrases only ("confirmed through a partner service that …")."""
    tokens = verb.doc
    for i in range(verb.i + 1, min(limit, verb.i + 16)):
        token = tokens[i]
        if token.lower_ == "that" and (token.pos_ == "SCONJ" or token.dep_ in ("mark", "det")):
            return i if i > verb.i else None
        if token.pos_ in ("VERB", "AUX") or token.text in ".;:":
            return None
    return None


def _oblique(scene: Scene, verb: Token, start: int) -> Token | None:
    """Who it was confirmed through: "by", "through", "via" and "with" phrases, before or after."""
    agent = agent_of(verb)
    if agent is not None:
        return agent
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in scene.cues.conduit_prepositions:
            noun = _behind_conduit(scene, child)
            if noun is not None:
                return noun
    return None


def _behind_conduit(scene: Scene, preposition: Token) -> Token | None:
    """The speaker behind a conduit: in "through information sharing with a partner", the partner."""
    for noun in preposition.children:
        if noun.dep_ not in ("pobj", "pcomp"):
            continue
        if noun.lower_ in scene.cues.conduits or noun.dep_ == "pcomp":
            for deeper in noun.children:
                if deeper.dep_ == "prep" and deeper.lower_ in scene.cues.conduit_prepositions:
                    found = _behind_conduit(scene, deeper)
                    if found is not None:
                        return found
            continue
        if scene.is_speaker(noun) or scene.is_evidence(noun):
            return noun
    return None


def _infinitive(scene: Scene, verb: Token) -> Hop | None:
    """`X pledged to do Y`, `X urged Z to do Y`, `X called for Y`: what the speaker wants done."""
    head, source, inherited = _source(scene, verb)
    if is_passive(verb) or head is None or not scene.is_speaker(head):
        return None
    lemma = verb.lemma_.lower()
    start, limit = sentence_limit(verb, scene)
    clause = None
    for child in verb.children:
        if child.i < verb.i:
            continue
        if (
            (child.dep_ == "xcomp" and lemma in _INFINITIVE)
            or (child.dep_ in ("ccomp", "xcomp") and scene.cues.verbs[lemma] == "will")
            or (child.dep_ == "prep" and child.lower_ in ("for", "on") and lemma in ("call", "ask"))
        ):
            clause = child
    if clause is None:
        return None
    begin = verb.i + 1
    if clause.dep_ == "prep":
        begin = clause.i + 1
    elif not any(c.dep_ == "dobj" for c in verb.children):
        begin = clause.left_edge.i
    piece = scene.stretch(begin, _bound(scene, verb, clause, begin, limit))
    if piece is None:
        return None
    return Hop(
        "infinitive", verb, verb_group(verb), head, source, [piece],
        inherited=inherited, score=0.7,
    )  # fmt: skip


def find_according_hops(scene: Scene) -> Iterator[Hop]:
    """`According to X, Y`, `Y, according to X`, `Y1, according to X, Y2`."""
    tokens = scene.parse.tokens
    for token in tokens:
        if token.i + 1 >= len(tokens) or not (token.lower_ == "according" or _is_per(token)):
            continue
        preposition = tokens[token.i + 1] if token.lower_ == "according" else token
        nouns = [
            n
            for prep in (preposition, token)
            for n in prep.children
            if n.dep_ in ("pobj", "dobj", "pcomp") and n.i > preposition.i
        ]
        if preposition.lower_ not in ("to", "per") or not nouns:
            continue
        source = [t for t in phrase(nouns[0]) if t.i > preposition.i]
        if not source:
            continue
        start, limit = sentence_limit(token, scene)
        content = _around(scene, token, source[-1].i + 1, start, limit)
        if content:
            yield Hop(
                "according to",
                token,
                list(tokens[token.i : preposition.i + 1]),
                nouns[0],
                source,
                content,
                score=0.9,
            )


def _is_per(token: Token) -> bool:
    """True for "Per the ministry, …", not for "two per day"."""
    return token.lower_ == "per" and token.is_sent_start is True


def _around(scene: Scene, token: Token, after: int, start: int, limit: int) -> list[Span]:
    """The clause before a prepositional cue and the one after it, whichever stand there."""
    tokens = token.doc
    content = []
    before = scene.stretch(start, token.i)
    if before is not None and token.i > start and any(t.is_alpha for t in tokens[start : token.i]):
        lead = tokens[start : token.i]
        if not all(t.pos_ in ("CCONJ", "ADV", "PUNCT", "SPACE") for t in lead):
            content.append(before)
    if after < limit and (not content or tokens[after].text == ","):
        rest = scene.stretch(after, stop_at(scene, token, after, limit))
        starts_anew = after + 1 < limit and tokens[after + 1].lower_ in (
            "but", "and", "while", "though", "although", "who", "which", "whose", "adding",
        )  # fmt: skip
        if rest is not None and not (content and starts_anew):
            content.append(rest)
    return content
