"""When and where: the time and the place that the words give to an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.reading.events.triggers import Trigger
    from sayso.reading.parsing.parse import Parse
    from sayso.record import Place, Time

# An event's clause ends where another clause holds it: "said Friday that troops withdrew".
EDGES = frozenset({"ccomp", "parataxis", "advcl", "relcl"})
# Where something is; with any other preposition a place is spoken of ("fears of Iran").
_LOCATING = frozenset({
    "in", "at", "near", "inside", "outside", "within", "around", "across", "throughout", "into",
    "on", "over", "off", "along", "between", "beyond", "above", "under", "north", "south",
    "east", "west",
})  # fmt: skip
# These place only what they hang on: "the attack on the port", "a Kabul bombing".
_CLOSE_ONLY = frozenset({
    "dobj", "poss", "compound", "amod", "nmod", "of", "from", "to", "on", "against", "through",
    "over", "off", "nsubjpass",
})  # fmt: skip
_NO_PLACE = frozenset({"ORG", "DATE", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP"})
_WHOSE = frozenset({"compound", "poss", "amod", "nmod"})
# "Libya suffers drought", "the port saw clashes": the subject is where it is.
_HOLDING = frozenset({"experience", "suffer", "see", "face", "witness", "have", "contain", "host"})
# "On the road to Gao" is near Gao.
_ROADS = frozenset({"highway", "motorway", "road", "route", "street", "track"})
_TARGETS = frozenset({"target", "scene", "site", "venue"})
# "the port town of Zuwara": the noun before the name is the place itself; so is a part of it, "in
# Mali's far north", "off Libya's coast".
_KINDS_OF_PLACE = frozenset({
    "area", "capital", "city", "district", "enclave", "island", "neighborhood", "neighbourhood",
    "port", "province", "region", "republic", "state", "suburb", "town", "village",
    "centre", "center", "coast", "east", "heartland", "interior", "north", "northeast",
    "north-east", "northwest", "north-west", "south", "southeast", "south-east", "southwest",
    "south-west", "west",
})  # fmt: skip
# Behind these another event or its day is named: "arrested over Monday's attack", "a campaign for
# the June elections", "calm after Monday's attack".
_APART = frozenset({
    "over", "for", "about", "against", "to", "with", "after", "before", "since", "until", "despite",
    "following", "from", "into",
})  # fmt: skip
_MEANWHILE = frozenset({"as", "when", "while"})
# "In response to the raid on Gao": neither there nor then.
_ANSWERS = frozenset({
    "answer", "connection", "exchange", "protest", "reaction", "reprisal", "response",
    "retaliation", "return", "revenge",
})  # fmt: skip
# "The talks are due to begin on Friday": what begins then is the talks.
_TAKING_PLACE = frozenset({
    "begin", "close", "conclude", "continue", "convene", "end", "finish", "happen", "hold", "occur",
    "open", "proceed", "restart", "resume", "start", "take",
})  # fmt: skip
EXACT_FIRST = ("point", "town", "district", "region", "country", "area", "unknown")


@dataclass(frozen=True, slots=True)
class Anchored:
    """A time or a place, the token it stands on, and what it hangs on, step by step.

    `hosts` maps the place of each word above to (its distance, the preposition or relation that
    leads to it): in "a base in the centre of Gao" Gao hangs on centre (of) and on base (in).
    """

    thing: Time | Place
    token: Token
    hosts: dict[int, tuple[int, str]]
    is_time: bool
    sentence: int


def anchor(parse: Parse, thing: Time | Place, *, is_time: bool) -> Anchored | None:
    """What a time or place hangs on, up to the verb of its clause; None for empty spans."""
    tokens = [t for span in thing.span for t in parse.tokens_of(span) if not t.is_space]
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    top = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
    return anchor_token(thing, top, inside, is_time=is_time)


def anchor_token(thing: Time | Place, top: Token, inside: set[int], *, is_time: bool) -> Anchored:
    """What a time or place hangs on that stands on the token `top`, among the tokens `inside`."""
    hosts: dict[int, tuple[int, str]] = {}
    token, prep, steps = top, "in" if top.lower_ == "there" else "", 0
    while token.head.i != token.i and (token.pos_ not in {"VERB", "AUX"} or token is top):
        above = token.head
        if above.pos_ in {"ADP", "SCONJ"} or above.dep_ == "prep":
            # "on the road to Gao" is near Gao; "on Gao" is against it
            along = token.lemma_ in _ROADS and token is not top
            far = above.i > 0 and above.nbor(-1).ent_type_ == "QUANTITY"  # "20 km from Gao"
            prep = "near" if far or (along and above.lower_ == "on") else above.lower_
        elif token.dep_ in {"conj", "appos"}:
            steps += 1  # what holds the first of several holds them all
        elif above.lemma_ in _KINDS_OF_PLACE and (prep == "of" or token.dep_ in _WHOSE):
            # "the port town of Zuwara", "the Donbas region": the place itself; but "west of Gao"
            prep = "near" if above.dep_ in {"advmod", "appos", "npadvmod"} else ""
        elif above.i not in inside:
            if is_time and prep in _APART and _is_named_by(hosts):
                break  # "arrested over Monday's attack": the attack's day
            if hosts and above.lemma_ in _ANSWERS:
                break
            steps += 1
            hosts[above.i] = (steps, prep if token.dep_ == "prep" or prep else token.dep_)
            prep = ""
        token = above
    _rehang(top, token, hosts)
    return Anchored(thing, top, hosts, is_time, top.sent.start)


def _is_named_by(hosts: dict[int, tuple[int, str]]) -> bool:
    """True for the time that stands before its noun: "Monday's attack", "the June elections"."""
    return len(hosts) == 1 and next(iter(hosts.values()))[1] in _WHOSE


def _rehang(top: Token, verb: Token, hosts: dict[int, tuple[int, str]]) -> None:
    """Hangs on the reported clause what the parser hangs on the verb of saying behind it.

    "They took two captive in the hills, on Monday, the army announced": the comma misleads it.
    And on "captured" what stands before the verb of "a soldier captured a day earlier died".
    """
    reduced = [
        c
        for subject in verb.children
        if subject.dep_ in {"nsubj", "nsubjpass"} and top.i < verb.i
        for c in subject.children
        if c.dep_ == "acl" and c.tag_ == "VBN" and subject.i < c.i < top.i
    ]
    if verb.i in hosts and reduced:
        hosts[reduced[-1].i] = hosts.pop(verb.i)
        return
    if verb.i not in hosts or not any(c.dep_ == "nsubj" and c.i > top.i for c in verb.children):
        return
    above = [c for c in verb.children if c.dep_ == "ccomp" and c.i < top.i]
    bare = verb.dep_ == "advcl" and not any(c.dep_ == "mark" for c in verb.children)
    if (verb.dep_ == "conj" or bare) and verb.head.i < top.i:
        above.append(verb.head)
    if not above:
        return
    last = above[-1]
    for child in last.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and last.i < child.i < top.i:
            last = child
    hosts[last.i] = hosts.pop(verb.i)


def is_meanwhile(clause: Token) -> bool:
    """True for a clause that tells what went on: "when a bus hit a wall", "as crowds gathered"."""
    return clause.dep_ == "advcl" and any(c.lower_ in _MEANWHILE for c in clause.children)


def hangs_apart(low: Token, high: Token) -> bool:
    """True where a word stands beside another as something else: "strikes in response to a raid".

    So does what went before or came after: "arrested four after gunmen killed a judge". Asked the
    other way round, the strikes stand by themselves.
    """
    above = {high.i, *(t.i for t in high.ancestors)}
    apart = False
    while low.i not in above:
        if low.dep_ == "prep":
            apart = apart or low.lower_ in _APART
        elif low.dep_ == "advcl":
            apart = apart or any(c.dep_ == "mark" and c.lower_ in _APART for c in low.children)
        if low.head.i == low.i:
            return False
        low = low.head
    return apart


def nearest(trigger: Trigger, anchored: list[Anchored]) -> Anchored | None:
    """The time or place that belongs to a trigger, or else to a word of its clause above it."""
    inside = {t.i for t in trigger.tokens} | {trigger.head.i} | {t.i for t in trigger.light}
    hosts = dict(_path_up(trigger))
    args = trigger.args
    below = {n.i for n in (*args.objects, *args.subjects, *(n for _, n in args.preps))}
    below |= {clause.i for clause in trigger.head.children if is_meanwhile(clause)}
    apart = {n.i for prep, n in args.preps if prep in _APART}
    best: tuple[tuple[float, ...], Anchored] | None = None
    for item in anchored:
        if item.sentence != trigger.sentence or item.token.i in inside:
            continue
        if _is_left(item, trigger, inside) or _is_of_first(item, trigger, inside):
            continue
        named = item.is_time and _is_named_by(item.hosts)
        key = _rank(item, inside, hosts, below - apart if named else below) or _rank_of_target(
            item, trigger, hosts
        )
        if key is None:
            continue
        key = (*key, abs(item.token.i - trigger.head.i))
        if best is None or key < best[0]:
            best = (key, item)
    return best[1] if best else None


def _is_of_first(item: Anchored, trigger: Trigger, inside: set[int]) -> bool:
    """True for the time of the first of two verbs: "left in May and still hold the port"."""
    head, at = trigger.head, item.token.i
    while head.dep_ == "xcomp":
        head = head.head
    if not item.is_time or head.dep_ != "conj" or inside & item.hosts.keys():
        return False
    return head.head.i < at < head.i and head.head.i in item.hosts


# "Seized from a bus on the road to Gao": for these, from tells where.
_LEAVING = frozenset({
    "withdrawal", "displacement", "release", "abduction", "capture", "arrest",
})  # fmt: skip


_HELD = frozenset({"abduction", "capture", "arrest"})


def _is_left(item: Anchored, trigger: Trigger, inside: set[int]) -> bool:
    """True for what an attack comes from ("the attacks came from Libya"), not where it is."""
    froms = any(i in inside and prep == "from" for i, (_, prep) in item.hosts.items())
    return froms and not item.is_time and trigger.type not in _LEAVING


def _path_up(trigger: Trigger) -> Iterator[tuple[int, int]]:
    """The words from a trigger's head up to the edge of its clause, each with its distance."""
    token, distance = trigger.head, 0
    yield token.i, distance
    if token.dep_ in {"acl", "amod"} and trigger.type in _HELD:
        return  # "a soldier captured last month has died in Baku" was not captured there
    while token.head.i != token.i and token.dep_ not in EDGES:
        token, distance = token.head, distance + 1
        yield token.i, distance
        if token.lemma_ == "be":  # "a bomb was on Monday driven into": the parser splits it
            yield from ((c.i, distance + 1) for c in token.children if c.tag_ == "VBN")
        if trigger.head.dep_ in {"nsubj", "nsubjpass"} and token.i == trigger.head.head.i:
            yield from ((verb.i, distance + 1) for verb in _yet_to_be(token))


def _yet_to_be(verb: Token) -> Iterator[Token]:
    """What the subject of "is due", "was set" does then: "to begin", "to be held"."""
    for child in verb.children:
        if child.dep_ == "acomp":
            yield from _yet_to_be(child)
        elif child.dep_ == "xcomp" and child.lemma_ in _TAKING_PLACE:
            yield child


def _rank(
    item: Anchored, inside: set[int], hosts: dict[int, int], below: set[int]
) -> tuple[float, ...] | None:
    """How far a time or place stands from a trigger, or None where it is of something else."""
    ranks: list[tuple[float, ...]] = []
    exact = 0 if item.is_time else EXACT_FIRST.index(_precision(item))
    first = next(iter(item.hosts.values()), (0, ""))[1]
    if getattr(item.thing, "reads_as", "place") == "government":
        return None
    # "a US raid in the hills": whose it is, not where
    if not item.is_time and first in _WHOSE and _precision(item) == "country":
        return None
    for i, (steps, prep) in item.hosts.items():
        if not item.is_time and not _is_locating(item, prep, own=i in inside and steps == 1):
            continue
        if i in inside:
            ranks.append((-1, exact, steps))
        elif prep in _CLOSE_ONLY and not item.is_time:
            continue
        elif i in hosts:
            ranks.append((hosts[i], exact, steps))
        elif i in below:
            ranks.append((2.5, exact, steps))
    return min(ranks, default=None)


def _rank_of_target(
    item: Anchored, trigger: Trigger, hosts: dict[int, int]
) -> tuple[float, ...] | None:
    """The rank of a place that tells where the target is: "the plant of a Libyan firm was hit"."""
    if item.is_time:
        return None
    for i, (steps, prep) in item.hosts.items():
        if i not in hosts or prep != "nsubj":
            continue
        verb = item.token.doc[i].lemma_
        targets = verb == "be" and any(item.token.doc[j].lemma_ in _TARGETS for j in hosts)
        if targets or (verb in _HOLDING and hosts[i] <= 2):
            return (4, steps)  # "the port was the target of an attack"
    if any(v.i == item.token.i or v.i in _spread(item) for v in trigger.victims):
        return (3, 0)  # "the capital fell", "the city was retaken"
    for target in trigger.args.objects:
        if target.tag_ in {"NN", "NNS"} and target.is_ancestor(item.token) and trigger.light:
            return (6, 0)
    return None


def _spread(item: Anchored) -> set[int]:
    """The words of a place's own noun phrase: "the capital, Sanaa"."""
    token = item.token
    return {token.head.i} if token.dep_ in {"appos", "compound"} else set()


def _precision(item: Anchored) -> str:
    precision = item.thing.precision
    return precision if precision in EXACT_FIRST else "unknown"


def _is_locating(item: Anchored, prep: str, *, own: bool) -> bool:
    """True for a place where something is, not for one that acts or is spoken of."""
    if prep in {"nsubj", "csubj", "agent", "pobj", "attr"}:
        return False
    if prep in {"in", "at", "near", "into", "inside", "outside"}:
        return True
    # "a strike on Sumy": what is hit is no company, whatever the parser takes a town's name for
    is_town = own and item.token.ent_type_ == "ORG" and _precision(item) in {"town", "district"}
    if item.token.ent_type_ in _NO_PLACE and not is_town and prep not in {"dobj", "nsubjpass"}:
        return False
    return prep in _LOCATING or (own and prep in _CLOSE_ONLY)
