"""What is given: of the kind that a signature names, or an error that says which one is not."""

from __future__ import annotations

import functools
import inspect
import numbers
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from sayso.errors import UsageError

Call = TypeVar("Call", bound=Callable[..., Any])
_WORDS: dict[type, str] = {
    str: "a str", int: "a whole number", bool: "True or False", date: "a date",
    type(None): "None", Iterable: "a list", Mapping: "a mapping",
}  # fmt: skip

_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def checked(call: Call) -> Call:
    """The function, refusing arguments of another kind than its signature says.

    What stands in a list or a mapping is for the function itself to look at.
    """
    signature = inspect.signature(call)
    many = {n for n, p in signature.parameters.items() if p.kind in _MANY}
    kinds: dict[str, tuple[type, ...]] = {}
    name_of_call = call.__qualname__.removesuffix(".__init__").rpartition(".")[2]

    @functools.wraps(call)
    def with_checks(*given: Any, **named: Any) -> Any:
        if not kinds:
            kinds.update((n, k) for n, k in _kinds_of(call).items() if n not in many)
        for name, value in signature.bind(*given, **named).arguments.items():
            if name in kinds and not _is_one(value, kinds[name]):
                wanted = " or ".join(_WORDS.get(k, f"a {k.__name__}") for k in kinds[name])
                what = "None" if value is None else f"{value!r:.60}, of type {type(value).__name__}"
                raise UsageError(f"{name_of_call}: {name} is {what}; give {wanted}")
        return call(*given, **named)

    return typing.cast("Call", with_checks)


def rows_of_frame(given: Any) -> Any:
    """The rows of a data frame of pandas, polars or pyarrow as mappings; anything else as it is."""
    if hasattr(given, "columns") and hasattr(given, "to_dict"):
        return given.to_dict("records") if hasattr(given, "iloc") else given.to_dicts()
    return given.to_pylist() if hasattr(given, "to_pylist") else given


def _is_one(value: Any, kinds: tuple[type, ...]) -> bool:
    """True of a value of one of the kinds; True and False are no numbers, a frame is a list."""
    if isinstance(value, bool):
        return bool in kinds
    if int in kinds and isinstance(value, numbers.Integral):  # numpy's too
        return True
    return isinstance(value, kinds) or (Iterable in kinds and hasattr(value, "to_pylist"))


def _kinds_of(call: Callable[..., Any]) -> dict[str, tuple[type, ...]]:
    """The kinds of the parameters that can be looked at."""
    written = {n: hint for n, hint in call.__annotations__.items() if n != "return"}
    of = types.SimpleNamespace(__annotations__=written)
    hints = typing.get_type_hints(of, vars(inspect.getmodule(call)))
    kinds = {name: tuple(dict.fromkeys(_plain(hint))) for name, hint in hints.items()}
    return {name: some for name, some in kinds.items() if object not in some}


def _plain(hint: Any) -> Iterator[type]:
    """The classes of a hint; `object` for what is none."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        for each in typing.get_args(hint):
            yield from _plain(each)
    elif origin is typing.Literal:
        yield from (type(value) for value in typing.get_args(hint))
    else:
        kind = origin or hint
        yield kind if isinstance(kind, type) and kind is not Any else object
