"""Writes the desk's pictures of docs/pictures: its pages in a browser, as WebP.

usage: python tools/make_desk_pictures.py            all of them
       python tools/make_desk_pictures.py review     one

The pages are those of our examples on a new ledger, light, 1280 wide. Needs a browser
(SAYSO_TEST_BROWSER, else one on PATH); where there is none it says so and writes nothing.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from sayso.api.example import find_examples
from sayso.desk.answers.feeds import add_feed
from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Filters, Ledger
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/pictures"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")
WIDTH, HEIGHT = 1280, 900
LARGEST = 120_000  # bytes of one picture
FEEDS = (
    ("https://meridian.example/world.xml", "Meridian, world", "5m"),
    ("https://harbour.example/feed.json", "Harbour Gazette", "15m"),
    ("https://hill.example/atom", "Hill Courier", "1h"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A name, the page's path from its ledger, what is done there first, and what is shown.

    `part` is the element that is shown, else the window from its top on, `height` high at most.
    """

    name: str
    path: Callable[[Ledger], str]
    ready: Callable[[Any], None] | None = None
    part: str | None = None
    height: int = HEIGHT


def _incident(ledger: Ledger, words: str) -> str:
    rows = ledger.incident_list(Filters(words=words), limit=50).rows
    told = max(rows, key=lambda row: len(row.stated))
    return f"/incidents/{told.incident}"


def _report(ledger: Ledger) -> str:
    """A report in which somebody says `nearly 3,000`, and others say otherwise."""
    asked = Filters(words='"nearly 3,000 North Korean soldiers"')
    claim = ledger.claims(asked, limit=1).rows[0]
    return f"/reports/{claim.report.report}"


def _point(page: Any) -> None:
    page.locator("section.claim").first.hover()  # its words light up with it


def _open_row(page: Any) -> None:
    page.locator(".review-detail").wait_for()  # the first row opens by itself


def _chains(page: Any) -> None:
    page.locator("#h-chains").scroll_into_view_if_needed()  # drawn when it is near
    page.locator("#chains .drawn svg").wait_for()


PICTURES = (
    Picture("desk-incidents", lambda _: "/incidents", height=1250),
    Picture("desk-figures", lambda led: _incident(led, '"nearly 3,000"'), height=1340),
    Picture(
        "desk-chains", lambda led: _incident(led, '"Darfur Lawyers\' Watch"'), part="#chains",
        ready=_chains, height=1000,
    ),
    Picture("desk-report", _report, ready=_point, height=1000),
    Picture("desk-review", lambda _: "/review", ready=_open_row),
    Picture("desk-watch", lambda _: "/watch", height=620),
)  # fmt: skip


def main(names: list[str]) -> int:
    """0, or 1 where there is no browser."""
    path = os.environ.get("SAYSO_TEST_BROWSER") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        print("no pictures of the desk: no browser; install chromium, or name one in "
              "SAYSO_TEST_BROWSER")  # fmt: skip
        return 1
    with example_ledger() as ledger, desk_on(ledger) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for picture in PICTURES:
            if not names or picture.name.removeprefix("desk-") in names:
                shown = shoot(browser, address, ledger, picture)
                print(f"{write(picture.name, shown).relative_to(ROOT)}")
        browser.close()
    return 0


@contextlib.contextmanager
def example_ledger() -> Iterator[Ledger]:
    """A new ledger of our stories, with feeds that are not due."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(f"sqlite:///{folder}/sayso.db", maker="sayso", linking=Linking()) as ledger,
    ):
        read = read_all([str(path) for path in find_examples()], Ask())
        ledger.add(outcome for outcome in read if isinstance(outcome, Reading))
        for url, name, every in FEEDS:
            add_feed(ledger, url, name=name, publisher="", every=every)
        _health(ledger)
        yield ledger


def _health(ledger: Ledger) -> None:
    """Feeds as they stand after a morning, none due: two well, one that fails for a while."""
    now = time.time()
    states = (
        {"looked": now - 10, "next": now + 290, "items": 31},
        {"looked": now - 500, "next": now + 400, "items": 12},
        {"looked": now - 900, "next": now + 6300, "items": 20, "failures": 2,
         "error": "the host answered 503"},
    )  # fmt: skip
    for feed, state in zip(ledger.kept("feed"), states, strict=True):
        ledger.keep("feed", {**feed.value, "state": state}, feed.id)


@contextlib.contextmanager
def desk_on(ledger: Ledger) -> Iterator[str]:
    """The address of a running desk."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(ledger, Settings(by="Ada", watch=True))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


def shoot(browser: Any, address: str, ledger: Ledger, picture: Picture) -> bytes:
    """What is shown of a page, as PNG."""
    size = {"width": WIDTH, "height": picture.height}
    page = browser.new_page(viewport=size, color_scheme="light", reduced_motion="reduce")
    page.goto(address + picture.path(ledger), wait_until="load")
    if picture.ready:
        picture.ready(page)
    page.wait_for_timeout(500)  # what is drawn is drawn
    if picture.part is None:
        shown: bytes = page.screenshot()
    else:
        box = page.locator(picture.part).bounding_box()
        height = min(box["height"], picture.height)
        top = box["y"] + page.evaluate("scrollY")
        clip = {"x": 0, "y": top, "width": WIDTH, "height": height}
        shown = page.screenshot(clip=clip, full_page=True)
    page.close()
    return shown


def write(name: str, png: bytes) -> Path:
    """The path of the picture, as WebP: without loss, where it then is small enough."""
    path = FOLDER / f"{name}.webp"
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.save(path, lossless=True, method=6)
    for quality in (90, 80, 70):
        if path.stat().st_size > LARGEST:
            image.save(path, quality=quality, method=6)
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
