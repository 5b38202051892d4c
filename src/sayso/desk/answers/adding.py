"""Reports read into the ledger: what became of each, and on whose say-so all of them are."""

from __future__ import annotations

import dataclasses
import re
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sayso.errors import InputError, UsageError
from sayso.incidents.summary import Summary, sum_up
from sayso.intake import make_capture
from sayso.intake.fetch import Fetcher
from sayso.ledger import Added, Ledger
from sayso.pipeline.read import Ask, Failed, Refused, read_given
from sayso.record import Capture, Form, Reading
from sayso.record.marking import Marking

MOST = 200  # reports of one request
MOST_LINKS = 50
PASTED = "pasted text"
_ONE_AT_A_TIME = threading.Lock()  # a reading fills a core: several at once only make all wait
_BETWEEN = re.compile(r"^[ \t]*[-=*_]{3,}[ \t]*$", re.MULTILINE)  # a line of them parts two texts
_LINK = re.compile(r"https?://\S{1,3990}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of what was handed in: reports added, and inputs refused, in words.

    `summary` says what the reports are about and go back to, with all else that is held of it.
    """

    added: tuple[Added, ...] = ()
    refused: tuple[str, ...] = ()
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One input: a name to speak of it by, and its bytes, or the address to fetch them from.

    `facts` are what the giver says of it: url, title, publisher, published.
    """

    name: str
    content: bytes | None = None
    form: Form | None = None  # None lets sayso find it
    facts: dict[str, str] = field(default_factory=dict)


def split_pasted(words: str) -> list[Given]:
    """Links and texts out of a box, parted by lines of dashes: a part of links alone is links.

    A link within a text stays in it: a page that was copied whole says where it stood.
    """
    links: dict[str, None] = {}
    texts: list[str] = []
    # a browser's form ends each line with CR LF, whatever the text had
    for part in _BETWEEN.split(words.replace("\r\n", "\n")):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(_LINK.fullmatch(line) for line in lines):
            links.update(dict.fromkeys(lines))
        elif lines:
            texts.append(part.strip("\n"))
    named = [
        Given(PASTED if len(texts) == 1 else f"{PASTED} {n}", t.encode("utf-8", "replace"), "text")
        for n, t in enumerate(texts, 1)
    ]
    return [*map(Given, links), *named]


def take_in(
    ledger: Ledger, given: Sequence[Given], ask: Ask, inner: Collection[tuple[str, int]] = (),
    marking: Marking | None = None, by: str | None = None,
) -> Taken:  # fmt: skip
    """Read what was given and add it, so marked; what cannot be read stops nothing else.

    Raises UsageError for more than one request may bring.
    """
    links = sum(each.content is None for each in given)
    if len(given) > MOST or links > MOST_LINKS:
        raise UsageError(f"at most {MOST} reports and {MOST_LINKS} links at a time; send fewer")
    readings: list[Reading] = []
    refused: list[str] = []
    captures = list(_captures(given, refused, inner))
    with _ONE_AT_A_TIME:
        for outcome in read_given(captures, ask):
            match outcome:
                case Reading():
                    readings.append(outcome)
                case Refused() | Failed():
                    refused.append(outcome.words)
    added = tuple(ledger.add(readings, marking=marking, marked_by=by))
    summary = sum_up(ledger, [each.report for each in added]) if added else None
    return Taken(added, tuple(refused), summary)


def _captures(
    given: Sequence[Given], refused: list[str], inner: Collection[tuple[str, int]]
) -> Iterator[Capture]:
    with Fetcher(inner=inner) as fetcher:
        for each in given:
            try:
                if each.content is None:
                    answer = fetcher.fetch(each.name)
                    capture = make_capture(each.name, answer.content)
                    yield dataclasses.replace(capture, url=answer.url, facts=each.facts)
                else:
                    capture = make_capture(each.name, each.content, each.form)
                    yield dataclasses.replace(capture, facts=capture.facts | each.facts)
            except InputError as error:
                refused.append(str(error))
