"""The units that a content or a sentence falls into: each states one thing of its own.

gold/GUIDE.md, ruling 6: coordinate clauses are split where the second has its own subject and its
own event, or another certainty; ruling 5: each sentence of a quotation that has an event is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import own_subject
from sayso.record import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Scene

_CONCESSIVE = {"though", "although", "while", "whereas", "whilst"}
_RELATIVE = {"which", "who", "whose", "where", "whom"}
_LEADS = {"that", "and", "but", "or", "though", "although", "while", "whereas", "where", "whilst",
          "however", "meanwhile", "yet", "so", "then", "because"}  # fmt: skip
_JOINTS = ",;:—–-"
_MARKS = ('"', "'", "\"'")
_PAST = {"VBD"}
_PRESENT = {"VBP", "VBZ"}


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces of text that make one statement, and its head word where the parse has one."""

    spans: tuple[Span, ...]
    head: Token | None

    def covers(self, span: Span) -> bool:
        """True where a span begins inside one of the pieces."""
        return any(s.start <= span.start < s.end for s in self.spans)


def split_units(
    tokens: list[Token],
    holds: Callable[[list[Token]], bool],
    *,
    whole_sentences: bool = False,
    relatives: bool = False,
) -> list[list[Token]]:
    """The tokens of a content, sentence by sentence, cut where a clause states its own event.

    `holds` tells whether some tokens hold an event or a figure; a clause is cut off only where
    both it and what is left do. `whole_sentences`: a quotation is cut at its sentences only;
    `relatives`: ", where troops crossed the river" is cut off (the report's own voice).
    """
    sentences: list[list[Token]] = []
    for token in tokens:
        if sentences and sentences[-1][-1].sent.start == token.sent.start:
            sentences[-1].append(token)
        else:
            sentences.append([token])
    if whole_sentences:
        return sentences
    return [
        u for sentence in sentences for u in _split_sentence(sentence, holds, relatives=relatives)
    ]


def _split_sentence(
    tokens: list[Token], holds: Callable[[list[Token]], bool], *, relatives: bool
) -> list[list[Token]]:
    parts = _at_semicolons(tokens)
    if len(parts) > 1:
        return [u for part in parts for u in _split_sentence(part, holds, relatives=relatives)]
    inside = {t.i for t in tokens}
    for token in tokens:
        if not _states_its_own(token, inside) or (token.dep_ == "relcl" and not relatives):
            continue
        begin = token.left_edge.i
        clause = [t for t in tokens if t.i >= begin and t.i <= token.right_edge.i]
        rest = [t for t in tokens if t.i < begin or t.i > token.right_edge.i]
        # a clause at the end takes the loose end of the sentence along
        if rest and not any(t.is_alpha for t in rest if t.i > token.right_edge.i):
            rest = [t for t in rest if t.i < begin]
        if holds(clause) and holds(rest):
            parts = [rest, clause]
            return [u for part in parts for u in _split_sentence(part, holds, relatives=relatives)]
    return [tokens]


def _at_semicolons(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return [p for p in parts if any(t.is_alpha for t in p)]


def _states_its_own(token: Token, inside: set[int]) -> bool:
    """True for the verb of a clause that may stand alone."""
    if token.pos_ not in ("VERB", "AUX") or token.head.i not in inside or token.head.i == token.i:
        return False
    subject = own_subject(token)
    if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX"):
        if any(c.dep_ == "cc" and c.lower_ == "or" for c in token.head.children):
            return False  # "killed or wounded"
        if subject is not None:
            return subject.i > token.head.i
        # "launched a raid in May and continue to hold the town": another time, another state
        return _tense(token) is not None and _tense(token) != _tense(token.head)
    if token.dep_ == "advcl":
        return any(c.dep_ == "mark" and c.lower_ in _CONCESSIVE for c in token.children)
    if token.dep_ == "relcl":
        first = token.left_edge
        opener = first if first.lower_ in _RELATIVE else None
        return (
            opener is not None
            and first.i > 0
            and token.doc[first.i - 1].text in (",", '"', "—", "–")
        )
    if token.dep_ in ("acl", "advcl") and token.tag_ == "VBN":
        # "the raid, reportedly led by deserters": another certainty
        return any(c.lower_ in ("reportedly", "allegedly", "purportedly") for c in token.children)
    return False


def _tense(verb: Token) -> str | None:
    tags = {verb.tag_} | {c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if tags & {"MD"}:
        return None
    if tags & _PAST:
        return "past"
    if tags & _PRESENT:
        return "present"
    if tags == {"VB"} and verb.dep_ == "conj":
        return "present"  # "seized the town and hold it": the tagger takes it for an infinitive
    return None


def to_unit(scene: Scene, tokens: list[Token]) -> Unit | None:
    """A unit of tokens, its edges bare of conjunctions, commas and outer quotation marks."""
    run = [t for t in tokens if not t.is_space]
    run = _bare(run)
    if not run:
        return None
    spans: list[Span] = []
    pieces: list[list[Token]] = [[run[0]]]
    for token in run[1:]:
        if token.i == pieces[-1][-1].i + 1 or _only_space(scene, pieces[-1][-1], token):
            pieces[-1].append(token)
        else:
            pieces.append([token])
    for piece in pieces:
        bare = _bare(piece, keep_words=True)
        if bare:
            spans.append(Span(bare[0].idx, bare[-1].idx + len(bare[-1])))
    if not spans:
        return None
    inside = {t.i for t in run}
    heads = [t for t in run if t.head.i not in inside or t.head.i == t.i]
    verbs = [t for t in heads if t.pos_ in ("VERB", "AUX")]
    return Unit(tuple(spans), next(iter(verbs or heads), None))


def _only_space(scene: Scene, left: Token, right: Token) -> bool:
    return not scene.parse.text[left.idx + len(left) : right.idx].strip()


def _bare(tokens: list[Token], *, keep_words: bool = False) -> list[Token]:
    """Tokens without what only joins them to something else."""
    start, end = 0, len(tokens)
    marks = {mark: sum(t.text == mark for t in tokens) for mark in _MARKS}  # between start and end
    while start < end:
        first, last = tokens[start], tokens[end - 1]
        begin, stop = start, end
        # one pair of quotation marks holds the whole, or the fellow of a mark is not in it
        if end - start > 1 and marks.get(first.text) == 2 and last.text == first.text:
            start, end = start + 1, end - 1
        elif first.text in _JOINTS or marks.get(first.text, 0) % 2:
            start += 1
        elif last.text in _JOINTS + "." or marks.get(last.text, 0) % 2:
            end -= 1
        elif not keep_words and _leads_in(first):
            start += 1
        elif not keep_words and last.dep_ in ("cc", "mark") and last.lower_ in _LEADS:
            end -= 1
        else:
            break
        for token in (*tokens[begin:start], *tokens[end:stop]):
            if token.text in marks:
                marks[token.text] -= 1
    return tokens[start:end]


def _leads_in(token: Token) -> bool:
    """True for a word that only joins a clause to what went before: that, and, where."""
    if token.lower_ not in _LEADS:
        return False
    return token.dep_ in ("mark", "cc", "advmod", "det", "dep", "punct", "preconj")
