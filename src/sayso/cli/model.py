"""`--reader llm`: the options about a language model, and the reader that they make."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli.inputs import READERS
from sayso.cli.say import say
from sayso.cli.store import DEFAULT, ledger_url, open_ledger
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.llm.reader import ModelReader
    from sayso.llm.settings import Settings
    from sayso.pipeline.read import Ask
    from sayso.record.marking import Marking

F = TypeVar("F", bound=Callable[..., Any])
LLM = "llm"
ALL_READERS = (*READERS, LLM)

_CAP = click.option(
    "--max-tokens-total",
    "cap",
    type=click.IntRange(1),
    metavar="N",
    help="With --reader llm: tokens that the whole run may take; else 200000.",
)
_URL = click.option(
    "--base-url", metavar="URL",
    help="With --reader llm: an OpenAI-compatible server; else $SAYSO_LLM_BASE_URL.",
)  # fmt: skip
_MODEL = click.option(
    "--model", metavar="NAME", help="With --reader llm: the model's name; else $SAYSO_LLM_MODEL."
)
any_reader_option = click.option(
    "--reader",
    type=click.Choice(ALL_READERS),
    default=ALL_READERS[0],
    show_default=True,
    help="What reads the words: sayso's own model, its rules alone, or a language model of yours.",
)


def model_options(command: F) -> F:
    """The options that say which language model, where, and how far."""
    for option in (_CAP, _URL, _MODEL):
        command = option(command)
    return command


def reader_options(command: F) -> F:
    """`--reader` with all that there are, and what a language model needs."""
    return any_reader_option(model_options(command))


def settings_for(
    readers: Collection[str], model: str | None, base_url: str | None, cap: int | None
) -> Settings | None:
    """The settings where a language model is among those who read, else None.

    Raises UsageError where one is named that nobody asks.
    """
    if LLM in readers:
        return settings_of(model, base_url, cap)
    said = {"--model": model, "--base-url": base_url, "--max-tokens-total": cap}
    for option, value in said.items():
        if value is not None:
            raise UsageError(f"{option} goes with --reader {LLM}")
    return None


def settings_of(model: str | None, base_url: str | None, cap: int | None) -> Settings:
    """The settings of a run by a language model; raises UsageError for what is missing."""
    from sayso.llm.settings import find_settings

    return find_settings(model, base_url, cap)


def signed(reader: str, settings: Settings | None) -> str:
    """What signs what is read: a language model is named with the version of its prompt."""
    if settings is None:
        return reader
    from sayso.llm.reader import maker_name

    return maker_name(settings)


@contextlib.contextmanager
def asking(
    ask: Ask, settings: Settings | None, files: tuple[str, ...], *,
    ledger: Ledger | None = None, marking: Marking | None = None,
) -> Iterator[Ask]:  # fmt: skip
    """The same question, with the language model in it; what it took is said at the end.

    Before anything is sent, what it is likely to take is said; more than the cap is refused.
    `ledger` says which texts stay on this machine; without one, that of $SAYSO_LEDGER or of this
    folder does.
    """
    if settings is None:
        yield ask
        return
    from sayso.llm.guard import check_marking

    check_marking(marking, here=settings.is_here)
    _foresee(ask, settings, files)
    with contextlib.ExitStack() as stack:
        if ledger is None:
            ledger = _ledger_here(stack)
        reader = make_reader(settings, ledger, private=marking is not None)
        try:
            yield dataclasses.replace(ask, read=reader.read)
        finally:
            reader.close()
            say(reader.spent.words(settings))


def make_reader(settings: Settings, ledger: Ledger | None, *, private: bool) -> ModelReader:
    """The reader by a language model; raises UsageError where its library is missing."""
    from sayso.incidents.staying import why_it_stays
    from sayso.llm.guard import let_all, make_guard
    from sayso.pipeline.read import shared_reader

    try:
        from sayso.llm.reader import ModelReader
    except ImportError as error:
        raise UsageError(
            f"--reader llm needs {error.name}, which is not here: pip install 'sayso[llm]'"
        ) from None
    guard = let_all if ledger is None else make_guard(functools.partial(why_it_stays, ledger))
    load = functools.partial(shared_reader, learned=False)
    return ModelReader(settings, load, guard=guard, private=private)


def _foresee(ask: Ask, settings: Settings, files: tuple[str, ...]) -> None:
    try:
        from sayso.pipeline.forecast import forecast
    except ImportError as error:
        raise UsageError(
            f"--reader llm needs {error.name}, which is not here: pip install 'sayso[llm]'"
        ) from None
    likely = forecast(files, ask.form, settings)
    if likely.reports:
        say(likely.words(settings))
    if likely.total > settings.cap:
        raise UsageError(
            f"that is more than the cap of {settings.cap:,} tokens, so nothing was sent; allow it "
            f"with --max-tokens-total {likely.total * 2}"
        )


def _ledger_here(stack: contextlib.ExitStack) -> Ledger | None:
    """The ledger that a user has here, for what it says of texts that are not for everybody."""
    named = "SAYSO_LEDGER" in os.environ
    if not named and not Path(DEFAULT.removeprefix("sqlite:///")).exists():
        return None
    return stack.enter_context(open_ledger(ledger_url(None)))
