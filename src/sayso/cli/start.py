"""Where `sayso` begins: before what takes time is imported, so that Ctrl-C finds us ready."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line of this process and end it with the exit code; 130 for Ctrl-C."""
    try:
        from sayso.cli.main import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
