"""A working day at the desk, on both stores; and what a stranger finds from its start page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sayso.incidents.batch import Linking
from sayso.ledger import Ledger

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect

DOCTORS = """\
Doctors count nearly 40 dead at Kassala depot

KASSALA, Sudan, May 7, 2031 (Coast Wire) - Nearly 40 people were killed on Tuesday when a drone
struck a fuel depot in Kassala, the Sudan Doctors Network said.

The network said that it had the count from a nurse at the town's hospital.
"""
ARMY = """\
Army puts toll of Kassala strike at 12

KHARTOUM, May 7, 2031 (Harbour Gazette) - The Sudanese army said on Wednesday that 12 people were
killed when a drone struck a fuel depot in Kassala on Tuesday.

Doctors who treat the burned could not be reached.
"""
PAGE = """<html><head><title>{title}</title>
<meta property="article:published_time" content="2031-05-08T08:00:00Z">
<meta property="og:site_name" content="Hill Courier"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""
GOVERNOR = PAGE.format(
    title="Governor: 25 killed at Kassala depot",
    paragraphs="""<p>KASSALA, Sudan, May 8, 2031 - The governor of Kassala state said on Thursday
    that 25 people were killed when a drone struck a fuel depot in Kassala on Tuesday.</p>
    <p>The Rapid Support Forces denied that they had struck the depot, their spokesman said in a
    statement on Wednesday.</p>""",
)
GUARDS = PAGE.format(
    title="Blast at Gedaref warehouse",
    paragraphs="""<p>GEDAREF, Sudan, May 8, 2031 - An explosion in a warehouse in Gedaref killed
    three guards on Monday, the fire brigade said.</p>
    <p>The owner said that paint had been stored there.</p>""",
)
SLOW = 60_000  # milliseconds; a machine that many tests share


@pytest.fixture
def desk(store: str, site: Any, served_desk: Callable[..., Any]) -> Iterator[str]:
    """The address of a desk on an empty ledger that watches feeds of this machine."""
    inner = (("127.0.0.1", site.port),)
    with (
        Ledger.open(store, maker="tests", linking=Linking()) as ledger,
        served_desk(ledger, watch=True, inner=inner) as address,
    ):
        yield address


def feed_of(site: Any, *paths: str) -> None:
    """The site's feed has these items."""
    items = "".join(
        f"<item><guid>{path}</guid><link>{site.url}{path}</link><title>{path}</title>"
        "<pubDate>Thu, 08 May 2031 08:00:00 GMT</pubDate></item>"
        for path in paths
    )
    site.say("/feed", f"<rss><channel><title>Hill Courier</title>{items}</channel></rss>")


def between_seconds() -> str:
    """A second after all that was entered so far and before all that will be."""
    time.sleep(1)
    now = datetime.now(UTC)
    time.sleep(1)
    return f"{now:%Y-%m-%dT%H:%M:%S}"


def paste(day: Any) -> None:
    """Two reports into the box of an empty ledger; its answer is one sentence."""
    page = day.page
    day.open("/")
    page.get_by_label("Links or texts").fill(f"{DOCTORS}---\n{ARMY}")
    page.get_by_label("Published on").fill("2031-05-07")
    page.get_by_role("button", name="Read").click()
    answer = page.locator(".answer").inner_text(timeout=SLOW)
    assert "Two reports, two texts; two origins can be told apart" in answer
    assert "the Sudan Doctors Network" in answer


def watch(day: Any, listed: Any, site: Any) -> None:
    """A feed is added; what it brings shows on a list that stands open."""
    site.say("/governor", GOVERNOR, Content_Type="text/html")
    site.say("/guards", GUARDS, Content_Type="text/html")
    feed_of(site, "/governor")
    rows = listed.page.locator("li.row")
    listed.open("/incidents")
    expect(rows).to_have_count(1)
    assert "25" not in rows.first.inner_text()
    page = day.page
    page.get_by_role("link", name="Watch", exact=True).click()
    page.get_by_label("Address of an RSS").fill(f"{site.url}/feed")
    page.get_by_label("What you call it").fill("Hill")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.locator("#feeds")).to_contain_text("Hill")
    listed.page.locator(".by-speaker", has_text="governor").wait_for(timeout=SLOW)
    assert "denied" in rows.first.inner_text()
    feed_of(site, "/guards", "/governor")
    page.get_by_role("button", name="Look now").click()
    listed.page.locator("li.row", has_text="Gedaref").wait_for(timeout=SLOW)
    expect(rows).to_have_count(2)
    page.reload()
    assert page.locator(".health").inner_text() == "well"


def open_evidence(day: Any) -> str:
    """From the figure on the incident's page to the words of the report; the incident's path."""
    page = day.page
    page.get_by_role("link", name="Incidents", exact=True).click()
    page.get_by_role("link", name="Strike in Kassala").click()
    page.wait_for_url("**/incidents/incident-*")
    path = re.sub(r"^https?://[^/]+", "", page.url)
    page.locator("#figures a", has_text="Nearly 40").first.click()
    page.wait_for_url(re.compile(r"/reports/r\d+#c[\d.]+$"))
    lit = page.locator(".words-of .on", has_text="Nearly 40")
    lit.first.wait_for()
    assert lit.first.is_visible()
    return path


def correct(day: Any) -> None:
    """The claim whose words stand open says 40, and why."""
    page = day.page
    claim = page.url.partition("#")[2]
    card = page.locator(f'[id="{claim}"]')
    card.locator("summary", has_text="Decide").click()
    card.get_by_role("link", name="Correct …").click()
    figure = page.locator("fieldset", has_text="Nearly 40").last
    figure.get_by_label("At least", exact=True).fill("38")
    page.get_by_label("Why", exact=True).fill("the nurse's list has 38 names")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.wait_for_url(re.compile(r"/reports/"))
    expect(card).to_contain_text("the nurse's list has 38 names")


def join(day: Any, path: str) -> None:
    """The blast told of beside the strike is taken to be the same, and why."""
    page = day.page
    day.open("/incidents?q=gedaref")
    other = page.locator("li.row h2 a").first.get_attribute("href")
    day.open(path)
    page.locator("summary", has_text="Join another incident").click()
    form = page.locator("form", has=page.locator("[name=action][value=join]"))
    form.locator("[name=other]").fill(f"{day.address}{other}")
    form.locator("[name=reason]").fill("one raid on two towns, the fire brigade says")
    form.get_by_role("button").click()
    page.locator("#reports", has_text="Blast at Gedaref").wait_for()
    expect(page.locator("#decided")).to_contain_text("one raid on two towns")
    day.open("/incidents")
    expect(page.locator("li.row")).to_have_count(1)


def grade(day: Any) -> None:
    """The doctors' network stands at F until somebody grades it."""
    page = day.page
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_role("link", name=re.compile("Sudan Doctors Network")).first.click()
    assert "cannot be judged" in page.locator("#grade").inner_text()
    page.get_by_label("Grade it").select_option("B")
    page.get_by_label("Why", exact=True).fill("its counts held up in three audits")
    page.get_by_role("button", name="Grade", exact=True).click()
    page.locator("#grade h2", has_text="B usually reliable").wait_for()


def look_back(day: Any, path: str, then: str) -> None:
    """As known then: no join, no correction, nothing to decide; and back to now."""
    page = day.page
    day.open(path)
    page.locator(".menu summary", has_text="As known now").click()
    page.get_by_label("As known at (UTC)").fill(then)
    page.get_by_role("button", name="Go there").click()
    page.get_by_text("You look at the past").wait_for()
    page.locator("#reports", has_text="Governor: 25 killed").wait_for()
    assert "Blast at Gedaref" not in page.locator("#reports").inner_text()
    assert page.locator("#decided").inner_text().endswith("Nothing yet.")
    assert page.get_by_text("Take back").count() == 0
    page.get_by_role("link", name="Incidents", exact=True).click()
    expect(page.locator("li.row")).to_have_count(2)
    page.get_by_role("link", name="Back to now").click()
    expect(page.locator("li.row")).to_have_count(1)


def undo(day: Any, path: str) -> None:
    """The join is taken back with a reason; the log keeps both."""
    page = day.page
    day.open(path)
    joined = page.locator("#decided li", has_text="one raid on two towns")
    joined.locator("summary", has_text="Take back").click()
    joined.get_by_label("Why").fill("the fire brigade meant another day")
    joined.get_by_role("button", name="Take back").click()
    page.locator("#decided li", has_text="one raid on two towns").wait_for(state="detached")
    day.open("/incidents")
    expect(page.locator("li.row")).to_have_count(2)
    page.get_by_role("link", name="Log", exact=True).click()
    log = page.locator("table.log")
    for reason in (
        "the nurse's list has 38 names", "one raid on two towns", "its counts held up",
        "the fire brigade meant another day",
    ):  # fmt: skip
        expect(log).to_contain_text(reason)


def test_a_working_day(
    desk: str, site: Any, open_browser: Callable[..., Any], second_page: Callable[[Any], Any]
) -> None:
    """From an empty box to a decision taken back, without a word in the console or to elsewhere."""
    day = open_browser(desk)
    listed = second_page(day)
    paste(day)
    watch(day, listed, site)
    then = between_seconds()
    path = open_evidence(day)
    correct(day)
    join(day, path)
    grade(day)
    look_back(day, path, then)
    undo(day, path)
    assert day.wrong == []
    assert listed.wrong == []


def test_a_stranger_finds_who_said_nearly_3000(live: str, open_browser: Callable[..., Any]) -> None:
    """One click from the start page: the words, who, when, who disagrees, and where it is read."""
    watched = open_browser(live)
    page = watched.page
    watched.open("/")
    words = re.compile("nearly 3,000", re.IGNORECASE)
    row = page.locator("li.row", has_text=words).first
    expect(row).to_contain_text("Zelensky")  # who: before any click
    row.locator("h2 a").click()  # the first click
    measure = page.locator("#figures .measure", has_text=words)
    line = measure.locator("tr", has_text=words)
    expect(line).to_contain_text("Zelensky")
    expect(line).to_contain_text("23 Dec 2024")
    differs = measure.locator(".pairs li.differs", has_text=words).first
    expect(differs).to_contain_text("Disagreement")
    expect(differs).to_contain_text("South Korea's Joint Chiefs of Staff 1,100")
    line.locator("a", has_text=words).first.click()  # the second: the words in the report
    expect(page.locator(".words-of .on", has_text=words).first).to_be_visible()
    assert watched.wrong == []
