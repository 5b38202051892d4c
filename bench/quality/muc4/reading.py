"""One reading as MUC-4's mapping looks at it: its text in small letters, sentences, sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from bench.quality.muc4.perpetrators import AUTHORITIES, Groups
from bench.quality.muc4.victims import number_in, number_of
from sayso.reading.truecase import is_all_capitals, truecase

Json = dict[str, Any]

# type of event -> the role of those whom it befalls, and what it does to them
HARM = {
    "death": ("dead", "DEATH"), "injury": ("injured", "INJURY"),
    "casualties": ("casualty", None), "abduction": ("abducted", None),
    "attack": ("target", None), "shooting": ("target", None), "stabbing": ("target", None),
    "bombing": ("target", None),
}  # fmt: skip
DOERS = frozenset({"attacker", "killer", "abductor", "agent"})
_AGES = ((0, "later"), (14, "days"), (75, "weeks"), (400, "months"))
_ENDS = re.compile(r"[.!?][\")\]]*\s\s|\n\s*\n")


@dataclass
class Read:
    """What one reading tells, by the places in its text."""

    reading: Json

    @cached_property
    def text(self) -> str:
        """The report's text, unwrapped and in small letters, every offset as it was."""
        text: str = self.reading["report"]["text"]
        text = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
        return truecase(text) if is_all_capitals(text) else text

    @cached_property
    def groups(self) -> Groups:
        """The armed groups that the report names."""
        return Groups(self.text)

    @cached_property
    def events(self) -> list[Json]:
        """The events in the order of their words."""
        events: list[Json] = self.reading["events"]
        return events

    @cached_property
    def figures(self) -> dict[str, Json]:
        """The figures by id."""
        return {f["id"]: f for f in self.reading["figures"]}

    @cached_property
    def places(self) -> set[str]:
        """The names of the report's places, in small letters."""
        return {self.words(p["span"]).lower() for p in self.reading["places"]}

    @cached_property
    def claims(self) -> dict[str, Json]:
        """The claim that holds each event, by the event's id."""
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
        """The day of the report, None where it is not known."""
        known = self.reading["report"]["published"]
        return date.fromisoformat(known["start"][:10]) if known and known["start"] else None

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        edges = [0, *(m.end() for m in _ENDS.finditer(self.text)), len(self.text)]
        return [(a, b) for a, b in pairwise(edges) if a < b]

    def words(self, spans: list[list[int]]) -> str:
        """The words of some spans."""
        return " ".join(" ".join(self.text[a:b] for a, b in spans).split())

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that a place lies in."""
        return next((s for s in self.sentences if at < s[1]), self.sentences[-1])

    def sentence_of(self, event: Json) -> str:
        """The words of the sentence that an event stands in."""
        start, end = self.sentence(event["trigger"][0][0])
        return self.text[start:end]

    def nth(self, at: int) -> int:
        """How many sentences stand before a place."""
        return sum(end <= at for _, end in self.sentences)

    def age(self, event: Json) -> str:
        """How long ago an event was when the report appeared, in rough steps."""
        time = event["time"]
        if not time or not time["end"] or self.published is None:
            return "unknown"
        days = (self.published - date.fromisoformat(time["end"][:10])).days
        return next((name for most, name in _AGES if days < most), "years")

    def source(self, event: Json) -> Json | None:
        """Who says that an event took place."""
        claim = self.claims.get(event["id"])
        return self.sources.get(claim["attribution"]) if claim and claim["attribution"] else None

    def is_official(self, event: Json) -> bool:
        """True where an office, an army or the police says it."""
        source = self.source(event)
        if source is None:
            return False
        return source["kind"] == "official" or (source["actor"] or {}).get("kind") in AUTHORITIES

    def kinds_of_doers(self, event: Json) -> set[str]:
        """What an event says of who did it: kinds of actors, `people` for others, `nobody`."""
        doers = [p for p in event["participants"] if p["role"] in DOERS]
        return {(p["actor"] or {}).get("kind") or "people" for p in doers} or {"nobody"}

    def number(self, event: Json, participant: Json, words: str) -> str:
        """How many a participant is, in the task's notation."""
        spans = participant["text"]
        for key in event["figures"]:
            figure = self.figures[key]
            for span in (*figure["of"], *figure["span"]):
                if any(a <= span[0] < b or span[0] <= a < span[1] for a, b in spans):
                    return number_of(figure)
        return number_in(words)
