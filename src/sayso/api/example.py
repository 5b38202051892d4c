"""Where the example reports lie that come with sayso."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import UsageError, nearest

READABLE = (".txt", ".html", ".pdf", ".docx", ".rtf")


def example(story: str = "strike-on-market") -> Path:
    """The folder of an example story that comes with sayso: a few reports on one incident.

    Raises UsageError for one that is not there.
    """
    stories = {folder.name: folder for folder in _stories().iterdir() if folder.is_dir()}
    if story not in stories:
        near = " or ".join(nearest(story, stories)) or ", ".join(sorted(stories))
        raise UsageError(f"no example story {story!r:.60}; did you mean {near}?")
    return stories[story]


def find_examples() -> list[Path]:
    """All example reports, story by story."""
    return _readable(_stories())


def _stories() -> Path:
    """The folder of stories: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "examples" / "stories", package.parents[1] / "examples" / "stories"):
        if _readable(folder):
            return folder
    raise UsageError("the example reports are not installed; reinstall sayso, or name a FILE")


def _readable(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in READABLE)
