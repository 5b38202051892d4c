"""A command with its examples, set as written at the end of its help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click


class Command(click.Command):
    """A click command that shows `examples`, one a line, and its exit codes."""

    def __init__(
        self, *args: Any, examples: tuple[str, ...] = (), exits: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.exits = exits

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the exit codes; click's own epilog would fill the lines."""
        if self.examples:
            with formatter.section("Example" if len(self.examples) == 1 else "Examples"):
                for line in self.examples:
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        if self.exits:
            with formatter.section("Exit codes"):
                formatter.write_text(self.exits)
        super().format_epilog(ctx, formatter)


class Group(Command, click.Group):
    """A group of commands, with examples of its own."""


class LateChoice(click.Choice[str]):
    """One of some names that are looked up when a command needs them.

    The room that lists them is not imported for the help of another command.
    """

    def __init__(self, find: Callable[[], Sequence[str]]) -> None:
        self._find = find
        self.case_sensitive = True

    @property
    def choices(self) -> Sequence[str]:  # type: ignore[override]
        """The names."""
        return self._find()


def markings() -> Sequence[str]:
    """Who may see a report, by TLP 2.0, the widest first."""
    from sayso.record.marking import MARKINGS

    return MARKINGS


def policies() -> Sequence[str]:
    """The policies that make one figure of many; lists show the first."""
    from sayso.record.links import POLICY_NAMES

    return POLICY_NAMES
