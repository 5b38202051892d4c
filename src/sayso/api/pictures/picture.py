"""A picture made by sayso: SVG that names no other host and needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sayso.api.arguments import checked
from sayso.errors import UsageError


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG document as text, `width` and `height` in pixels; a notebook shows it as it is.

    `title` says what it shows, for those who cannot see it too.
    """

    svg: str
    title: str
    width: int
    height: int

    @checked
    def save(self, path: str | Path) -> Path:
        """Write it to a file (.svg); the path. Raises UsageError where that cannot be."""
        place = Path(path)
        try:
            place.write_text(self.svg, encoding="utf-8")
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UsageError(f"{place}: {why}; name a file in a folder that is there") from error
        return place

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        # a narrow window scrolls it: smaller letters could not be read
        return (
            f'<div style="overflow-x:auto;max-width:100%"><div style="width:{self.width}px">'
            f"{self.svg}</div></div>"
        )

    def __repr__(self) -> str:
        return f"Picture({self.title!r}, {self.width} × {self.height})"
