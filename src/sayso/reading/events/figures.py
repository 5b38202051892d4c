"""How many: the amounts of a text, attached to the events that they count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.events import Ontology
from sayso.lexicon.telling import Telling, load_telling
from sayso.reading.events.arguments import is_fallen
from sayso.reading.events.counted import chain_of, of_whom, verb_over, whole_of
from sayso.reading.events.figures_words import (
    INSIDE_NOUN,
    NO_ONE,
    ONE_COUNTS,
    ONLY_PEOPLE,
    PEOPLE_COUNTS,
    SINGULAR_PRONOUNS,
)
from sayso.reading.events.scope import is_earlier, summed
from sayso.reading.events.triggers import Trigger
from sayso.record import Counts, Figure, Span, When
from sayso.record.reading import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from sayso.reading.grounding.amounts.find import Amount
    from sayso.reading.parsing.parse import Parse
    from sayso.record import Time


@dataclass(slots=True)
class Figures:
    """The figures of a report, and which of them each trigger (by its place in the list) holds."""

    figures: list[Figure] = field(default_factory=list)
    of_trigger: dict[int, list[str]] = field(default_factory=dict)

    def add(self, trigger: int | None, figure: Figure) -> None:
        """Add a figure, and attach it where a trigger is given."""
        self.figures.append(figure)
        if trigger is not None:
            self.of_trigger.setdefault(trigger, []).append(figure.id)

    def next_id(self) -> str:
        """The id of the figure to come."""
        return f"f{len(self.figures) + 1}"


@dataclass(slots=True)
class _Counter:
    """Attaches amounts to triggers in one parse."""

    parse: Parse
    ontology: Ontology
    triggers: list[Trigger]
    times: list[Time]
    out: Figures = field(default_factory=Figures)
    used: set[int] = field(default_factory=set)
    numbers: Counter[int] = field(default_factory=Counter)  # by sentence
    telling: Telling = field(default_factory=load_telling)

    def counts(self, trigger: Trigger) -> Counts:
        if trigger.head.lower_ in self.telling.unharmed:
            return "other"
        return self.ontology.types[trigger.type].counts

    def take(self, amount: Amount) -> None:
        tokens = self.parse.tokens_of(amount.number) or [self.parse.token_at(amount.number.start)]
        chain = chain_of(self.parse, amount, tokens)
        if self._counts_events(amount, chain):
            return
        self.used |= {t.i for t in chain}
        found = self._find(amount, chain)
        if found is None and (amount.bound == "vague" or self._is_idle(amount)):
            return
        at, counts = found or (None, "other")
        if at is not None and self._is_of_another(at, chain[-1]):
            at = None
        trigger = self.triggers[at] if at is not None else None
        scope, since = self._scope(trigger, amount, chain[0], counts)
        self.out.add(at, Figure(
            self.out.next_id(), (amount.span,), amount.low, amount.best, amount.high, amount.bound,
            counts, of_whom(self.parse, amount), scope, since,
        ))  # fmt: skip

    def _is_idle(self, amount: Amount) -> bool:
        """True for a number that counts nothing worth a figure: "one of the …", "two counts"."""
        if amount.is_percent or amount.is_money:
            return False
        size = amount.best or amount.low or amount.high or 0
        if amount.counted is None or size < 10:
            return True
        return self.parse.tokens[amount.counted].lemma_.lower() in self.telling.no_measure

    def _counts_events(self, amount: Amount, chain: list[Token]) -> bool:
        """True for "two attacks", "six rounds of talks": counts of events are no figures."""
        if amount.counted is None:
            return False
        lemma = self.parse.tokens[amount.counted].lemma_.lower()
        families = self.ontology.families.get(lemma)
        if not families or lemma in self.ontology.classes.get("people", ()):
            return False
        counted = {t.head.i for t in self.triggers if self.counts(t) in PEOPLE_COUNTS}
        return not any(t.i in counted for t in chain)

    # -- which event

    def _find(self, amount: Amount, chain: list[Token]) -> tuple[int, Counts] | None:
        words = {t.i for t in chain}
        sentence = chain[0].sent.start
        near = sorted(
            # a massacre is an attack and deaths: what it counts is people
            (abs(t.head.i - chain[0].i), self.counts(t) not in ONE_COUNTS, i)
            for i, t in enumerate(self.triggers)
            if t.sentence == sentence
        )
        for test in (self._is_named, self._undergoes, self._is_stated, self._does):
            for _, _, i in near:
                counts = test(self.triggers[i], amount, words, chain)
                if counts:
                    return i, counts
        at = self._beside(amount, chain, near)
        if at is not None:
            return at, self.counts(self.triggers[at])
        for _, _, i in near:
            if self._goes_with(self.triggers[i], amount, words, chain):
                return i, "other"
        return None

    def _fits(self, trigger: Trigger, amount: Amount) -> bool:
        """True where the amount can count people, for an event that counts people."""
        counts = self.counts(trigger)
        if counts not in PEOPLE_COUNTS:
            return True
        if amount.is_money or (amount.is_percent and counts != "killed_or_wounded"):
            return False
        if amount.counted is None:
            return True
        noun = self.parse.tokens[amount.counted]
        return self._is_people(noun) or self._befalls_people(trigger, noun)

    def _befalls_people(self, trigger: Trigger, noun: Token) -> bool:
        """True for what only people undergo: "30 candidates were killed", "two foremen held"."""
        if self.counts(trigger) not in ONLY_PEOPLE or all(v.i != noun.i for v in trigger.victims):
            return False
        lemma = noun.lemma_.lower()
        things = any(lemma in self.ontology.classes.get(c, ()) for c in ("things", "vehicles"))
        return not things and lemma not in self.telling.no_measure | self.telling.animals

    def _is_people(self, noun: Token) -> bool:
        lemma = noun.lemma_.lower()
        classes = self.ontology.classes
        return (
            any(lemma in classes.get(c, ()) for c in ("people", "fighters", "forces", "refugees"))
            or noun.ent_type_ in {"NORP", "PERSON", "ORG", "GPE"}
            or lemma in {"other", "more", "dead", "wounded", "injured", "missing", "homeless"}
            or noun.pos_ in {"PROPN", "ADJ", "PRON"}
            or any(t.head.i == noun.i for t in self.triggers)
        )

    def _undergoes(
        self, trigger: Trigger, amount: Amount, words: set[int], chain: list[Token]
    ) -> Counts | None:
        """What it counts in "killed five", "five people who died", "five dead soldiers"."""
        if not any(t.i in words for t in trigger.victims) or not self._fits(trigger, amount):
            return None
        if trigger.head.dep_ == "amod" and trigger.head.i > chain[0].i + 1:
            behind = self.parse.tokens[chain[0].i + 1]
            if behind.lower_ == "of":  # "one of the captured pilots died"
                return None
        counts = self.counts(trigger)
        return None if counts == "other" and amount.bound == "vague" else counts

    def _is_named(
        self, trigger: Trigger, amount: Amount, words: set[int], chain: list[Token]
    ) -> Counts | None:
        """What it counts in "35 bodies": the word that tells of the event is counted itself."""
        del chain, amount
        counts = self.counts(trigger)
        return counts if trigger.head.i in words and counts in PEOPLE_COUNTS else None

    def _is_stated(
        self, trigger: Trigger, amount: Amount, words: set[int], chain: list[Token]
    ) -> Counts | None:
        """What it counts in "the toll rose to 27", "put the number of wounded at 90"."""
        if self.counts(trigger) not in PEOPLE_COUNTS or not self._fits(trigger, amount):
            return None
        verb = verb_over(chain[-1])
        own = {t.i for t in trigger.tokens}
        while verb is not None and verb.i in own:  # "put the number of killed or wounded at 90"
            verb = verb_over(verb)
        if (
            verb is None
            or verb.lemma_.lower() not in self.telling.stating
            or trigger.head.i == verb.i
        ):
            return None
        head = trigger.head
        if head.head.i == verb.i and head.dep_ == "conj":  # "put its dead at 15 and its wounded at"
            return self.counts(trigger) if is_fallen(head) else None
        while head.dep_ in {"pobj", "prep", "amod", "compound", "conj", "acl", "relcl", "pcomp"}:
            head = head.head
        is_argument = head.head.i == verb.i and head.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}
        return self.counts(trigger) if is_argument and head.i not in words else None

    def _does(
        self, trigger: Trigger, amount: Amount, words: set[int], chain: list[Token]
    ) -> Counts | None:
        """What it counts in "two gunmen stormed the house": those who attack."""
        del chain
        family = self.ontology.family(trigger.type)
        if amount.counted is None or family not in {"violence", "holding", "fight"}:
            return None
        lemma = self.parse.tokens[amount.counted].lemma_.lower()
        if lemma not in self.ontology.classes.get("gunmen", ()):
            return None
        return None if words & {t.i for t in trigger.victims} else "attackers"

    def _beside(
        self, amount: Amount, chain: list[Token], near: list[tuple[int, bool, int]]
    ) -> int | None:
        """The event beside a number whose grammar is lost: "90 were hurt, as were two guards"."""
        verb = verb_over(chain[-1])
        says_other = (
            verb is not None
            and verb.lemma_.lower() not in self.telling.stating
            and not any(t.head.i == verb.i for t in self.triggers)
        )
        says_other = says_other or self._is_aboard(chain)
        whole = whole_of(chain[-1])
        if whole is not None:  # "eight men, including two cooks, over the murder"
            held = (i for _, _, i in near if any(v.i == whole.i for v in self.triggers[i].victims))
            return next((i for i in held if self.counts(self.triggers[i]) in PEOPLE_COUNTS), None)
        if says_other or amount.is_percent or amount.is_money:
            return None
        best: tuple[int, int] | None = None
        for distance, _, i in near:
            trigger = self.triggers[i]
            if distance > 25 or self.counts(trigger) not in PEOPLE_COUNTS - {"deployed"}:
                continue
            if self._fits(trigger, amount):
                far = (distance + self._apart(chain[0], i), i)
                best = min(best or far, far)
        return best[1] if best else None

    def _is_aboard(self, chain: list[Token]) -> bool:
        """True for those who were there: "78 were aboard", "90 people on board"."""
        noun = chain[-1]
        beside = noun.head.children if noun.dep_ == "nsubj" else ()
        where = [noun, *(c for c in beside if c.dep_ in {"advmod", "prep"})]
        words = {t.lower_ for top in where for t in top.subtree}
        return bool(words & self.telling.aboard)

    def _apart(self, number: Token, at: int) -> int:
        """What keeps a number from an event beside it: a semicolon, or that it has its number."""
        head = self.triggers[at].head
        lo, hi = sorted((number.i, head.i))
        apart = 30 if any(t.text in {";", ":"} for t in self.parse.tokens[lo:hi]) else 0
        if at in self.out.of_trigger and head.i < number.i:
            apart += 8  # "40 died and around sixty, some of them children, were hurt"
        return apart

    def _is_of_another(self, at: int, number: Token) -> bool:
        """True for who gives another number: "20 bodies …, while a nurse put the figure at 38"."""
        verb = verb_over(number)
        if verb is None or at not in self.out.of_trigger or verb.lemma_ not in self.telling.putting:
            return False
        head = self.triggers[at].head
        says_who = any(c.dep_ == "nsubj" for c in verb.children)
        return says_who and head.i < verb.i and not verb.is_ancestor(head)

    def _goes_with(
        self, trigger: Trigger, amount: Amount, words: set[int], chain: list[Token]
    ) -> Counts | None:
        """What it counts in "attacked with ten drones": who neither does nor undergoes it."""
        del chain
        if amount.bound == "vague" or self._is_idle(amount):
            return None
        around = {n.i for _, n in trigger.args.preps} | {n.i for n in trigger.doers}
        return "other" if words & around else None

    def _scope(
        self, trigger: Trigger | None, amount: Amount, number: Token, counts: Counts
    ) -> tuple[Scope, When | None]:
        first = self.parse.token_at(amount.span.start)
        beside = self.numbers[number.sent.start] > 1
        if counts in PEOPLE_COUNTS and is_earlier(number, first, self.telling, beside=beside):
            return "earlier", None
        around = trigger.head.subtree if trigger else number.sent
        return summed(around, self.times, self.telling)

    # -- one

    def take_ones(self, at: int) -> None:
        """A singular victim is a figure of 1 where the event counts people."""
        trigger = self.triggers[at]
        if self.counts(trigger) not in ONE_COUNTS:
            return
        own = {t.i for t in trigger.tokens}  # "was taken prisoner"
        victims = trigger.victims
        if at in self.out.of_trigger:  # "a nurse and six teachers": but "six, among them a nurse"
            victims = victims if any(v.i in self.used for v in victims) else []
        for victim in victims:
            if victim.i in self.used | own or not self._is_one(victim):
                continue
            span = noun_phrase(self.parse, victim)
            self.out.add(at, Figure(
                self.out.next_id(), (span,), 1, 1, 1, "exact", self.counts(trigger), (span,),
            ))  # fmt: skip

    def _is_one(self, noun: Token) -> bool:
        lemma = noun.lemma_.lower()
        if noun.lower_ in SINGULAR_PRONOUNS:
            return True
        if noun.tag_ in {"NNS", "NNPS"} or lemma in self.telling.collective:
            return False
        if any(c.lower_ in NO_ONE for c in noun.children):
            return False
        if noun.pos_ == "PROPN":
            # a place does not die: the model takes a rare name for a town or a company
            is_bare = not any(c.dep_ in {"det", "poss"} for c in noun.children)
            return (
                noun.ent_type_ in {"PERSON", ""}
                or lemma in self._people()
                or (is_bare and noun.ent_type_ in {"GPE", "ORG"} and noun.tag_ == "NNP")
            )
        return lemma in self._people()

    def _people(self) -> frozenset[str]:
        return self.ontology.classes.get("people", frozenset())


def read_figures(
    parse: Parse,
    ontology: Ontology,
    triggers: list[Trigger],
    amounts: list[Amount],
    times: list[Time],
    happened: Iterable[int],
) -> Figures:
    """The figures of a text; `happened` are the triggers that may count a single person as one."""
    counter = _Counter(parse, ontology, triggers, times)
    counter.numbers.update(parse.token_at(a.number.start).sent.start for a in amounts)
    for amount in amounts:
        counter.take(amount)
    for at in happened:
        counter.take_ones(at)
    return counter.out


def noun_phrase(parse: Parse, noun: Token) -> Span:
    """The words of a noun with what stands before it, clauses and what follows left out."""
    start = noun.i
    for child in noun.children:
        if child.i < noun.i and child.dep_ in INSIDE_NOUN | {"nummod", "case"}:
            start = min(start, child.left_edge.i)
    return parse.span_of(list(parse.tokens[start : noun.i + 1]))
