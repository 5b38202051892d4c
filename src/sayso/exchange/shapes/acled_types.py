"""Which of ACLED's types an incident is, by our event types and by who does it to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.exchange.shapes.case import Case
from sayso.exchange.shapes.sides import forms, role_of, words_in

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
_ORDER = ("Explosions/Remote violence", BATTLE, "Violence against civilians", "Riots", "Protests",
          "Strategic developments")  # fmt: skip
_AT_HAND = frozenset({"attack", "shooting", "stabbing"})  # which armed sides do to each other too


@dataclass(frozen=True, slots=True)
class Typed:
    """A type of ACLED's with the claims that tell it; `crowd` is who acts without being a side."""

    type: str
    sub_type: str | None
    claims: tuple[str, ...]
    crowd: str | None = None

    @property
    def disorder(self) -> str:
        """The disorder that goes with the type."""
        both = self.sub_type == "Excessive force against protesters"
        return "Political violence; Demonstrations" if both else DISORDER[self.type]


def event_type(case: Case) -> Typed | None:
    """The incident's type; None where it tells of nothing that ACLED has a type for.

    What the row says comes first, unless it only says what came of it (a death, a fire).
    """
    found = list(_told(case))
    if not found:
        return None
    if found[0][0] == case.view.type and found[0][1].type != "Strategic developments":
        return found[0][1]
    return min((typed for _, typed in found), key=lambda t: _ORDER.index(t.type))


def _told(case: Case) -> Iterator[tuple[str, Typed]]:
    """Each of our types that the incident tells of and ACLED has too, the row's own first."""
    events = sorted(case.view.events, key=lambda e: e.event != case.view.type)
    for event in events:
        named = case.ontology.types[event.event].acled if event.event in case.ontology.types else ""
        type_, _, sub = named.partition(": ")
        if type_ in DISORDER:
            claims = event.claims or case.claims
            yield event.event, _fitted(case, event.event, Typed(type_, sub or None, claims))


def _fitted(case: Case, event: str, typed: Typed) -> Typed:
    """The type as the actors make it."""
    if event == "protest":
        return _protest(case, typed)
    if event == "advance":
        return replace(typed, sub_type=_overtaken(case))
    if event in _AT_HAND:
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
    """An attack is a battle between armed sides, violence against civilians where they are hit.

    Where the words do not say who was attacked, only that it was one of the two is known.
    """
    a, b = case.sides.a, case.sides.b
    if a and b and b.group != "civilians":
        return replace(typed, type=BATTLE, sub_type="Armed clash")
    hit = (b or a) if (b or a) and (b or a).suffers else None  # type: ignore[union-attr]
    if hit is not None and hit.group != "civilians":
        return replace(typed, type=BATTLE, sub_type="Armed clash")
    return typed


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
    if forces and told & {"arrest", "attack", "injury", "shooting"}:
        return replace(crowd, sub_type="Protest with intervention")
    return crowd
