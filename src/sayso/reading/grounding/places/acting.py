"""Whether a place's name stands for its government: `Pyongyang said`, `Moscow's troops`.

A country or a capital acts where it is the subject of an active verb, the one by whom or with whom
something is done, the one who is told or accused, or the owner of soldiers, officials, statements.
In `soldiers in Ukraine`, `Ukraine was hit`, `left Moscow` it is a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.grounding.countries import find_form
from sayso.reading.grounding.gazetteer import Entry
from sayso.reading.grounding.places.found import Mention
from sayso.reading.parsing.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

# who is spoken to or held to account: `accused Moscow`, `Kyiv was warned`
_ADDRESSED = frozenset(
    "accuse blame urge tell ask warn condemn sanction support arm help call press pressure force "
    "invite criticise criticize thank notify inform threaten demand back praise denounce allow "
    "supply fund represent".split()
)
_OWNED = frozenset(
    "soldier troop force army military navy government president leader leadership official "
    "officer intelligence service agency ministry minister spokesman spokeswoman spokesperson "
    "diplomat ambassador envoy parliament lawmaker police authority foreign defence defense "
    "decision claim statement announcement denial demand position offer proposal plan response "
    "reaction policy ally war effort sanction support administration regime secretary general "
    "commander fighter plane jet drone missile warplane weapon".split()
)
_STATIVE = frozenset({"be", "become", "remain", "lie", "see", "have", "suffer", "witness"})
_BY = frozenset({"by", "with", "according"})


def acts(parse: Parse, mention: Mention, entry: Entry) -> bool:
    """True where the mention of a country or a capital stands for the government there."""
    is_dateline = mention.name.isupper() and len(mention.name) > 4
    if mention.level is not None or is_dateline or not _can_act(mention, entry):
        return False
    token = _root(parse.tokens[mention.first : mention.last + 1])
    head = token.head
    match token.dep_:
        case "nsubj":
            return head.pos_ in ("VERB", "AUX") and head.lemma_ not in _STATIVE
        case "nsubjpass" | "dobj" | "dative":
            return head.lemma_ in _ADDRESSED
        case "poss" | "compound" | "amod" | "nmod":
            return head.lemma_.lower() in _OWNED
        case "agent":
            return True
        case "pobj":
            return _is_by(head)
        case "conj":
            return head.dep_ == "nsubj" and head.head.lemma_ not in _STATIVE
        case _:
            return False


def _can_act(mention: Mention, entry: Entry) -> bool:
    if entry.kind == "country":
        return True
    form = find_form(mention.name)
    return form is not None and form[1] == "capital" and form[0].iso3 == entry.country


def _root(tokens: object) -> Token:
    root: Token = tokens.root  # type: ignore[attr-defined]
    return root


def _is_by(preposition: Token) -> bool:
    if preposition.lower_ == "to":
        return preposition.head.lower_ == "according"
    return preposition.lower_ in _BY and preposition.head.pos_ in ("VERB", "NOUN", "AUX", "ADP")
