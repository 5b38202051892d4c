"""The events and figures of a parsed report."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.lexicon.events import Ontology
from sayso.reading.events.again import find_again
from sayso.reading.events.arguments import counted_noun, is_part
from sayso.reading.events.doubles import join_doubles
from sayso.reading.events.figures import noun_phrase, read_figures
from sayso.reading.events.lists import named_among
from sayso.reading.events.mood import holds_no, is_hypothetical, is_negated
from sayso.reading.events.same import Told, fill_settings, find_home
from sayso.reading.events.score import signs_of
from sayso.reading.events.setting import EDGES, Anchored, anchor, hangs_apart, nearest
from sayso.reading.events.triggers import Finder, Trigger
from sayso.reading.grounding.actors.find import ground_actor
from sayso.reading.grounding.places.find import stated_unknown
from sayso.reading.grounding.times.calendar import close_at_unit
from sayso.reading.scores import rate
from sayso.record import Event, Figure, Participant, Place, Span, Time, When

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from sayso.reading.grounding.amounts.find import Amount
    from sayso.reading.parsing.parse import Parse


def find_events(
    parse: Parse,
    ontology: Ontology,
    times: list[Time],
    places: list[Place],
    amounts: list[Amount],
    seat: Place | None = None,
) -> tuple[list[Event], list[Figure]]:
    """The events of a report in the order of their triggers, and all figures, spans of the flow."""
    signed, figures = find_signed_events(parse, ontology, times, places, amounts, seat)
    return [event for event, _ in signed], figures


def find_signed_events(
    parse: Parse,
    ontology: Ontology,
    times: list[Time],
    places: list[Place],
    amounts: list[Amount],
    seat: Place | None = None,
) -> tuple[list[tuple[Event, list[str]]], list[Figure]]:
    """The events of a report with the signs that their scores were made of, and all figures.

    Ids are local ("e1", "f1"). A figure that no event holds is among the figures with counts
    "other". An event without a time or place of its own has that of the report's incident where
    it is unmistakably the same one (basis "report"). `seat` is where the report was written.
    """
    triggers = Finder(parse, ontology, _places_by_token(parse, places)).find()
    triggers = join_doubles(triggers, parse.tokens, ontology)
    home = find_home(places, seat)
    told = _told(parse, triggers, times, places, home)
    happened = [i for i, t in enumerate(told) if t.happened]
    figures = read_figures(parse, ontology, triggers, amounts, times, happened)
    settings = fill_settings(told, ontology, home)
    signed: list[tuple[Event, list[str]]] = []
    for i, (one, setting) in enumerate(zip(told, settings, strict=True)):
        held = tuple(figures.of_trigger.get(i, ()))
        event = _event(f"e{i + 1}", one, setting, held, parse, ontology)
        signs = list(signs_of(event, one, ontology))
        signed.append((replace(event, score=rate("events", signs)), signs))
    return signed, figures.figures


def _told(
    parse: Parse,
    triggers: list[Trigger],
    times: list[Time],
    places: list[Place],
    home: Place | None,
) -> list[Told]:
    """What each trigger's own words tell: whether it took place, when and where."""
    timed = [a for t in times if (a := _anchor_time(parse, t))]
    placed = [a for p in places if (a := anchor(parse, p, is_time=False))]
    placed += find_again(parse, places, home)
    return [
        Told(
            t, is_negated(t.head), is_hypothetical(t.head), *_setting(parse, t, timed, placed),
            only_clock=_has_only_clock(parse, t, timed), beside=_only_town(t, placed),
            in_headline=parse.flow.kind_at(t.head.idx) == "headline",
        )
        for t in triggers
    ]  # fmt: skip


def _event(
    name: str,
    told: Told,
    setting: tuple[When | None, Place | None],
    figures: tuple[str, ...],
    parse: Parse,
    ontology: Ontology,
) -> Event:
    trigger = told.trigger
    return Event(
        name, trigger.type, _spans(parse, trigger.tokens), told.negated, told.unreal,
        _participants(parse, ontology, told), *setting, figures,
    )  # fmt: skip


def _places_by_token(parse: Parse, places: Iterable[Place]) -> dict[int, Place]:
    return {t.i: p for p in places for t in parse.tokens_of(p.span[0]) if p.precision != "unknown"}


def _anchor_time(parse: Parse, time: Time) -> Anchored | None:
    if time.start is None:
        return None
    return anchor(parse, time, is_time=True)


def _setting(
    parse: Parse, trigger: Trigger, timed: list[Anchored], placed: list[Anchored]
) -> tuple[When | None, Place | None]:
    above = _named_above(trigger, "when", timed)
    time = above or nearest(trigger, timed)
    when = None
    if time and isinstance(time.thing, Time):
        t = time.thing
        end = close_at_unit(t.start, t.end, t.precision) if above and t.start and t.end else t.end
        when = When(t.start, end, t.precision, t.basis)
    unknown = _unknown_place(parse, trigger)
    place = nearest(trigger, placed) or _named_above(trigger, "where", placed)
    where = place.thing if place and isinstance(place.thing, Place) else None
    return when, unknown or where


_CLOCK = re.compile(r"\W*\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b\.?)?\W*|noon|midnight", re.IGNORECASE)


def _has_only_clock(parse: Parse, trigger: Trigger, timed: list[Anchored]) -> bool:
    """True where a sentence names an hour and no day: "opened fire at about 5 a.m."."""
    here = [a.thing for a in timed if a.sentence == trigger.sentence]
    clocks = [t for t in here if _CLOCK.fullmatch(parse.words(t.span[0]))]
    return bool(clocks) and len(clocks) == len(here)


def _only_town(trigger: Trigger, placed: list[Anchored]) -> Place | None:
    """The one town that a clause names: "shot dead the mayor of San Lucas, Guerrero"."""
    clause = trigger.head
    while clause.dep_ not in EDGES and clause.head.i != clause.i:
        clause = clause.head
    towns = [
        a.thing
        for a in placed
        if a.sentence == trigger.sentence
        and isinstance(a.thing, Place)
        and a.thing.precision in {"town", "point"}
        and a.thing.reads_as == "place"
        and clause.is_ancestor(a.token)
        and a.token.dep_ not in {"nsubj", "agent"}
        and not hangs_apart(a.token, trigger.head)
        and not {"from", "nsubj"} & {prep for _, prep in a.hosts.values()}
    ]
    return towns[0] if len({t.gazetteer_id or t.name for t in towns}) == 1 else None


def _unknown_place(parse: Parse, trigger: Trigger) -> Place | None:
    """The place of "the location where he was taken was not known": stated as unknown."""
    head = trigger.head
    if head.dep_ not in {"relcl", "acl"} or not any(c.lower_ == "where" for c in head.children):
        return None
    noun = head.head
    verb = noun.head
    says_unknown = verb.lemma_ in {"know", "specify", "disclose", "reveal", "give", "say"} and any(
        c.dep_ == "neg" for c in verb.children
    )
    unknown = says_unknown or any(
        c.lower_ in {"unknown", "unclear", "undisclosed"} for c in (*verb.children, *noun.children)
    )
    span = noun_phrase(parse, noun)
    return stated_unknown(span) if unknown else None


def _named_above(trigger: Trigger, word: str, anchored: list[Anchored]) -> Anchored | None:
    """What *where* or *when* stands for: "in the valley, where rebels hold two towns"."""
    clause = trigger.head
    while clause.dep_ in {"conj", "xcomp", "dobj", "pobj", "prep"} and clause.head.i != clause.i:
        clause = clause.head
    asking = next((c for c in clause.children if c.lower_ == word), None)
    if asking is None or clause.dep_ not in {"relcl", "advcl"}:
        return None
    before = asking.doc[max(asking.i - 1, 0)]
    if before.text == "," and before.i:  # "On Monday, when …": the parser hangs it anywhere
        before = before.nbor(-1)
    inside = {t.i for t in (clause.head, *clause.head.children)} if clause.dep_ == "relcl" else {-1}
    for item in anchored:
        named = item.thing.span  # none for "the country" that nobody names
        if (named and named[0].end == before.idx + len(before)) or item.token.i in inside:
            return item
    return None


def _spans(parse: Parse, tokens: tuple[Token, ...]) -> tuple[Span, ...]:
    """The spans of a trigger's words, one a stretch: "took … hostage" has two."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return tuple(parse.span_of(run) for run in runs)


def _participants(parse: Parse, ontology: Ontology, told: Told) -> tuple[Participant, ...]:
    trigger = told.trigger
    doer, undergoer, means = ontology.types[trigger.type].roles
    found: list[Participant] = []
    seen: set[int] = set()
    befallen = trigger.victims or _attacked(ontology, trigger)
    for role, tokens in (
        (doer, trigger.doers),
        (undergoer, [*befallen, *(n for noun in befallen for n in named_among(noun))]),
        (means, [n for p, n in trigger.args.preps if p in {"with", "using"}]),
    ):
        for token in tokens:
            if token.i in seen or token.i in {t.i for t in trigger.tokens}:
                continue
            if holds_no(token) and not told.negated:
                continue  # "not a single guard was among the dead"
            seen.add(token.i)
            span = _with_of(parse, token)
            found.append(Participant(role, (span,), ground_actor(parse.words(span))))
    return tuple(found)


def _attacked(ontology: Ontology, trigger: Trigger) -> list[Token]:
    """Those whom "the attack on a judge" and "a raid against the mayor's house" befall."""
    if trigger.head.pos_ not in {"NOUN", "PROPN"}:
        return []
    if ontology.family(trigger.type) not in {"violence", "dying"}:
        return []
    if trigger.head.head.lemma_ in {"blame", "pin"}:  # "blamed the raid on rebels"
        return []
    return [n for p, n in trigger.args.preps if p in {"on", "against", "upon"} and _is_target(n)]


def _is_target(noun: Token) -> bool:
    return noun.ent_type_ not in {"DATE", "TIME", "CARDINAL"} and noun.pos_ in {"NOUN", "PROPN"}


def _with_of(parse: Parse, noun: Token) -> Span:
    """The words of a participant, with the whole that a part is of: "one of his bodyguards"."""
    span = noun_phrase(parse, noun)
    if not is_part(noun):
        return span
    whole = counted_noun(noun)
    if whole.i <= noun.i:
        return span
    return Span(span.start, noun_phrase(parse, whole).end)
