"""Which of ACLED's types an incident is, by our event types and by who does it to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.exchange.shapes.case import Case
from sayso.exchange.shapes.sides import forms, is_hit, role_of, words_in
from sayso.lexicon.load import load_words

BATTLE = "Battles"
DISORDER = {
    BATTLE: "Political violence",
    "Violence against civilians": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
# Of several that an incident tells, the first is its type: what is done before what comes of it.
# None: an attack on nobody knows whom.
_ORDER = ("Explosions/Remote violence", BATTLE, "Violence against civilians", None, "Riots",
          "Protests", "Strategic developments")  # fmt: skip
_AT_HAND = "Attack"  # the sub-event type of what armed sides do to each other too


@dataclass(frozen=True, slots=True)
class Typed:
    """A type of ACLED's with the claims that tell it; `crowd` is who acts without being a side.

    `type` is None where only one of two is known: a battle, or violence against civilians.
    """

    type: str | None
    sub_type: str | None
    claims: tuple[str, ...]
    crowd: str | None = None

    @property
    def disorder(self) -> str:
        """The disorder that goes with the type."""
        both = self.sub_type == "Excessive force against protesters"
        return "Political violence; Demonstrations" if both else DISORDER[self.type or BATTLE]


def event_type(case: Case) -> Typed | None:
    """The incident's type; None where it tells of nothing that ACLED has a type for.

    What the row says comes first, unless it only says what came of it (a death, a fire). What a
    person made of the row's type stands.
    """
    own = case.view.type
    if own is not None and "type" in case.told.corrected:
        said = _typed(case, own, case.rests("type", ()))
        if said is not None:
            return said
    found = {e.event: t for e in case.view.events if (t := _typed(case, e.event, e.claims))}
    if not found:
        return None
    if own in found and found[own].type not in (None, "Strategic developments"):
        return found[own]
    return min(found.values(), key=lambda t: _ORDER.index(t.type))


def _typed(case: Case, event: str, claims: tuple[str, ...]) -> Typed | None:
    """What ACLED calls one of our types; None where it has no such type."""
    known = case.ontology.types.get(event)
    type_, _, sub = known.acled.partition(": ") if known else ("", "", "")
    if type_ not in DISORDER:
        return None
    return _fitted(case, event, Typed(type_, sub or None, claims or case.claims))


def _fitted(case: Case, event: str, typed: Typed) -> Typed:
    """The type as the actors make it."""
    if event == "protest":
        return _protest(case, typed)
    if event == "advance":
        return replace(typed, sub_type=_overtaken(case))
    if typed.sub_type == _AT_HAND:
        return _at_hand(case, typed)
    if event == "bombing" and _from_the_air(case):
        return replace(typed, sub_type="Air/drone strike")
    return typed


def _from_the_air(case: Case) -> bool:
    """True where who bombs flies: `the air force`, `warplanes`; a car bomb does not."""
    classes = case.ontology.classes
    flies = classes["aircraft"] - classes["fighters"] | {"air"}
    lines = (x for x in case.view.actors if role_of(x, case.ontology) == 0)
    return any(form in flies for line in lines for word in words_in(line) for form in forms(word))


def _at_hand(case: Case, typed: Typed) -> Typed:
    """An attack is a battle between armed sides, violence against civilians where people are hit.

    *Part of the region was seized in a cross-border assault* tells of nobody who was hit: which of
    the two it is stays open.
    """
    a, b = case.sides.a, case.sides.b
    hit = b or a
    fought = bool(a and b) or (hit is not None and hit.suffers)
    if hit is not None and hit.group != "civilians" and fought:
        return replace(typed, type=BATTLE, sub_type="Armed clash")
    if any(is_hit(line, case.ontology) for line in case.view.actors):
        return typed
    return replace(typed, type=None, sub_type=None)


def _overtaken(case: Case) -> str | None:
    """Who takes ground: the state back, or others.

    None where the claims do not say who; `The army took the town` in no country that is known is an
    army of nobody knows whose.
    """
    taker = next((p for p in (case.sides.a, case.sides.b) if p and p.does), None)
    if taker is None or (taker.group == "state" and case.state is None):
        return None
    own = case.state and taker.country in (None, case.state.code)
    state = taker.group == "state" and own
    return "Government regains territory" if state else "Non-state actor overtakes territory"


def _protest(case: Case, typed: Typed) -> Typed:
    """Peaceful unless forces arrest or hurt those who protest; then what they do."""
    told = {e.event for e in case.view.events}
    forces = case.sides.a is not None and case.sides.a.group == "state" and case.sides.a.does
    crowd = replace(typed, crowd="Protesters")
    if forces and case.deaths is not None:
        return replace(crowd, sub_type="Excessive force against protesters")
    if forces and told & load_words("shapes", "sides", "broken_up"):
        return replace(crowd, sub_type="Protest with intervention")
    return crowd
