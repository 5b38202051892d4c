"""The server is asked: bounded in time, in bytes and in tries, and redirected nowhere."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import httpx2
from openai import AsyncOpenAI
from pydantic_ai import Agent, ModelRetry, NativeOutput, PromptedOutput, RunContext, ToolOutput
from pydantic_ai import exceptions as of
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.usage import RunUsage, UsageLimits

from sayso.errors import InputError, ModelError
from sayso.llm.answer import LARGEST, Answer
from sayso.llm.ground import missing
from sayso.llm.prompt import instructions, wrap
from sayso.llm.settings import Settings
from sayso.llm.spend import answer_room

TRIES = 2  # more, where a server is busy or broken
MENDED = 0.25  # of the quotations that are not in the text, from which on a model is asked again
SHOWN = 10
REFUSED = (401, 403, 404)  # codes: no such key, no right, no such model
DEEP = 10  # causes of an error that are looked at
CLOSING = 5.0  # seconds that a connection's end is waited for


class AnswerError(InputError):
    """A model gave no answer about one report."""


@dataclass(slots=True)
class Usage:
    """Tokens that one report took, as the server counts them.

    `unread` where it read nothing: it was not reached, or refused whoever asks.
    """

    sent: int = 0
    answered: int = 0
    requests: int = 0
    unread: bool = False


class Client:
    """Asks one server about one report after another, from several threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._http = _open_http(settings)
        self._agent = _make_agent(settings, self._http)
        self._closed = False
        self._closing = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="llm", daemon=True)
        self._thread.start()

    def ask(self, name: str, text: str, usage: Usage, most: int) -> Answer:
        """What the model answers about a report's text; `usage` is written as it goes.

        No further try is made once it took `most` tokens.

        Raises AnswerError where this report has no answer, ModelError where none will have one.
        """
        with self._closing:
            if self._closed:
                raise AnswerError(name, "the run was stopped", "run it again")
            asked: Future[Answer] = asyncio.run_coroutine_threadsafe(
                self._ask(name, text, usage, most), self._loop
            )
        try:
            return asked.result()
        except BaseException:
            asked.cancel()
            raise

    def close(self) -> None:
        """Wait for no answer any more, as whoever pressed Ctrl-C, and let connections go."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
        ended = asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        with contextlib.suppress(TimeoutError):
            ended.result(CLOSING)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSING)
        if not self._thread.is_alive():
            self._loop.close()

    async def _end(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._http.aclose()

    async def _ask(self, name: str, text: str, usage: Usage, most: int) -> Answer:
        try:
            async with asyncio.timeout(self.settings.timeout):
                return await self._run(text, usage, most)
        except TimeoutError:
            raise AnswerError(
                name, f"no answer in {self.settings.timeout:g} s",
                "raise SAYSO_LLM_TIMEOUT, or ask a faster model",
            ) from None  # fmt: skip
        except RecursionError:
            raise AnswerError(name, "an answer nested too deep", "ask another model") from None
        except Exception as error:
            usage.unread = not usage.requests and _is_unread(error)
            raise self._named(name, error) from error

    async def _run(self, text: str, usage: Usage, most: int) -> Answer:
        counted = RunUsage()
        try:
            done = await self._agent.run(
                wrap(text), deps=text, usage=counted,
                usage_limits=UsageLimits(total_tokens_limit=most, request_limit=10),
                model_settings={"max_tokens": answer_room(text)},
            )  # fmt: skip
        finally:
            usage.sent, usage.answered = counted.input_tokens, counted.output_tokens
            usage.requests = counted.requests
        return done.output

    def _named(self, name: str, error: Exception) -> Exception:
        """An error of the library as one of ours, without words of the report or the key."""
        where = self.settings.base_url
        code = _status(error)
        if code is not None:
            if code in (401, 403):
                return ModelError(f"{where} refuses the key ({code}): set SAYSO_LLM_KEY")
            if code == 404:
                return ModelError(f"{where} has no model {self.settings.model!r} (404)")
            if 300 <= code < 400:
                return ModelError(f"{where} sends elsewhere ({code}): name the server itself")
            mend = "try again later, or with fewer --jobs" if code == 429 else "see its log"
            return AnswerError(name, f"the model's server answered {code}", mend)
        if isinstance(error, of.ModelAPIError):
            reason = _reason(error)
            return AnswerError(name, f"the model's server gave no answer ({reason})",
                               f"look whether {where} runs")  # fmt: skip
        if isinstance(error, of.UsageLimitExceeded):
            return AnswerError(name, "no answer that fits within the cap of tokens",
                               "raise --max-tokens-total")  # fmt: skip
        if isinstance(error, of.UnexpectedModelBehavior):
            return AnswerError(
                name,
                "what the model answered is not as asked, nor was it when asked again",
                "try SAYSO_LLM_OUTPUT=tool or another model",
            )
        reason = _reason(error)
        return AnswerError(name, f"no answer that can be read ({reason})", "ask another model")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it was made of, the bottom last."""
    cause: BaseException | None = error
    for _ in range(DEEP):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__


def _status(error: BaseException) -> int | None:
    """The code of HTTP that an error was made of; None for an error of another kind."""
    codes = (getattr(cause, "status_code", None) for cause in _causes(error))
    return next((code for code in codes if isinstance(code, int)), None)


def _is_unread(error: BaseException) -> bool:
    """True where a server read no report: it was not reached, or turned whoever asks away."""
    code = _status(error)
    if code is not None:
        return code in REFUSED or 300 <= code < 400
    never = (httpx2.ConnectError, httpx2.ConnectTimeout)
    return any(isinstance(cause, never) for cause in _causes(error))


def _reason(error: BaseException) -> str:
    """The kind of what lies at an error's bottom; never its words, which may be a report's."""
    *_, bottom = _causes(error)
    return str(bottom) if isinstance(bottom, TooLargeError) else type(bottom).__name__


class TooLargeError(Exception):
    """A server answered more than any answer is, or packed it."""


class _Bounded(httpx2.AsyncByteStream):
    """A stream that ends with an error where it is too long."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self.stream:
            size += len(piece)
            if size > LARGEST:
                raise TooLargeError(f"more than {LARGEST:,} bytes")
            yield piece

    async def aclose(self) -> None:
        await self.stream.aclose()


async def _bound(response: Any) -> None:
    packed = response.headers.get("content-encoding", "identity").lower()
    if packed != "identity":  # a megabyte of zeros is a kilobyte when packed
        raise TooLargeError(f"packed as {packed[:20]!r}, which was not asked for")
    response.stream = _Bounded(response.stream)


def _open_http(settings: Settings) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not settings.is_here,  # no proxy between this machine and itself
        timeout=settings.timeout,
        headers={"accept-encoding": "identity"},
        event_hooks={"response": [_bound]},
    )


def _make_agent(settings: Settings, http: httpx2.AsyncClient) -> Agent[str, Answer]:
    server = AsyncOpenAI(
        base_url=settings.base_url, api_key=settings.key or "none", http_client=http,
        max_retries=TRIES, timeout=settings.timeout,
    )  # fmt: skip
    server.organization = server.project = None  # of the environment: they are for one server alone
    model = OpenAIChatModel(settings.model, provider=OpenAIProvider(openai_client=server))
    forms: dict[str, Any] = {"native": NativeOutput, "tool": ToolOutput, "prompted": PromptedOutput}
    agent: Agent[str, Answer] = Agent(
        model, output_type=forms[settings.output](Answer), instructions=instructions(),
        deps_type=str, retries=settings.retries, model_settings={"temperature": 0},
    )  # fmt: skip

    @agent.output_validator
    def look(context: RunContext[str], answer: Answer) -> Answer:
        """Ask once more where much of what was copied is not in the report."""
        pieces = sum(len(claim.words) for claim in answer.claims)
        gone = missing(answer, context.deps)
        if context.retry == 0 and settings.retries and len(gone) > MENDED * pieces:
            shown = "\n".join(f"- {words[:200]}" for words in gone[:SHOWN])
            raise ModelRetry(f"These words are not in the report; copy them as written:\n{shown}")
        return answer

    return agent
