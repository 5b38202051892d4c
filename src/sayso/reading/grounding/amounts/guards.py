"""What a number counts, and what makes it no count: ages, measures, names, scores."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.lexicon.telling import load_telling
from sayso.reading.grounding.amounts.numbers import parse_number

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.grounding.amounts.words import Patterns
    from sayso.reading.parsing.parse import Parse
    from sayso.record import Span

_BEFORE = re.compile(r"([^\s(\[\"]{1,30})\s{0,3}$")
_AFTER = re.compile(r"\s{0,3}([^\W\d_][\w./°-]*|°\w?)")
# "Anna Roth, 34, said": a number between commas behind a name is an age
_AGE = re.compile(r"[A-Z][\w'-]{0,32},\s?$")
_AGE_AFTER = re.compile(r"\s?[,.;)]|\s?-?\s?year")
# "a man, 44, died", "Ada Holm (34) was shot", "two women, 61 and 70": ages behind whose they are
_AGE_LED = re.compile(r"(?:,\s|\s\()((?:\d{1,3}(?:,\s|,?\sand\s)){0,9})$")
_AGE_ENDS = re.compile(r"((?:(?:,\s|,?\sand\s)\d{1,3}\b){0,9})\s?(?:[;:)]|[.,](?!\d)|$)")
_COMPOUND = re.compile(r"\s?-\s?[A-Za-z]")  # "155-mm", "five-storey", "20-year-old"
_STRONG = re.compile(r"-(?:strong|member)\b")
_SCORE = re.compile(r"\s?[-\u2013:/]\s?\d")
# "one of the biggest", "one another", "on the one hand": nobody is counted
_ONE_IDLE = re.compile(
    r"\s(?:of\sthe\s(?:most|best|worst|main|few|first|last|key|only|\w+est)\b"
    r"|another|day|hand|side|point|time|thing|way|reason|month|week|year|night|more\sthing)"
    r"|\s?'s\b|,?\s(?:that|which|who|is|was|can|must|should|might|may|has|would)\b",
    re.IGNORECASE,
)
# "at 0815", "at 1215 (1515 GMT)": wires and armies write the hour without a colon
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d$")
_CLOCK_LED = frozenset(
    "at by since until around about approximately roughly from between before after".split()
)
_CLOCK_AFTER = re.compile(r"\s?(?:\(\d{4}\s|GMT\b|UTC\b|hours\b|hrs\b|local\b)", re.IGNORECASE)
_ONE_LED = frozenset("no this that the any each every which another another's only some".split())


def _word_before(text: str, start: int) -> str:
    match = _BEFORE.search(text, max(start - 34, 0), start)
    return match[1].lower() if match else ""


def _word_after(text: str, end: int) -> str:
    match = _AFTER.match(text, end)
    return match[1].rstrip(".,").lower() if match else ""


def counts_nothing(parse: Parse, patterns: Patterns, number: Span, unit: str) -> bool:
    """True for a number that counts neither people nor things."""
    text = parse.text
    before, after = _word_before(text, number.start), _word_after(text, number.end)
    words = text[number.start : number.end]
    is_hour = bool(_CLOCK.match(words)) and _is_hour(parse, number, before)
    is_degree = text[number.end : number.end + 1] == "\u00b0"
    if not unit and (after in patterns.measures or after in patterns.named_after):
        return True
    if is_hour or is_degree:
        return True
    if _COMPOUND.match(text, number.end) and not _STRONG.match(text, number.end):
        return text[number.end : number.end + 5] != "-plus"
    if before.rstrip(".") in patterns.named_before or before.endswith(("#", "\u2116")):
        return not _counts_behind(parse, number)
    if _SCORE.match(text, number.end) and words[-1:].isdigit():
        return True
    if words[:1].isupper() and words[1:2].islower() and not _opens_sentence(parse, number):
        return True  # "the Group of Seven", "the Big Four"
    if words.lower() == "one":
        return before in _ONE_LED or bool(_ONE_IDLE.match(text, number.end))
    return _is_age(parse, patterns, number) or _is_name(parse, number)


def _is_hour(parse: Parse, number: Span, before: str) -> bool:
    """True for four digits that tell the hour."""
    if _CLOCK_AFTER.match(parse.text, number.end):
        return True
    return before in _CLOCK_LED and find_counted(parse, number) is None


def _counts_behind(parse: Parse, number: Span) -> bool:
    """True where a plural noun follows that the number counts: "the division 40 men left".

    Or where the word before it is a verb: "officials count 17 dead".
    """
    first = parse.token_at(number.start)
    before = first.nbor(-1) if first.i else first
    if before.pos_ == "VERB" and before.lemma_ in load_telling().stating:
        return True
    counted = find_counted(parse, number)
    return counted is not None and parse.tokens[counted].tag_ in ("NNS", "NNPS")


def _opens_sentence(parse: Parse, number: Span) -> bool:
    token = parse.token_at(number.start)
    lead = parse.text[max(number.start - 2, 0) : number.start]
    return bool(token.is_sent_start) or '"' in lead or "'" in lead or ":" in lead or "\n" in lead


def _is_age(parse: Parse, patterns: Patterns, number: Span) -> bool:
    text = parse.text
    words = text[number.start : number.end]
    if not words.isdigit() or not 0 < int(words[:4]) < 115 or len(words) > 3:
        return False
    lead = text[max(number.start - 34, 0) : number.start]
    if _AGE.search(lead) and _AGE_AFTER.match(text, number.end):
        return True
    led, ends = _AGE_LED.search(lead), _AGE_ENDS.match(text, number.end)
    if led is None or ends is None:
        return False
    whose = parse.token_at(max(number.start - len(lead) + led.start() - 1, 0))
    ages = 1 + len(re.findall(r"\d+", led[1] + ends[1]))
    return _has_ages(patterns, whose, ages, in_brackets="(" in led[0])


def _has_ages(patterns: Patterns, whose: Token, ages: int, *, in_brackets: bool) -> bool:
    """True for one person before one age, and for as many people as there are ages."""
    if whose.pos_ == "PROPN" and whose.lemma_.lower() not in patterns.people:
        # "in Gao (12)" counts what happened there; a person has a first name before the last
        is_called = whose.i > 0 and whose.nbor(-1).pos_ == "PROPN"
        is_person = whose.ent_type_ == "PERSON" or (is_called and whose.dep_ != "pobj")
        return in_brackets and ages == 1 and is_person
    if whose.lemma_.lower() not in patterns.people:
        return False
    if whose.tag_ in ("NN", "NNP"):
        return ages == 1
    many = next((c.text for c in whose.children if c.dep_ == "nummod"), None)
    if many is None:  # "his sons, 9 and 12"
        return ages > 1 and any(c.dep_ == "poss" for c in whose.children)
    return ages > 1 and parse_number(many) == ages


def _is_name(parse: Parse, number: Span) -> bool:
    """True where the number ends a name ("Hotel 21") and nothing follows that it counts."""
    if not parse.text[number.start : number.end].isdigit():
        return False
    token = parse.token_at(number.start)
    if not token.i or token.is_sent_start:
        return False
    before = parse.tokens[token.i - 1]
    joined = before.idx + len(before) + 1 == token.idx
    names = before.pos_ == "PROPN" and before.text[:1].isupper() and not before.is_sent_start
    return joined and names and find_counted(parse, number) is None and token.dep_ in (
        "nummod", "npadvmod", "compound", "appos",
    ) and token.head.i < token.i  # fmt: skip


def find_counted(parse: Parse, number: Span) -> int | None:
    """The index of the token that a number counts, None where no noun follows it."""
    tokens = [t for t in parse.tokens_of(number) if not t.is_space]
    if not tokens:
        return None
    last = tokens[-1]
    head = _head_of(last, number)
    if head is not None:
        return head.i
    return _scan(parse, last)


def _head_of(token: Token, number: Span) -> Token | None:
    """The noun that the parse hangs the number on, or the one behind "of"."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is not None and after.lower_ == "of":
        for child in after.children:
            if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN"):
                return child
        return None
    here = token
    for _ in range(4):
        if here.head is here or here.dep_ not in ("nummod", "quantmod", "compound", "amod", "det"):
            return None
        here = here.head
        if here.pos_ in ("NOUN", "PROPN") and here.idx >= number.end:
            return here
    return None


def _goes_on(token: Token) -> bool:
    return token.pos_ in ("ADJ", "DET", "NUM") or token.text in ('"', "'", "-", "more", "other")


def _scan(parse: Parse, last: Token) -> int | None:
    """The last noun of the phrase right behind the number, for where the parse went wrong."""
    found: int | None = None
    for token in parse.tokens[last.i + 1 : last.i + 8]:
        if token.is_space:
            continue
        if token.pos_ in ("NOUN", "PROPN"):
            found = token.i
        elif found is not None or not _goes_on(token):
            break
    return found
