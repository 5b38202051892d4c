"""Tokens: what a run is likely to take, what it took, and the cap that it never passes."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.llm.prompt import instructions
from sayso.llm.settings import Price, Settings

LETTERS = 3.5  # characters of English a token, on the low side: an estimate is rather too high
SCHEMA = 1_500  # tokens of the answer's schema, which goes along with each question
LEAST_ANSWER = 1_500  # tokens that an answer may have, however short the report is
ANSWERED = 1.5  # tokens of an answer for one of the report: words are copied twice, and named


def token_estimate(text: str) -> int:
    """About so many tokens of a language model has a text."""
    return round(len(text) / LETTERS) + 1


def answer_room(text: str) -> int:
    """The tokens that an answer about a text may have: what a server is told, and reserved."""
    return min(token_estimate(text) * 4 + LEAST_ANSWER, 32_000)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is likely to be sent and answered for so many reports."""

    reports: int
    sent: int
    answered: int

    @property
    def total(self) -> int:
        """All tokens."""
        return self.sent + self.answered

    def words(self, settings: Settings) -> str:
        """The estimate in words, with its price where one is known."""
        what = "1 report" if self.reports == 1 else f"{self.reports:,} reports"
        where = f"{settings.model} at {settings.base_url}"
        return f"{what} to ask {where}: about {self.total:,} tokens{self._price(settings.price)}"

    def _price(self, price: Price | None) -> str:
        return f", {price.of(self.sent, self.answered):.2f} in money" if price else ""


def estimate(texts: Iterable[int]) -> Estimate:
    """The estimate for reports of so many characters each."""
    each = token_estimate(instructions()) + SCHEMA
    count = sent = answered = 0
    for size in texts:
        count += 1
        tokens = round(size / LETTERS)
        sent += each + tokens
        answered += round(tokens * ANSWERED) + 200
    return Estimate(count, sent, answered)


class OverCapError(Exception):
    """The cap leaves no room for another report."""


@dataclass
class Spent:
    """The account of a run; several threads may write in it."""

    cap: int
    sent: int = 0
    answered: int = 0
    asked: int = 0
    cached: int = 0
    not_kept: int = 0
    _held: int = 0
    _why_not: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def total(self) -> int:
        """All tokens that were used."""
        return self.sent + self.answered

    def hold(self, tokens: int) -> None:
        """Set tokens aside for a report; raises OverCapError where they would pass the cap."""
        with self._lock:
            if self.total + self._held + tokens > self.cap:
                raise OverCapError
            self._held += tokens

    def settle(self, held: int, sent: int, answered: int) -> None:
        """Enter what a report took, in the place of what was set aside."""
        with self._lock:
            self._held -= held
            self.sent += max(sent, 0)
            self.answered += max(answered, 0)
            self.asked += 1

    def note_cached(self) -> None:
        """One more answer that was known."""
        with self._lock:
            self.cached += 1

    def note_not_kept(self, why: str) -> None:
        """One more answer that could not be kept, and why: asked for again, it costs anew."""
        with self._lock:
            self.not_kept += 1
            self._why_not = why

    def words(self, settings: Settings) -> str:
        """What the run took, in words, and what of it is lost."""
        cost = ""
        if settings.price:
            cost = f", {settings.price.of(self.sent, self.answered):.2f} in money"
        return (
            f"{settings.model}: {self.asked} asked, {self.cached} known from before, "
            f"{self.total:,} tokens of {self.cap:,}{cost}{self._lost(settings)}"
        )

    def _lost(self, settings: Settings) -> str:
        if not self.not_kept:
            return ""
        what = "1 answer" if self.not_kept == 1 else f"{self.not_kept:,} answers"
        return (
            f"; {what} could not be kept in {settings.cache} ({self._why_not}): "
            "mend it, or name another folder in $SAYSO_LLM_CACHE"
        )
