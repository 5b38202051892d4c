"""What a count of origins says in words: its interval, its scope, whether anyone saw it."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.record.links import Origin

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_SAW = frozenset({"witness"})


def say_number(number: int) -> str:
    """A small number as a word, a large one in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def say_count(at_least: int, at_most: int, reports: int, origins: Sequence[Origin]) -> str:
    """The interval in words with its scope; never a score, more is not greener."""
    scope = f"in the {reports} reports held here" if reports != 1 else "in the one report held here"
    if at_most == 0:
        return f"no source says this {scope}"
    if at_least == 0:
        noun = "source" if at_most == 1 else "sources"
        return (
            f"no source that can be told apart, perhaps {say_number(at_most)} {noun}, {scope}; "
            "nothing is attributed"
        )
    noun = "source" if at_least == 1 else "sources"
    perhaps = f", perhaps {say_number(at_most)}" if at_most > at_least else ""
    saw = "" if any(o.kind in _SAW for o in origins) else "; none says that it saw this"
    return f"{say_number(at_least)} {noun} that can be told apart{perhaps}, {scope}{saw}"


def say_withdrawn(names: Sequence[str]) -> str:
    """What stands behind the interval where words were taken back, and so are not counted."""
    return f"; not counted, as it was taken back: what {' and '.join(names)} said" if names else ""
