"""What a number belongs to: the nouns that it hangs on, the verb over it, whom it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.events.figures_words import INSIDE_NOUN
from sayso.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.grounding.amounts.find import Amount
    from sayso.reading.parsing.parse import Parse


def chain_of(parse: Parse, amount: Amount, tokens: list[Token]) -> list[Token]:
    """The number and the nouns it belongs to, outwards: 3,000 → soldiers; dozens ← people."""
    number = max(tokens, key=lambda t: t.i)
    chain = [number]
    token = number
    while token.dep_ in INSIDE_NOUN and token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            break
        chain.append(token)
    if amount.counted is not None:
        counted = parse.tokens[amount.counted]
        if counted.i not in {t.i for t in chain}:
            chain.insert(1, counted)
    return chain


def whole_of(noun: Token) -> Token | None:
    """The men of "eight men, including two cooks": whom the cooks are among."""
    led = noun.head if noun.dep_ == "pobj" and noun.head.lower_ in {"including", "among"} else None
    return led.head if led is not None and led.head.pos_ in {"NOUN", "PROPN"} else None


def verb_over(token: Token) -> Token | None:
    """The verb whose clause a word stands in, itself left out."""
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def of_whom(parse: Parse, amount: Amount) -> tuple[Span, ...]:
    """The words that say of whom a number is: from the number to the noun that it counts."""
    if amount.counted is None:
        return ()
    noun = parse.tokens[amount.counted]
    start = amount.span.end
    end = noun.idx + len(noun)
    if end <= start:
        return ()
    text = parse.text[start:end]
    start += len(text) - len(text.lstrip())
    return (Span(start, end),) if 0 < end - start < 120 else ()
