"""The same payloads in a browser: whatever it is shown, none of them runs.

The desk is looked at without its content security policy too, so that a payload which the policy
alone holds back is seen.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn

import sayso
from attack.desk import CHEAP, paths, values
from attack.tally import Size, Tally
from sayso.cli.main import run
from sayso.desk.accounts.account import add_account
from sayso.desk.app import create_app
from sayso.desk.rights import rules
from sayso.desk.settings import Settings
from sayso.errors import UsageError
from sayso.ledger import Ledger

PASSWORD = "nine herons over the weir"  # noqa: S105 - of a desk that lives for this attack
NAMES = ("chromium", "chromium-browser", "google-chrome")
# as root Chromium wants no sandbox; the rest keeps it from calling its maker
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
         "--disable-background-networking --disable-component-update --disable-sync").split()  # fmt: skip
APART = ("/api/v1/events", "/api/v1/partners/stream", "/static/", "/sign-in/oidc")
# what a payload may wait for, and links that would run one
STIR = """() => {
  for (const each of document.querySelectorAll("*"))
    for (const kind of ["mouseover", "mouseenter", "focus", "pointerover", "toggle", "animationstart"])
      each.dispatchEvent(new Event(kind));
  return [...document.querySelectorAll("a[href], form[action], [formaction], area[href]")]
    .flatMap((each) => ["href", "action", "formAction"].map((name) => String(each[name] || "")))
    .filter((to) => /^(javascript|data|vbscript):/i.test(to));
}"""


def found_browser() -> str | None:
    """The one that SAYSO_TEST_BROWSER names, else Chromium on the PATH, else Playwright's own."""
    named = os.environ.get("SAYSO_TEST_BROWSER")
    held = next((p for n in ((named,) if named else NAMES) if (p := shutil.which(n))), None)
    own = sorted((Path.home() / ".cache/ms-playwright").glob("chromium-*/chrome-linux*/chrome"))
    return held or (str(own[-1]) if own and not named else None)


@contextlib.contextmanager
def served(ledger: Ledger) -> Iterator[str]:
    """The address of a running desk with one account, `root`, an admin who sees all."""
    app = create_app(ledger, Settings(by="Ada", cost=CHEAP))
    hash_ = app.state.desk.door.passwords.hash(PASSWORD)
    add_account(ledger, "overseer", role="admin", by="attack", clearance="red", hash_=hash_)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


class Looker:
    """A page of a browser, and all that a payload does in it."""

    def __init__(self, tally: Tally, page: Any, ours: str) -> None:
        self.tally, self.page, self.ours, self.wrong = tally, page, ours, []  # type: ignore[var-annotated]
        page.on("dialog", self._dialog)
        page.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"a dialog: {dialog.message[:60]}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.ours, "data:", "blob:", "file:", "about:")):
            self.wrong.append(f"asked {request.url[:80]}")

    def look(self, address: str) -> None:
        """Open it; whatever a payload waits for happens."""
        self.wrong.clear()
        try:
            self.page.goto(address, wait_until="load", timeout=20_000)
        except Exception as error:  # noqa: BLE001 - Playwright's own kinds
            if "ownload" not in str(error) and "ERR_ABORTED" not in str(error):
                self.wrong.append(f"did not open: {str(error)[:100]}")
        else:
            self.settle()
        self.tally.expect(not self.wrong, f"{address[:120]}: {self.wrong[:3]}")

    def settle(self) -> None:
        """Let run what runs; note what did."""
        links = self.page.evaluate(STIR)
        self.page.wait_for_timeout(30)
        if links:
            self.wrong.append(f"links to {links[0][:60]}")
        for frame in self.page.frames:
            with contextlib.suppress(Exception):  # a frame that is gone by now
                if frame.evaluate("window.__pwned"):
                    self.wrong.append("a payload ran")


def fill_forms(page: Any, address: str, payloads: tuple[str, ...]) -> None:
    """Each payload as what people type: names of views, feeds, webhooks, accounts, notes."""
    seal = page.locator('meta[name="seal"]').get_attribute("content")
    head = {"x-sayso-seal": seal or "", "origin": address}

    def post(path: str, **said: Any) -> None:
        page.request.post(address + path, headers=head, **said)

    for n, payload in enumerate(payloads):
        url = f"https://paper.example/{n}?{payload}"
        post("/api/v1/views", data={"name": payload[:100], "asks": {"place": payload[:80]}})
        post("/api/v1/feeds", data={"url": url, "name": payload[:200], "publisher": payload[:200]})
        post("/api/v1/webhooks", data={"url": url})
        post("/accounts", form={"name": payload[:60], "role": "reader"})
        post("/account/tokens", form={"name": payload[:60], "days": "1", "scope": "read"})
        post("/me", form={"by": payload[:60], "back": "/"})
        post("/reports/r1/note", form={"reason": payload})


def desk(tally: Tally, size: Size, browser: Any, ledger: Ledger, payloads: tuple[str, ...]) -> None:
    """Every page of the desk, signed in as an admin who sees all; then one that a policy guards."""
    with served(ledger) as address:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        page.fill('input[name="name"]', "overseer")
        page.fill('input[name="password"]', PASSWORD)
        page.click('form[action^="/sign-in"] button')
        page.wait_for_load_state("load")
        tally.expect("/sign-in" not in page.url, f"the browser was not let in: {page.url}")
        page.goto(f"{address}/account")
        fill_forms(page, address, payloads)
        looker = Looker(tally, page, address)
        held = values(ledger)
        most = 2 if size.name == "short" else 60
        for rule in rules():
            if rule.method == "GET" and not rule.path.startswith(APART):
                for path in list(paths(rule, held))[:most]:
                    looker.look(address + path)
        for payload in payloads:
            for name in ("q", "place", "speaker", "type", "cursor"):
                query = page.evaluate("(text) => encodeURIComponent(text)", payload)
                looker.look(f"{address}/incidents?{name}={query}")
        context.close()
        guarded(tally, browser, address)


def guarded(tally: Tally, browser: Any, address: str) -> None:
    """The policy holds in the browser: what is put into a page of ours does not run, nor frame it.

    The same is tried without the policy, where it runs: else this would see nothing.
    """
    for bypass in (True, False):
        context = browser.new_context(bypass_csp=bypass)
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        page.evaluate("""() => {
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.__pwned=1'>");
          const script = document.createElement("script");
          script.textContent = "window.__pwned = 1";
          document.body.append(script);
        }""")
        page.wait_for_timeout(200)
        ran = bool(page.evaluate("window.__pwned"))
        what = (
            "ran in spite of the policy" if ran else "did not run without a policy: it is not seen"
        )
        tally.expect(ran == bypass, f"a script in a page of the desk {what}")
        context.close()
    page = browser.new_page()
    page.set_content(f"<iframe src='{address}/sign-in'></iframe>")
    page.wait_for_timeout(500)
    shown = [frame for frame in page.frames[1:] if frame.query_selector("input[name=password]")]
    tally.expect(not shown, "the desk was framed by another page")
    page.close()


def files(tally: Tally, browser: Any, folder: Path, url: str, payloads: tuple[str, ...]) -> None:
    """Pages that are written to files, and what a notebook shows: no policy guards these."""
    lines = folder / "payloads.jsonl"
    lines.write_text("".join(json.dumps({
        "id": f"{n}{payload}", "title": payload, "publisher": payload, "byline": f"By {payload}",
        "url": f"https://paper.example/{n}?{payload}", "published": "2024-05-06",
        "text": f"Nine soldiers were killed in Sudzha, Ann {payload} said on Monday. {payload}",
    }) + "\n" for n, payload in enumerate(payloads)), "utf-8")  # fmt: skip
    page = browser.new_page()
    looker = Looker(tally, page, "file:")
    out = folder / "read.html"
    run(["read", str(lines), "--format", "html", "--out", str(out)])
    tally.expect(out.is_file() and out.stat().st_size > 1_000, "no page was written")
    looker.look(out.as_uri())
    with sayso.Ledger(url) as ledger:
        rows = ledger.incidents()
        shown: list[Any] = [
            rows,
            ledger.claims(),
            ledger.sources(),
            ledger.figures(),
            ledger.reports(),
        ]
        for row in list(rows)[:20]:
            incident = ledger.incident(row.incident)
            shown += [incident, incident.chains()]
            with contextlib.suppress(UsageError):  # nothing to draw
                shown.append(incident.chart())
        for report in list(ledger.reports())[:20]:
            shown.append(report)
        readings: Any = sayso.Reader().read_many([lines])
        for thing in (*shown, readings, *readings):
            told = getattr(thing, "_repr_html_", None)
            if told is not None:
                place = folder / "shown.html"
                place.write_text(f"<!doctype html><meta charset=utf-8><body>{told()}", "utf-8")
                looker.look(place.as_uri())
    place = folder / "control.html"
    place.write_text(f"<!doctype html><body>{payloads[0]}", "utf-8")
    page.goto(place.as_uri())
    tally.expect(bool(page.evaluate("window.__pwned")), "a payload does not run where it should")
    page.close()


def attack(
    tally: Tally, size: Size, folder: Path, ledger: Ledger, url: str, payloads: tuple[str, ...]
) -> None:
    """All of it, where there is a browser; else it is said that there was none."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not everywhere
    except ImportError:
        tally.left_out.append("pages in a browser: Playwright is not installed")
        return
    path = found_browser()
    if path is None:
        tally.left_out.append("pages in a browser: there is none on this machine")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            files(tally, browser, folder, url, payloads)
            desk(tally, size, browser, ledger, payloads)
        finally:
            browser.close()
