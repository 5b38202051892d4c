"""A command with its examples, set as written at the end of its help."""

from __future__ import annotations

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
