"""One page that needs nothing else: whole, escaped, linked both ways."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from sayso.cli.output.page import Page
from sayso.record import Block, Claim, Reading, Source, Span

VOID = {"meta", "br", "link", "img", "input", "hr", "wbr"}
PAYLOADS = (
    "<script>alert(1)</script>",
    "</p></div><img src=x onerror=alert(1)>",
    "</style><style>*{display:none}",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "<!-- --!> <![CDATA[ ]]>",
    "javascript:alert(1) &lt;b&gt; &amp;amp; &#60;",
    "\u202egnp.exe\u202c \u2066x\u2069 \x1b[2J\x9b31m \x00 \ufeff \ud800",
    "</article></main></body></html>",
)


class _Outline(HTMLParser):
    """What a page holds, and whether each tag that opens is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, f"</{tag}> closes something else"


def page_of(*readings: Reading) -> str:
    """The page of some readings."""
    page = Page()
    for reading in readings:
        assert page.put(reading) == ""  # nothing is printed before the page is whole
    return page.end()


def outline_of(text: str) -> _Outline:
    """The tags of a page; fails where one is not closed in its turn."""
    outline = _Outline()
    outline.feed(text)
    outline.close()
    assert outline.stack == []
    return outline


def _text_of(node: html.HtmlElement) -> str:
    odd = node.get("data-odd")
    own = chr(int(odd, 16)) if odd else node.text or ""
    return own + "".join(_text_of(child) + (child.tail or "") for child in node)


def text_on(page: str) -> str:
    """The text of the page's one report, as its structure holds it."""
    (article,) = html.fromstring(page.encode()).iterfind(".//article")
    return "".join(_text_of(p) for p in article.iterfind(".//p[@class='words']"))


def test_a_page_is_well_formed(reading: Reading) -> None:
    """Each tag closed in its turn, one title, no id twice."""
    outline = outline_of(page_of(reading, reading))
    ids = [value for name, value in outline.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert outline.tags.count("article") == 2
    assert outline.tags.count("title") == 1


def test_the_text_is_on_the_page_as_given(reading: Reading) -> None:
    """No character lost, moved or added: escapes, furniture, carriage returns, all."""
    assert text_on(page_of(reading)) == reading.report.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_on_the_page_as_given(reading_of: Callable[[str], Reading], text: str) -> None:
    """Also one of nothing but odd characters."""
    assert text_on(page_of(reading_of(text))) == text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_report_acts(reading: Reading, payload: str) -> None:
    """Markup in any field of a report is shown as text; the page's own tags stay what they are."""
    report = dataclasses.replace(
        reading.report, text=f"{payload} was seen. {payload}", title=payload, name=payload,
        publisher=payload, credit=payload, byline=payload, url=payload,
        blocks=(Block("body", 0, 5),),
    )  # fmt: skip
    whole = Span(0, len(report.text))
    claim = Claim("c", (whole,), "a2", "purported", "positive", (Span(0, len(payload)),))
    attribution = dataclasses.replace(
        reading.attributions[0], content=(whole,), source=(), cue=(Span(2, 4),)
    )
    source = Source("s1", payload, "person", named=True, actor=None, mentions=())
    hostile = Reading(report, (source,), (attribution,), (claim,), warnings=(payload,))
    page = page_of(hostile)
    outline = outline_of(page)
    assert outline.tags.count("script") == 1
    assert outline.tags.count("style") == 1
    assert "img" not in outline.tags
    assert not [name for name, _ in outline.attributes if name.startswith("on")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\x9b]", page)
    assert text_on(page) == report.text


def test_each_claim_is_linked_both_ways(reading: Reading) -> None:
    """From the number at its words to its card, from the card to its words, by anchors alone."""
    tree = html.fromstring(page_of(reading))
    for number in range(1, len(reading.claims) + 1):
        card = tree.get_element_by_id(f"r1c{number}")
        words = tree.get_element_by_id(f"r1w{number}")
        assert words.get("href") == f"#r1c{number}"
        assert [a.get("href") for a in card.iterfind(".//a")] == [f"#r1w{number}"]


def test_every_link_leads_somewhere_on_the_page(reading: Reading) -> None:
    """Also with several reports, whose claims have the same numbers."""
    tree = html.fromstring(page_of(reading, reading))
    ids = set(tree.xpath("//@id"))
    links = [link.removeprefix("#") for link in tree.xpath("//@href")]
    assert len(links) > 20
    assert set(links) <= ids


def test_the_words_of_a_claim_carry_its_id(reading: Reading) -> None:
    """What the script lights up for a claim is its content, its source and its cue."""
    tree = html.fromstring(page_of(reading))
    lit = "".join(
        el.text_content() for el in tree.xpath("//p[@class='words']//span[@data-c]")
        if "r1c2" in el.get("data-c").split()
    )  # fmt: skip
    assert lit == "Port officialssaid onarmed men took two guards at Odda pier"


def test_a_nested_mark_links_to_the_innermost_claim(reading: Reading) -> None:
    """Within the patrol's quotation, a click on the service's words means the service's claim."""
    outer = dataclasses.replace(
        reading.claims[2], id="c9", attribution="a3out", content=reading.attributions[1].content
    )
    tree = html.fromstring(page_of(dataclasses.replace(reading, claims=(outer, reading.claims[2]))))
    inside = next(el for el in tree.xpath("//span[@data-c]") if "dockers" in el.text_content())
    assert inside.get("data-c") == "r1c2 r1c1"


def test_certainty_stands_with_its_owner(reading: Reading) -> None:
    """On each card, whose word comes before how sure."""
    cards = html.fromstring(page_of(reading)).xpath("//p[@class='sure-line']")
    shown = [" ".join(card.text_content().split()) for card in cards]
    assert shown[2].startswith("the HPS says: confirmed was confirmed · direct quotation")
    assert shown[3].startswith("The raiders say: not so")


def test_furniture_is_dimmed_and_named(reading: Reading) -> None:
    """A related link is seen for what it is."""
    tree = html.fromstring(page_of(reading))
    (row,) = tree.xpath("//div[contains(@class, 'related')]")
    assert "dim" in row.get("class").split()
    assert row.xpath(".//@data-kind") == ["related link"]


def test_long_furniture_is_folded(reading: Reading) -> None:
    """A page's menus don't push the report out of sight, and are not lost."""
    menu = "Home News Sport Weather\n" * 60
    report = dataclasses.replace(
        reading.report, text=menu + "A pier burnt.", blocks=(Block("navigation", 0, len(menu)),)
    )
    page = page_of(Reading(report))
    assert html.fromstring(page).xpath("//details[@class='fold']/summary/text()") == ["navigation"]
    assert text_on(page) == report.text


def test_the_page_fetches_nothing(reading: Reading) -> None:
    """No address in any attribute but anchors, no @import, no url(): and the policy forbids it."""
    page = page_of(reading)
    for name, value in outline_of(page).attributes:
        if name in ("href", "src", "srcset", "action", "data", "poster"):
            assert value.startswith("#")
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_the_policy_lets_in_this_style_and_script_and_no_other(reading: Reading) -> None:
    """The hashes in the policy are those of what stands between the tags."""
    page = page_of(reading)
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert " style=" not in page


def test_no_tick_and_no_green() -> None:
    """Being said by many, or confirmed, is not being true: no sign or colour says so."""
    page = page_of()
    assert not set("✓✔☑✅") & set(page)
    assert "green" not in page.lower()
    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", page):
        r, g, b = int(red, 16), int(green, 16), int(blue, 16)
        assert not (g > r + 24 and g > b + 24), f"#{red}{green}{blue} is green"


def test_a_report_without_claims_has_a_page(reading_of: Callable[[str], Reading]) -> None:
    """It is shown as given, and says that nothing was read in it."""
    page = page_of(reading_of("Snow fell."))
    assert "No claims were read" in page
    assert "any.txt" in page


def test_a_claim_without_words_still_has_a_card(reading: Reading) -> None:
    """Nothing that was read is left out."""
    bare = dataclasses.replace(reading.claims[1], content=())
    page = page_of(dataclasses.replace(reading, claims=(bare,), attributions=()))
    assert 'id="r1c1"' in page
