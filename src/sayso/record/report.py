"""What comes in: a capture, and the report found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sayso.errors import PageError
from sayso.record.clean import make_whole
from sayso.record.ids import make_id
from sayso.record.when_where import When

Form = Literal["text", "html", "pdf", "docx", "rtf", "jsonl", "warc"]


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they were received: where from, when, and their hash.

    `facts` holds what the sender said beside the bytes (a JSON line's title, publisher, url,
    published); `fetched` is an ISO 8601 instant or None for a local file; `at` is where in a file
    of many it stands ("feed.jsonl, line 3"), which errors name. Halves of characters in any of them
    are U+FFFD: no store and no output takes them.
    """

    name: str
    content: bytes
    form: Form
    sha256: str
    url: str | None = None
    fetched: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    at: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("name", "url", "at"):
            value = getattr(self, name)
            if value is not None and not value.isascii():
                object.__setattr__(self, name, make_whole(value))
        object.__setattr__(self, "facts", {k: make_whole(v) for k, v in self.facts.items()})

    @property
    def place(self) -> str:
        """What an error calls it: file and line where it is one of many, with its name."""
        if self.at is None or self.at == self.name:
            return self.name
        return f"{self.at} ({self.name})"


BlockKind = Literal[
    "headline", "byline", "dateline", "caption", "credit", "body", "quote",
    "related", "navigation", "address", "advert",
]  # fmt: skip

FURNITURE: frozenset[str] = frozenset({"related", "navigation", "address", "advert"})


@dataclass(frozen=True, slots=True)
class Block:
    """A typed stretch of the report's text, `[start, end)` in code points as given."""

    kind: BlockKind
    start: int
    end: int

    @property
    def is_furniture(self) -> bool:
        """True for what stands on the page but is not of the report."""
        return self.kind in FURNITURE


@dataclass(frozen=True, slots=True)
class Report:
    """One published text: its characters as given, its typed blocks, who published it and when.

    `credit` is the wire that it carries, `published` None where nothing tells. `excerpt` marks a
    teaser or a consent wall; `language` an ISO 639-1 code or None where the text is too short to
    tell. A language that sayso cannot read is kept and said, not read as rubbish.
    """

    id: str
    name: str
    text: str
    title: str | None
    publisher: str | None
    credit: str | None
    byline: str | None
    url: str | None
    published: When | None
    blocks: tuple[Block, ...]
    language: str | None = None
    excerpt: bool = False


LONGEST_REPORT = 300_000  # characters: no news report, live blogs included, is longer


def refuse_long(name: str, text: str) -> None:
    """Raises PageError for more text than one report has, before time is spent on it."""
    if len(text) > LONGEST_REPORT:
        raise PageError(
            name,
            f"{len(text):,} characters as one report, more than {LONGEST_REPORT:,}",
            "split it into its reports, one a file or one a JSON line",
        )


def report_id(text: str, publisher: str | None, url: str | None, published: When | None) -> str:
    """The id of a report: its text, who published it, where and when (never its file's name)."""
    return make_id("report", text, publisher, url, published.start if published else None)
