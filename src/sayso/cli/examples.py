"""Where the project's own example reports lie."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import UsageError

READABLE = (".txt", ".html", ".pdf", ".docx", ".rtf")


def find_examples() -> list[Path]:
    """The example reports, story by story; from the installed package, else from the checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "examples" / "stories", package.parents[1] / "examples" / "stories"):
        found = sorted(path for path in folder.rglob("*") if path.suffix in READABLE)
        if found:
            return found
    raise UsageError("the example reports are not installed; reinstall sayso, or name a FILE")
