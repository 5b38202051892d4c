"""A report read by a language model, and looked up in its own text."""

from __future__ import annotations

import dataclasses
import functools
import threading
from collections.abc import Callable

from sayso.errors import InputError, ModelError
from sayso.llm.answer import Answer
from sayso.llm.cache import Cache, key_of
from sayso.llm.client import AnswerError, Client, Usage
from sayso.llm.ground import ground
from sayso.llm.ground_content import Known
from sayso.llm.guard import Guard, let_all
from sayso.llm.prompt import PROMPT_VERSION, instructions, wrap
from sayso.llm.settings import Settings
from sayso.llm.spend import SCHEMA, OverCapError, Spent, answer_room, token_estimate
from sayso.reading.attribution.sources import SourceFinder
from sayso.reading.attribution.speech import find_speech_times
from sayso.reading.flow import make_flow
from sayso.reading.grounding.actors.find import ground_actor
from sayso.reading.grounding.amounts.find import read_amounts
from sayso.reading.grounding.places.find import read_places
from sayso.reading.grounding.times.find import infer_published, read_times
from sayso.reading.lift import Draft, lift
from sayso.reading.parsing.parse import Parse
from sayso.reading.reader import ENGLISH, Reader
from sayso.record import Reading, Report

LONGEST = 60_000  # characters that are asked about at once
LOST = 3  # reports in a row without an answer, after which the server is taken for gone


def maker_name(settings: Settings) -> str:
    """What signs entries: the reader, the model, and the version of the words it is asked by."""
    return f"llm {settings.model}, prompt {PROMPT_VERSION}"


class ModelReader:
    """Reads reports by a language model; threads may share it.

    `guard` raises InputError for a report whose text must not leave this machine; it is asked
    before anything is sent. At a server of this machine such a text is read, and its answer not
    kept; so are all where `private`.

    `load` gives the reader of our own, for what a model is not asked: it is called after the first
    answer, so that nobody waits for it to be told that there is none.
    """

    def __init__(
        self, settings: Settings, load: Callable[[], Reader], *, guard: Guard = let_all,
        private: bool = False,
    ) -> None:  # fmt: skip
        self.settings, self._load, self.guard = settings, load, guard
        self.private = private
        self.cache, self._no_cache = Cache(settings.cache), Cache(None)
        self.spent = Spent(settings.cap)
        self.client = Client(settings)
        self._parsing = threading.Lock()  # the parser holds to one thread
        self._lost = 0

    def read(self, report: Report) -> Reading:
        """The reading of a report; raises InputError with the reason where there is none."""
        cache = self._no_cache if self._is_private(report) else self.cache
        asked = report.language in (None, ENGLISH)
        answer = self._answer(report, make_flow(report).text, cache) if asked else None
        with self._parsing:
            (prepared,) = self.own.prepare([report])
            if answer is None or prepared.parse is None:  # in another language: it says so
                return self.own.finish(prepared)
            return self._ground(report, prepared.parse, answer)

    @functools.cached_property
    def own(self) -> Reader:
        """The reader of our own, loaded once."""
        return self._load()

    def close(self) -> None:
        """Wait for no answer any more."""
        self.client.close()

    def _is_private(self, report: Report) -> bool:
        """True for a text that nothing is to be kept of; raises where it must not even be sent."""
        try:
            self.guard(report)
        except InputError:
            if not self.settings.is_here:
                raise
            return True
        return self.private

    def _answer(self, report: Report, text: str, cache: Cache) -> Answer:
        key = key_of(self.settings, report.text, text)
        known = cache.get(key)
        if known is not None:
            self.spent.note_cached()
            return known
        if len(text) > LONGEST:
            raise InputError(
                report.name, f"{len(text):,} characters, more than the {LONGEST:,} of one question",
                "split it, or read it with --reader model",
            )  # fmt: skip
        answer = self._ask(report.name, text)
        try:
            cache.put(key, answer)
        except OSError as error:
            self.spent.note_not_kept(error.strerror or type(error).__name__)
        return answer

    def _ask(self, name: str, text: str) -> Answer:
        sends = token_estimate(instructions()) + token_estimate(wrap(text)) + SCHEMA
        held = sends + answer_room(text)
        try:
            self.spent.hold(held)
        except OverCapError:
            raise InputError(
                name,
                f"the cap of {self.settings.cap:,} tokens leaves no room for it "
                f"({self.spent.total:,} are used)",
                "raise --max-tokens-total and run it again: what was answered is known",
            ) from None
        usage = Usage()
        answer: Answer | None = None
        try:
            answer = self.client.ask(name, text, usage, self.settings.cap - self.spent.total)
        except AnswerError as error:
            self._lost += 1
            if self._lost >= LOST and not self.spent.answered:
                raise ModelError(f"{error.what}, {self._lost} times; {error.mend}") from error
            raise
        finally:
            # a server may count wrongly, or not at all: then it is what was said by us
            least = token_estimate(answer.model_dump_json()) // 2 if answer else 0
            sent = 0 if usage.unread else max(usage.sent, sends // 2 * max(usage.requests, 1))
            self.spent.settle(held, sent, max(usage.answered, least))
        self._lost = 0
        return answer

    def _ground(self, report: Report, parse: Parse, answer: Answer) -> Reading:
        times = read_times(parse.text, report.published)
        warnings: list[str] = []
        if report.published is None:
            published, notes = infer_published(parse.text, times)
            warnings += notes
            if published is not None:
                report = dataclasses.replace(report, published=published)
                times = read_times(parse.text, published)
        places, _ = read_places(parse, self.own.gazetteer)
        known = Known(times, places, read_amounts(parse), self.own.ontology)
        found = ground(answer, parse, known)
        finder = SourceFinder(found.scene, ground_actor)
        people = finder.join(found.hops)
        said = find_speech_times(found.scene, found.hops, times, people, lambda *_: False)
        draft = Draft(found.hops, finder, people, said, found.claims, found.events, found.figures)
        if found.dropped:
            parts = ", ".join(f"{n} {what}" for what, n in sorted(found.dropped.items()))
            count = found.dropped.total()
            noun = "value" if count == 1 else "values"
            warnings.append(f"{count} {noun} of {self.settings.model} left out: {parts}")
        return lift(report, parse, draft, times, places, warnings)
