"""The incidents of one reading: which events are meant, of what type, who was harmed, by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from bench.quality.muc4_perpetrators import (
    ACCUSED,
    AUTHORITIES,
    BY_AUTHORITIES,
    CLAIMED,
    FACT,
    POSSIBLE,
    Groups,
    Perpetrators,
)
from bench.quality.muc4_victims import Victim, Victims
from sayso.reading.truecase import is_all_capitals, truecase

Json = dict[str, Any]

# type of event -> the role of those whom it befalls, and what it does to them
_HARM = {
    "death": ("dead", "DEATH"), "injury": ("injured", "INJURY"),
    "casualties": ("casualty", None), "abduction": ("abducted", None),
    "attack": ("target", None), "shooting": ("target", None), "stabbing": ("target", None),
    "bombing": ("target", None),
}  # fmt: skip
_DOERS = frozenset({"attacker", "killer", "abductor"})
_OLD = 75  # days: the task asks for what happened lately
_FIRE = re.compile(r"(?i)\b(?:burn\w*|ablaze|arson|torch\w*|set\b.*\bfire|on fire)")
_FIGHTERS = re.compile(
    r"(?i)\b(?:guerr?illas?|rebels?|terrorists?|subversives?|extremists?|insurgents?|delinquents?|"
    r"combatants?|commandos?|commandoes|criminals|kidnappers?|hitmen|assassins?|gunmen|bandits?|"
    r"contras?|traffickers?|hired|attackers?|assailants?|murderers?|killers?|thugs?|squads?|"
    r"militiamen|mercenar\w+)\b"
)
_PEOPLE = re.compile(
    r"(?i)\b(?:m[ae]n|individuals?|persons?|people|youths?|soldiers?|policem[ae]n|members?|troops?|"
    r"uniform\w*|civilians|elements|units?|strangers?|subjects?|pistoleros|sicarios)\b"
)
_SOLDIERS = re.compile(
    r"(?i)\b(?:soldiers?|troops?|army|sergeants?|lieutenants?|marines?|recruits?|patrol|"
    r"battalion|brigade|paratroopers?|noncommissioned)\b"
)
_NOBODY = re.compile(
    r"(?i)^(?:it|they|we|you|them|us|which|that|this|these|those|what|their|others?|some|many|"
    r"several|all|everyone|no one|someone|anyone|whoever|two|three|four|five|at least \w+|\d+|"
    r"more than \d+|the ones|one|both)$"
)
_ANYBODY = re.compile(
    r"(?i)(?:the |some |many |several |innocent |our |so |all )*(?:people|children|civilians|"
    r"persons|leaders|officers|peasants|families|soldiers|citizens)$"
)
_MANY = re.compile(r"~?\d{3,}")
_BARE = re.compile(
    r"(?i)^(?:at least |more than |over |about |some |nearly |another )*"
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$"
)
_NOUN = re.compile(r"(?i)\b(?:people|persons?|civilians|policemen|soldiers|peasants|students)\b")
_NO_HUMAN = re.compile(
    r"(?i)\b(?:bombs?|houses?|homes?|offices?|buildings?|embass\w+|vehicles?|cars?|bus(?:es)?|"
    r"towers?|poles?|pylons?|power|banks?|pipelines?|bridges?|plants?|stations?|headquarters|"
    r"barracks|garrisons?|posts?|positions?|installations?|residences?|stores?|facilities|base|"
    r"town|city|village|democracy|rights?|peace|device|school|airport|helicopters?|planes?|trucks?|"
    r"attacks?|country|nation|explosives?|dynamite|targets?|church|radio|newspaper|aircraft|"
    r"process|society|institutions|life|lives|system|government|structures?|toll|order|gmt|time|"
    r"animals|checkpoints?|cabins|machineguns|detachments?|force|forces|command|number|total|"
    r"part|honor|mutilation|killings?|deaths?|casualties|bodies|body|units?|party|movement|"
    r"organization|reason|damage|victims? of|dozens?|hundreds?|thousands?)$"
)
_PLURAL = re.compile(r"(?:[^s']s|men|women|people|children|police|youth|clergy)$")
_HEDGE = re.compile(
    r"(?i)\b(?:allegedly|presumabl[ey]|presumed|apparently|suspected|supposedly|alleged|reportedly)\b"
)
_MAY = re.compile(r"(?i)\b(?:possibly|perhaps|might|may have|could have|possible)\b")
_UNSURE = frozenset({"purported", "probable", "possible"})
_DID = re.compile(
    r"(?i)\b(?:carr|commit|stag|launch|perpetrat|mastermind|behind|conduct|orchestrat)"
)
_BLAMES = re.compile(
    r"(?i)\b(?:by|attribut\w+|accus\w+|blam\w+|suspect\w+|responsib\w+|claim\w+)\b"
)
_CLAIM = re.compile(r"(?i)\b(?:claim|took|take|accept|admit|assum|acknowledg)")


def incidents_of(reading: Json) -> list[Json]:
    """The incidents, one a type; who was harmed and by whom stands with the first: slots are a
    report's, not an incident's."""
    return Incidents(reading).found()


@dataclass
class Incidents:
    """What one reading tells of incidents."""

    reading: Json
    victims: Victims = field(default_factory=Victims)
    doers: Perpetrators = field(default_factory=Perpetrators)
    types: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        text: str = self.reading["report"]["text"]
        text = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
        return truecase(text) if is_all_capitals(text) else text

    @cached_property
    def groups(self) -> Groups:
        return Groups(self.text)

    @cached_property
    def figures(self) -> dict[str, Json]:
        return {f["id"]: f for f in self.reading["figures"]}

    @cached_property
    def claims(self) -> dict[str, Json]:
        return {e: c for c in self.reading["claims"] for e in c["events"]}

    @cached_property
    def sources(self) -> dict[str, Json]:
        """The source of each attribution, by the attribution's id."""
        known = {s["id"]: s for s in self.reading["sources"]}
        return {
            a["id"]: known[a["source_id"]]
            for a in self.reading["attributions"]
            if a["source_id"] in known
        }

    @cached_property
    def published(self) -> date | None:
        known = self.reading["report"]["published"]
        return date.fromisoformat(known["start"][:10]) if known and known["start"] else None

    def words(self, spans: list[list[int]]) -> str:
        return " ".join(" ".join(self.text[a:b] for a, b in spans).split())

    def found(self) -> list[Json]:
        """The incidents of the reading, none where it tells of none that counts."""
        counted = [e for e in self.reading["events"] if self._counts(e)]
        for event in counted:
            if event["type"] in _HARM:
                self._take_harm(event)
        if not self.types:
            return []
        for event in self.reading["events"]:
            self._take_doers(event)
        if not self.doers.told:
            self._take_mentioned(counted)
        return [
            {"type": kind,
             "perp_individual": [[p] for p in self.doers.people] if i == 0 else [],
             "perp_org": self.doers.fills() if i == 0 else [],
             "victims": [v.as_fill() for v in self.victims.found if _is_told(v)] if i == 0 else []}
            for i, kind in enumerate(dict.fromkeys(self.types))
        ]  # fmt: skip

    # -- which events

    def _counts(self, event: Json) -> bool:
        if event["negated"] or event["hypothetical"] or self._is_old(event):
            return False
        return event["type"] not in {"death", "injury", "casualties"} or not self._of_fight(event)

    def _is_old(self, event: Json) -> bool:
        time = event["time"]
        if not time or not time["end"] or self.published is None:
            return False
        return (self.published - date.fromisoformat(time["end"][:10])).days > _OLD

    def _of_fight(self, event: Json) -> bool:
        start, end = self._sentence(event["trigger"][0][0])
        return any(
            e["type"] == "clash" and start <= e["trigger"][0][0] < end
            for e in self.reading["events"]
        )

    def _sentence(self, at: int) -> tuple[int, int]:
        start = max(self.text.rfind(".  ", 0, at), self.text.rfind("\n\n", 0, at), 0)
        ends = [i for i in (self.text.find(".  ", at), self.text.find("\n\n", at)) if i >= 0]
        return start, min(ends, default=len(self.text))

    # -- who was harmed

    def _take_harm(self, event: Json) -> None:
        role, effect = _HARM[event["type"]]
        harmed = False
        for participant in event["participants"]:
            if participant["role"] == role:
                harmed |= self._take_victim(event, participant, effect)
        harmed |= self._take_counted(event, effect)
        kind = event["type"]
        if kind == "bombing":
            self.types.append("BOMBING")
        elif kind == "abduction" and harmed:
            self.types.append("KIDNAPPING")
        elif harmed:
            self.types.append("ATTACK")

    def _take_victim(self, event: Json, participant: Json, effect: str | None) -> bool:
        words = self.words(participant["text"])
        if _BARE.match(words) and event["type"] in {"death", "injury", "abduction"}:
            number = self._number(event, participant, words)
            return bool(self.victims.add(self._elided(event), number, effect))
        if not self._is_harmed(event, participant, words):
            return False
        return bool(self.victims.add(words, self._number(event, participant, words), effect))

    def _elided(self, event: Json) -> str:
        """The noun that a bare number leaves out: "two people were killed and nine wounded"."""
        start, end = self._sentence(event["trigger"][0][0])
        nouns = _NOUN.findall(self.text[start:end])
        return nouns[0] if nouns else ""

    def _is_harmed(self, event: Json, participant: Json, words: str) -> bool:
        if _NOBODY.match(words) or _FIGHTERS.search(words) or _NO_HUMAN.search(words):
            return False
        kind = (participant.get("actor") or {}).get("kind")
        if kind in {"rebels", "criminals"} or any(self.groups.named_in(words)):
            return False
        if event["type"] in {"attack", "bombing"}:
            named = re.search(r"[A-Z]\w+ [A-Z]\w+", words)
            return bool(kind not in {None, "military"} or (named and _PLURAL.search(words) is None))
        return True

    def _number(self, event: Json, participant: Json, words: str) -> str:
        spans = participant["text"]
        for key in event["figures"]:
            figure = self.figures[key]
            for span in (*figure["of"], *figure["span"]):
                if any(a <= span[0] < b or span[0] <= a < span[1] for a, b in spans):
                    return number_of(figure)
        last = words.split(" of ")[0].split()[-1]
        return "PLURAL" if _PLURAL.search(last) and not last[0].isupper() else "1"

    def _take_counted(self, event: Json, effect: str | None) -> bool:
        """Those who are only counted: a figure of the event that no participant holds."""
        taken = False
        spans = [s for p in event["participants"] for s in p["text"]]
        for key in event["figures"]:
            figure = self.figures[key]
            if figure["counts"] not in {"killed", "wounded", "abducted"}:
                continue
            if any(a <= figure["span"][0][0] < b for a, b in spans):
                continue
            words = self.words(figure["of"] or figure["span"])
            if _FIGHTERS.search(words) or _NO_HUMAN.search(words) or figure["scope"] != "incident":
                continue
            name = "" if _NOBODY.match(words) else words
            taken |= bool(self.victims.add(name, number_of(figure), effect))
        return taken

    # -- who did it

    def _take_doers(self, event: Json) -> None:
        if event["negated"] or event["hypothetical"] or self._is_old(event):
            return
        if event["type"] == "responsibility":
            self._take_blamed(event)
            return
        if event["type"] not in {*_HARM, "destruction", "strike", "shelling"}:
            return
        for participant in event["participants"]:
            if participant["role"] in {*_DOERS, "agent"}:
                self._take_doer(event, participant)

    def _groups_of(self, participant: Json) -> list[tuple[str, list[str]]]:
        """The groups that a participant's words name; a name may go on behind them: "the army of
        national liberation"."""
        start, end = participant["text"][0][0], participant["text"][-1][1]
        longer = self.text[start : end + 60]
        close = [
            (key, wordings)
            for key, wordings in self.groups.named_in(longer)
            if any(0 <= longer.find(w) <= end - start + 2 for w in wordings)
        ]
        return close or list(self.groups.named_in(self.words(participant["text"])))

    def _take_doer(self, event: Json, participant: Json) -> None:
        words = self.words(participant["text"])
        named = self._groups_of(participant)
        for key, wordings in named:
            self.doers.add(key, wordings, self._confidence(event, key))
        if named and not _FIGHTERS.search(words):
            return
        state = self.groups.state_in(words)
        if state and event["type"] in {"death", "abduction", "injury"}:
            self.doers.add(*state, self._confidence(event, state[0]))
        elif _FIGHTERS.search(words) or _PEOPLE.search(words):
            if not any(words.lower() == p.lower() for p in self.doers.people):
                self.doers.people.append(words)

    def _take_mentioned(self, counted: list[Json]) -> None:
        """Where no event names a group as its doer: "guerrillas" are the only group's that there
        is, else the group of a sentence that blames."""
        only = {key: wordings for key, wordings in self.groups.named_in(self.text)}
        if len(only) == 1 and any(_FIGHTERS.search(p) for p in self.doers.people):
            for key, wordings in only.items():
                self.doers.add(key, wordings, FACT)
            return
        for event in counted:
            start, end = self._sentence(event["trigger"][0][0])
            if event["type"] in {*_HARM, "responsibility"} and _BLAMES.search(self.text[start:end]):
                for key, words in self.groups.named_in(self.text[start:end]):
                    self.doers.add(key, words, self._confidence(event, key))

    def _take_blamed(self, event: Json) -> None:
        trigger = self.words(event["trigger"])
        says = [p for p in event["participants"] if p["role"] == "who says so"]
        blamed = [p for p in event["participants"] if p["role"] == "who is held responsible"]
        if _DID.search(trigger):
            for participant in says:
                self._take_doer(event, participant)
            return
        if _CLAIM.search(trigger):
            for participant in says:
                for key, wordings in self._groups_of(participant):
                    self.doers.add(key, wordings, CLAIMED)
            return
        official = any((p.get("actor") or {}).get("kind") in AUTHORITIES for p in says)
        official = official or self._is_official(event)
        end = self._sentence(event["trigger"][0][0])[1]
        named = [g for p in blamed for g in self._groups_of(p)] or list(
            self.groups.named_in(self.text[event["trigger"][0][0] : end])
        )
        for key, wordings in named:
            self.doers.add(key, wordings, BY_AUTHORITIES if official else ACCUSED)

    def _is_official(self, event: Json) -> bool:
        source = self._source(event)
        if source is None:
            return False
        return source["kind"] == "official" or (source["actor"] or {}).get("kind") in AUTHORITIES

    def _source(self, event: Json) -> Json | None:
        claim = self.claims.get(event["id"])
        return self.sources.get(claim["attribution"]) if claim and claim["attribution"] else None

    def _confidence(self, event: Json, key: str) -> str:
        source = self._source(event)
        if source is not None and any(k == key for k, _ in self.groups.named_in(source["name"])):
            return CLAIMED
        start, end = self._sentence(event["trigger"][0][0])
        sentence = self.text[start:end]
        claim = self.claims.get(event["id"])
        if _HEDGE.search(sentence) or (claim and claim["certainty"] in _UNSURE):
            return BY_AUTHORITIES if self._is_official(event) else ACCUSED
        return POSSIBLE if _MAY.search(sentence) else FACT


def _is_told(victim: Victim) -> bool:
    """True for a victim that the task would list: named or counted, and no army's losses."""
    if not victim.names:
        return False
    if victim.number == "PLURAL":
        return victim.effect != "DEATH" and not _ANYBODY.match(victim.names[0])
    many = _MANY.match(victim.number)
    return not many and not all(_SOLDIERS.search(n) for n in victim.names)


def number_of(figure: Json) -> str:
    """A figure in the task's notation: `6`, `~40`, `5-`, `-139`, `8 - 10`, PLURAL."""
    low, best, high, bound = figure["low"], figure["best"], figure["high"], figure["bound"]
    if bound == "exact" and best is not None:
        return f"{best:.0f}"
    if bound == "range" and low is not None and high is not None:
        return f"{low:.0f} - {high:.0f}"
    if bound == "above" and low is not None:
        return f"{low:.0f}-"
    if bound == "below" and high is not None:
        return f"-{high:.0f}"
    if bound == "about" and best is not None:
        return f"~{best:.0f}"
    return "PLURAL"
