"""Feeds watched: what is new in them is fetched, read and added, for as long as it runs.

Threads fetch, one feed each, and never two pages of one host at a time; whoever called `run` reads
and adds, one page after another. Which items were looked at, and how each feed fares, is kept in
the ledger, so that a watch that was stopped goes on where it was.
"""

from __future__ import annotations

import contextlib
import dataclasses
import html
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.robotparser import RobotFileParser

from sayso.errors import CaptureError, FetchError, InputError
from sayso.intake import make_capture
from sayso.intake.feeds import FeedItem, FeedLine, parse_feed
from sayso.intake.fetch import AGENT, Fetcher, Known
from sayso.ledger import Added, Kept, Ledger
from sayso.page import find_pages
from sayso.pipeline.read import Ask, Failed, Outcome, Refused, outcome_of, read_page
from sayso.record import Capture
from sayso.record.address import split_address

THREADS = 4
WAITING = 16  # pages that wait to be read: fetching waits for reading
BETWEEN = 1.0  # seconds between two answers of one host
LONGEST_WAIT = 86_400.0  # that back-off grows to
ENOUGH = 300  # characters of a feed's own text that stand for a page that cannot be read
TRIES = 3  # of a page whose host does not answer
LOOK = 1.0  # seconds between two looks at which feeds are due


@dataclass(frozen=True, slots=True)
class Watched:
    """What became of one item: what was added, or why not (`refused`, in words)."""

    feed: str
    url: str
    added: tuple[Added, ...] = ()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """A fetched page on its way to be read; `error` where there is none."""

    feed: Kept
    item: FeedItem
    capture: Capture | None
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class _Polled:
    """A feed whose pages are all on their way; `state` is what is then kept of it."""

    feed: Kept
    state: dict[str, Any]
    shown: tuple[str, ...] | None


def keep_feeds(ledger: Ledger, lines: Sequence[FeedLine]) -> list[Kept]:
    """The feeds of a list as kept in a ledger: known ones are said anew, new ones are kept."""
    known = {feed.value["url"]: feed for feed in ledger.kept("feed")}
    found = []
    for line in lines:
        said = dataclasses.asdict(line)
        held = known.get(line.url)
        if held is None:
            found.append(ledger.keep("feed", {**said, "state": {}}))
        else:
            found.append(ledger.keep("feed", {**held.value, **said}, held.id))
    return found


class Hosts:
    """One answer at a time of each host, with a pause between, and what its robots.txt allows."""

    def __init__(self, fetcher: Fetcher, between: float = BETWEEN) -> None:
        self.fetcher, self.between = fetcher, between
        self._lock = threading.Lock()
        self._hosts: dict[str, tuple[threading.Lock, list[float]]] = {}
        self._robots: dict[str, RobotFileParser] = {}

    @contextlib.contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """This thread's turn to ask the host of an address."""
        with self._lock:
            lock, last = self._hosts.setdefault(
                split_address(url).netloc, (threading.Lock(), [0.0])
            )
        with lock:
            time.sleep(max(0.0, last[0] + self.between - time.monotonic()))
            try:
                yield
            finally:
                last[0] = time.monotonic()

    def allows(self, url: str) -> bool:
        """True where the host's robots.txt lets a page be fetched, or does not say."""
        parts = split_address(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            rules = RobotFileParser()
            try:
                with self.turn(url):
                    answer = self.fetcher.fetch(f"{root}/robots.txt").content
                rules.parse(answer[:500_000].decode("utf-8", "replace").splitlines())
            except FetchError:
                rules.parse([])
            self._robots[root] = rules
        return self._robots[root].can_fetch(AGENT, url)


@dataclass
class Watch:
    """The feeds that a ledger keeps, looked at when each is due.

    `feeds` are the ids of those to look at, None for all that are kept; `clock` is the time in
    seconds since 1970.
    """

    ledger: Ledger
    fetcher: Fetcher
    feeds: frozenset[str] | None = None
    ask: Ask = field(default_factory=Ask)
    hosts: Hosts = field(init=False)
    clock: Callable[[], float] = time.time
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.hosts = Hosts(self.fetcher)
        self._queue: queue.Queue[_Page | _Polled] = queue.Queue(WAITING)
        self._under_way: set[str] = set()
        self._tries: dict[tuple[str, str], int] = {}
        self._over = threading.Event()  # nobody takes pages any more

    def run(self, *, once: bool = False) -> Iterator[Watched]:
        """What becomes of each new item, for as long as `stop` is not set.

        `once`: each feed is looked at once, due or not, and that is all.
        """
        self._over.clear()
        with ThreadPoolExecutor(THREADS, "watch") as pool:
            try:
                self._begin(pool, all_=once)
                while not self.stop.is_set() and not (once and not self._under_way):
                    try:
                        done = self._queue.get(timeout=0.1 if once else LOOK)
                    except queue.Empty:
                        pass
                    else:
                        yield from self._take(done)
                    if not once:
                        self._begin(pool)
            finally:
                self._over.set()
                pool.shutdown(wait=False, cancel_futures=True)
                while not self._queue.empty():  # a thread may wait to put a page there
                    self._queue.get_nowait()

    def _begin(self, pool: ThreadPoolExecutor, *, all_: bool = False) -> None:
        """Send threads to the feeds that are due."""
        for feed in self.ledger.kept("feed"):
            wanted = self.feeds is None or feed.id in self.feeds
            due = all_ or feed.value.get("state", {}).get("next", 0) <= self.clock()
            if wanted and due and feed.id not in self._under_way and not feed.value.get("paused"):
                self._under_way.add(feed.id)
                # another process that watches the same ledger sees that it is not due any more
                self._note(feed, next=self.clock() + feed.value["every"])
                pool.submit(self._poll, feed)

    def _note(self, feed: Kept, **state: Any) -> None:
        held = self.ledger.kept("feed", feed.id)
        if held:  # else it was forgotten meanwhile
            value = held[0].value
            said = {**value.get("state", {}), **state}
            self.ledger.keep("feed", {**value, "state": said}, feed.id)

    # -- in a thread ---------------------------------------------------------------------------

    def _poll(self, feed: Kept) -> None:
        """Put the new pages of a feed into the queue, and what is then to be kept of it."""
        try:
            state, shown = self._look(feed)
        except Exception as error:  # noqa: BLE001 - one bad feed never stops the others
            refused = outcome_of(error, str(feed.value["url"]))
            state, shown = self._failed(feed, refused.words, getattr(error, "wait", None)), None
        self._put(_Polled(feed, state, shown))

    def _put(self, done: _Page | _Polled) -> None:
        while not (self.stop.is_set() or self._over.is_set()):
            with contextlib.suppress(queue.Full):
                self._queue.put(done, timeout=0.5)
                return

    def _look(self, feed: Kept) -> tuple[dict[str, Any], tuple[str, ...] | None]:
        url, before = feed.value["url"], feed.value.get("state", {})
        with self.hosts.turn(url):
            answer = self.fetcher.fetch(url, Known(before.get("etag"), before.get("modified")))
        state = {
            "etag": answer.etag, "modified": answer.modified, "looked": self.clock(),
            "next": self.clock() + max(feed.value["every"], answer.wait or 0),
            "failures": 0, "error": None,
        }  # fmt: skip
        if answer.unchanged:
            return state, None
        found = parse_feed(answer.content, answer.url)
        items = {item.id: item for item in found.items}
        new = self.ledger.unseen(feed.id, list(items))
        for id_ in reversed(new):  # the oldest first
            self._put(self._fetch(feed, items[id_]))
            if self.stop.is_set() or self._over.is_set():
                break
        if any((feed.id, id_) in self._tries for id_ in items):
            state |= {"etag": None, "modified": None}  # some are to be tried again
        return state | {"title": found.title, "items": len(items)}, tuple(items)

    def _failed(self, feed: Kept, words: str, wait: float | None) -> dict[str, Any]:
        """Each time later, the more often it failed; what its host asks is heard."""
        failures = int(feed.value.get("state", {}).get("failures", 0)) + 1
        pause = min(feed.value["every"] * 2.0 ** min(failures, 20), LONGEST_WAIT)
        return {
            "failures": failures, "error": words, "looked": self.clock(),
            "next": self.clock() + max(pause, wait or 0),
        }  # fmt: skip

    def _fetch(self, feed: Kept, item: FeedItem) -> _Page:
        """The page that an item links; where it cannot be had, the feed's own text if it is one."""
        error: InputError | None = None
        if item.url:
            try:
                if not self.hosts.allows(item.url):
                    raise CaptureError(item.url, "its robots.txt forbids it", "ask the publisher")
                with self.hosts.turn(item.url):
                    answer = self.fetcher.fetch(item.url)
                capture = make_capture(item.url, answer.content)
                return _Page(feed, item, dataclasses.replace(capture, url=answer.url))
            except InputError as failed:
                error = failed
        own = _own_text(item)
        error = error or CaptureError(item.id, "links no page", "ask the feed's publisher")
        return _Page(feed, item, own, None if own else error)

    # -- where it is read ----------------------------------------------------------------------

    def _take(self, done: _Page | _Polled) -> Iterator[Watched]:
        if isinstance(done, _Polled):
            self._note(done.feed, **done.state)
            if done.shown is not None:
                self.ledger.saw(done.feed.id, [], shown=done.shown)
            self._under_way.discard(done.feed.id)
            if done.state["error"]:
                yield Watched(done.feed.id, done.feed.value["url"], refused=done.state["error"])
            return
        if self._is_tried_again(done):
            return
        yield self._add(done)
        self.ledger.saw(done.feed.id, [done.item.id])

    def _is_tried_again(self, done: _Page) -> bool:
        """True of a page whose host did not answer, the first times."""
        key = (done.feed.id, done.item.id)
        if not isinstance(done.error, FetchError):
            self._tries.pop(key, None)
            return False
        self._tries[key] = self._tries.get(key, 0) + 1
        if self._tries[key] < TRIES:
            return True
        del self._tries[key]
        return False

    def _add(self, done: _Page) -> Watched:
        url = done.item.url or done.item.id
        if done.capture is None:
            return Watched(done.feed.id, url, refused=str(done.error))
        outcomes = list(self._read(done, done.capture))
        wrong = next((o for o in outcomes if isinstance(o, (Refused, Failed))), None)
        readings = [o for o in outcomes if not isinstance(o, (Refused, Failed))]
        added = tuple(self.ledger.add(readings)) if readings else ()
        return Watched(done.feed.id, url, added, wrong.words if wrong else None)

    def _read(self, done: _Page, capture: Capture) -> Iterator[Outcome]:
        try:
            pages = find_pages(capture)
            lacks = self._facts(done, pages[0].report) if pages else {}
            if lacks:
                pages = find_pages(dataclasses.replace(capture, facts=capture.facts | lacks))
            if not pages:
                yield Refused(f"{capture.name}: no report was found in it")
            yield from (read_page(page, self.ask) for page in pages)
        except Exception as error:  # noqa: BLE001 - one bad page never stops the others
            yield outcome_of(error, capture.name)

    def _facts(self, done: _Page, report: Any) -> dict[str, str]:
        """What the feed says of an item and its page does not."""
        feed, item = done.feed.value, done.item
        said = {
            "published": item.published,
            "publisher": item.source or feed.get("publisher") or feed["state"].get("title"),
            "title": item.title,
        }
        return {k: v for k, v in said.items() if v and getattr(report, k) is None}


def _own_text(item: FeedItem) -> Capture | None:
    """The text that a feed carries of an item, where it is long enough to be a report."""
    if len(item.content) < ENOUGH:
        return None
    title = html.escape(item.title or "")
    page = f"<html><body><article><h1>{title}</h1>{item.content}</article></body></html>"
    capture = make_capture(item.url or item.id, page.encode("utf-8", "replace"), "html")
    facts = {"url": item.url, "published": item.published, "title": item.title}
    return dataclasses.replace(capture, facts={k: v for k, v in facts.items() if v})
