"""Quotations and their speakers: `"Y," X said`, `X said: "Y"`, and quotations without a cue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import own_subject, phrase, subject_of, verb_group
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.quotes import Quoted
from sayso.reading.attribution.speakers import addressee
from sayso.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CUE_SENTENCE = 5  # words of a sentence from its cue on, where it follows a closed quotation
_WORDS_OF_SPEECH = 4  # a shorter quotation is a scare quote unless it is a sentence


def is_speech(scene: Scene, quote: Quoted) -> bool:
    """True for a quotation that is a statement, not a quoted phrase within somebody's sentence."""
    text = scene.parse.text
    inner = text[quote.inner.start : quote.inner.end].strip()
    if not inner:
        return False
    words = quote.words_in(text)
    ends = inner[-1] in ".,!?…]" or quote.open_end
    begins = inner[0].isupper() or inner[0] in "[(.…"
    if begins and ends:
        return words >= 2
    if begins and words >= _WORDS_OF_SPEECH:
        return any(t.pos_ in ("VERB", "AUX") for t in scene.parse.tokens_of(quote.inner))
    return False


def find_quote_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each run of quotations with its cue; one without a cue has its last speaker's."""
    last: Hop | None = None
    waiting: list[Quoted] = []  # paragraphs of a quotation whose speaker follows its last
    i = 0
    quotes = scene.quotes
    while i < len(quotes):
        quote = quotes[i]
        hop = _with_cue(scene, quote) if is_speech(scene, quote) else _fragment(scene, quote)
        if hop is None and is_speech(scene, quote):
            hop = _without_cue(scene, quote, last)
        i += 1
        if hop is None:
            waiting = _before_it(scene, waiting, quote) if quote.open_end else []
            if quote.open_end:
                waiting.append(quote)
            continue
        if waiting and hop.rule == "quotation":
            hop.content[:0] = [q.outer for q in _before_it(scene, waiting, quote)]
        waiting = []
        # `"Y1," X said. "Y2."`: what goes on in the same breath is of the same act
        while i < len(quotes) and _goes_on(scene, hop, quotes[i - 1], quotes[i]):
            hop.content.append(quotes[i].outer)
            i += 1
        last = hop
        yield hop


def _before_it(scene: Scene, waiting: list[Quoted], quote: Quoted) -> list[Quoted]:
    """Those that this quotation goes on: each opens a paragraph right after the one before.

    `"The raid lasted an hour. ¶ "Six men were taken," the imam said.`: all of it is the imam's.
    """
    if waiting and not scene.parse.text[waiting[-1].outer.end : quote.outer.start].strip():
        return waiting
    return []


def _fragment(scene: Scene, quote: Quoted) -> Hop | None:
    """`Y1 "Y2," X said`: a quotation that ends a sentence of which the start is not quoted."""
    inner = scene.parse.words(quote.inner).rstrip()
    if not inner or inner[-1] not in ",.!?":
        return None
    cue = _cue_after(scene, quote)
    if cue is None:
        return None
    first = scene.parse.token_at(quote.outer.start)
    span = Span(first.sent.start_char, quote.outer.end)
    if scene.parse.token_at(span.start).is_space:
        span = Span(quote.outer.start, quote.outer.end)
    return _hop(scene, cue, [_trim(scene, span)], mixed=span.start < quote.outer.start)


def _trim(scene: Scene, span: Span) -> Span:
    text = scene.parse.words(span)
    return Span(span.start + len(text) - len(text.lstrip()), span.end)


def _with_cue(scene: Scene, quote: Quoted) -> Hop | None:
    before = _cue_before(scene, quote)
    colon = _before(scene.parse.text, 0, quote.outer.start) == ":"
    cue = before if before is not None and colon else _cue_after(scene, quote) or before
    if cue is None:
        cue = _leads_in(scene, quote)
    if cue is None:
        return None
    # `A, she said. "B," she said`: the words before the quotation in its own sentence belong too
    return _hop(scene, cue, [quote.outer], mixed=False)


def _before(text: str, start: int, end: int) -> str:
    """The last character that is no white space of `text[start:end]`; "" where there is none."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return text[end - 1] if end > start else ""


def _after(text: str, start: int, end: int) -> int:
    """How many characters of `text[start:end]` are left without the white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return end - start


def _leads_in(scene: Scene, quote: Quoted) -> Token | None:
    """The verb of a clause that leads into a quotation: `The envoy defended the deal: "It …"`."""
    opening = scene.parse.token_at(quote.outer.start)
    tokens = scene.parse.tokens
    if opening.i == 0 or tokens[opening.i - 1].text not in (",", ":"):
        return None
    for token in reversed(tokens[max(opening.sent.start, opening.i - 25) : opening.i]):
        if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
            subject = own_subject(token)
            if subject is not None and scene.is_speaker(subject):
                return token
    return None


def _hop(scene: Scene, cue: Token, content: list[Span], *, mixed: bool) -> Hop:
    head = _speaker(scene, cue)
    source = phrase(head) if head is not None else []
    bounds = {t.i for span in content for t in scene.parse.tokens_of(span)}
    source = [t for t in source if t.i not in bounds and not t.is_quote]
    while source and source[-1].is_punct and source[-1].text not in ")]":
        source.pop()
    return Hop(
        "quotation", cue, verb_group(cue), head, source, content,
        to=addressee(cue), quotation="mixed" if mixed else "direct", score=0.95,
    )  # fmt: skip


def _speaker(scene: Scene, cue: Token) -> Token | None:
    """The noun that speaks a quotation: the cue's subject, on whichever side it stands."""
    own = own_subject(cue)
    if own is not None and scene.quote_at(own) is None and own.dep_ != "expl":
        if own.lower_ in ("who", "which", "that") and cue.dep_ == "relcl":
            return cue.head
        return own
    for child in cue.children:
        inverted = child.dep_ in ("dobj", "attr", "npadvmod", "oprd", "appos", "dep", "dative")
        if inverted and child.left_edge.i == cue.i + 1 and scene.is_speaker(child):
            return child
    inherited = subject_of(cue)
    if inherited is not None and scene.quote_at(inherited) is None:
        return inherited
    # the parser hung the cue elsewhere: who stands behind the mark, or the nearest noun beside it
    for noun in (*_behind_mark(cue), *_beside(cue)):
        if scene.is_speaker(noun) and scene.quote_at(noun) is None:
            return noun
    return None


def _behind_mark(cue: Token) -> Iterator[Token]:
    """The noun that opens the cue's phrase: `," a baker, who lives near a depot, said`."""
    tokens = cue.doc
    mark = next((i for i in range(cue.i - 1, max(cue.i - _CUE_REACH, -1), -1)
                 if tokens[i].text == '"'), cue.i)  # fmt: skip
    for token in tokens[mark + 1 : cue.i]:
        whole = token.left_edge.i == mark + 1 and token.dep_ not in ("compound", "amod", "poss")
        if whole and token.pos_ in ("NOUN", "PROPN"):
            yield token


def _beside(cue: Token) -> Iterator[Token]:
    tokens = cue.doc
    for i in (cue.i - 1, cue.i + 1, cue.i + 2, cue.i - 2, cue.i + 3):
        if 0 <= i < len(tokens) and tokens[i].pos_ in ("PROPN", "PRON", "NOUN"):
            noun = tokens[i]
            while noun.dep_ in ("compound", "flat", "nmod", "amod") and noun.head.i != noun.i:
                noun = noun.head
            yield noun


def _is_speech_verb(scene: Scene, token: Token) -> bool:
    lemma = token.lemma_.lower()
    return token.pos_ in ("VERB", "AUX", "NOUN") and (
        (lemma in scene.cues.verbs and scene.cues.verbs[lemma] != "will")
        or lemma in ("go", "read", "ask", "urge", "call", "begin", "muse", "sum", "chant", "sing")
    )


def _cue_after(scene: Scene, quote: Quoted) -> Token | None:
    """The reporting verb that follows a closing mark: `," X said`, `," said X`, `" - X told Y`."""
    tokens = scene.parse.tokens
    first = scene.parse.token_at(quote.outer.end)
    paragraph = scene.parse.flow.paragraph_at(quote.outer.start)
    rest = _after(scene.parse.text, quote.outer.end, paragraph.end)
    if quote.open_end or first.idx < quote.outer.end or not rest:
        return None
    closed = scene.parse.words(quote.inner).rstrip().endswith((".", "…"))
    begin = first.i
    if first.text in (",", "-", "–", "—") or first.is_space:
        closed = closed and first.is_space
        begin += 1
    if tokens[begin].pos_ in ("CCONJ", "SCONJ"):
        return None  # `" and then left`, `" when she was asked`
    for token in tokens[begin : begin + _CUE_REACH]:
        if token.text in (".", '"', ";", ":") or token.is_space:
            return None
        if _speaks(scene, token, begin):
            return None if closed and not _stands_alone(token) else token
        if _is_other_verb(scene, token):
            return None
    return None


_CUE_REACH = 30  # tokens from a closing mark to its cue: names and titles are long
_ASIDE = ("acl", "relcl", "amod", "aux", "auxpass", "pcomp", "advcl", "compound")


def _speaks(scene: Scene, token: Token, begin: int) -> bool:
    """True for a speech verb that is not of an aside: `," the envoy, who announced it, said`."""
    if token.pos_ == "NOUN" or not _is_speech_verb(scene, token):
        return False
    if token.dep_ not in ("aux", "amod", "relcl", "acl") or token.i <= begin + 1:
        return True
    subject = own_subject(token)
    return token.dep_ == "relcl" and subject is not None and subject.lower_ not in ("who", "which")


def _is_other_verb(scene: Scene, token: Token) -> bool:
    """True for the verb of a sentence that goes on about something else."""
    is_verb = token.pos_ in ("VERB", "AUX") and token.dep_ not in _ASIDE
    return is_verb and not _is_speech_verb(scene, token)


def _stands_alone(cue: Token) -> bool:
    """True for a sentence that only names a speaker: `"It fell." Ada Holm said on Monday`."""
    sent = cue.sent
    words = [t for t in sent if t.is_alpha and t.i >= cue.i]
    return len(words) <= _CUE_SENTENCE and not any(
        c.dep_ in ("ccomp", "dobj", "xcomp") for c in cue.children
    )


def _cue_before(scene: Scene, quote: Quoted) -> Token | None:
    """The reporting verb that opens a quotation: `X said, "`, `X wrote on a site: "`."""
    tokens = scene.parse.tokens
    opening = scene.parse.token_at(quote.outer.start)
    i = opening.i - 1
    text = scene.parse.text
    paragraph = scene.parse.flow.paragraph_at(quote.outer.start)
    marked = False
    steps = 0
    while i >= 0 and tokens[i].idx >= paragraph.start and steps < 25:
        token = tokens[i]
        if token.text in (",", ":"):
            marked = True
        if token.text in (".", "!", "?", '"', ";") or "\n\n" in text[token.idx : opening.idx]:
            return None
        if _is_speech_verb(scene, token):
            near = opening.i - i <= 3
            colon = any(t.text == ":" for t in tokens[i : opening.i])
            if token.pos_ == "NOUN" and not colon:
                i, steps = i - 1, steps + 1
                continue
            if near or marked:
                return token
        i, steps = i - 1, steps + 1
    return None


def _goes_on(scene: Scene, hop: Hop, before: Quoted, after: Quoted) -> bool:
    """True where a second quotation is of the same act: split by the cue, or a next paragraph."""
    text = scene.parse.text
    between = text[before.outer.end : after.outer.start]
    if not is_speech(scene, after) and not text[
        after.inner.start : after.inner.end
    ].rstrip().endswith((".", ",", "!", "?")):
        return False
    if before.open_end and not between.strip() and text[after.outer.start] == '"':
        return True
    cue_span = scene.parse.span_of(hop.cue)
    if "\n\n" in between or not before.outer.end <= cue_span.start < after.outer.start:
        return False
    tail = between[cue_span.end - before.outer.end :]
    speaker = scene.parse.span_of(hop.source) if hop.source else cue_span
    if speaker.start > cue_span.end:
        tail = between[max(0, speaker.end - before.outer.end) :]
    stripped = tail.strip()
    if stripped in (".", ",", ":", ";", "", "-", "–", "—"):
        return True
    # `," X said in a statement, "`: what stands between is of the cue phrase
    ends = stripped[-1] in ".,:;"
    small = len(stripped) < 60 and "." not in stripped[:-1] and '"' not in stripped
    return (
        ends
        and small
        and not any(
            t.pos_ == "VERB" and t.dep_ in ("conj", "ROOT") and t.i != hop.verb.i
            for t in scene.parse.tokens_of(Span(cue_span.end, after.outer.start))
        )
    )


def _without_cue(scene: Scene, quote: Quoted, last: Hop | None) -> Hop | None:
    """A quotation that stands alone: the speaker of the sentence before, or of the last quotation.

    `She rejected the report. "It is false."`; a quotation that goes on in the next paragraph.
    """
    text = scene.parse.text
    if quote.words_in(text) < _WORDS_OF_SPEECH:
        return None
    opening = scene.parse.token_at(quote.outer.start)
    paragraph = scene.parse.flow.paragraph_at(quote.outer.start)
    lead = _before(text, paragraph.start, quote.outer.start)
    rest = _after(text, quote.outer.end, paragraph.end)
    if lead and lead in ".!?:":
        verb = _verb_of_sentence_before(scene, opening)
        if verb is not None:
            head = _speaker(scene, verb)
            if head is not None and scene.is_speaker(head):
                source = [t for t in phrase(head) if not t.is_quote]
                return Hop(
                    "quotation alone", verb, verb_group(verb), head, source, [quote.outer],
                    quotation="direct", inherited=True, score=0.6,
                )  # fmt: skip
    if last is not None and not lead and rest < 3:
        near = opening.idx - scene.parse.span_of(last.cue).end
        if near < 1500:
            return Hop(
                "quotation alone", last.verb, last.cue, last.speaker, last.source, [quote.outer],
                quotation="direct", inherited=True, score=0.5,
            )  # fmt: skip
    return None


def _verb_of_sentence_before(scene: Scene, opening: Token) -> Token | None:
    tokens = scene.parse.tokens
    i = opening.i - 1
    while i > 0 and (tokens[i].is_space or tokens[i].is_punct):
        i -= 1
    sent = tokens[i].sent
    root = sent.root
    if root.pos_ not in ("VERB", "AUX") or scene.quote_at(root) is not None:
        return None
    return root
