"""What a notebook shows: whole SVG, escaped words, nothing from another host."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree, html

import sayso
from sayso.api.pictures.figures import chart_of
from sayso.record import When
from sayso.record.incident import Compared, FigureStated, Quote

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>&\u202e\x07 “x”"


def _texts(svg: str) -> list[str]:
    return ["".join(t.itertext()) for t in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def _figure(n: int, speaker: str, day: str | None, **numbers: float | None) -> FigureStated:
    said = When(day, day, "day", "stated") if day else None
    ends = {"low": None, "best": None, "high": None, "reaches_from": None, "reaches_to": None}
    return FigureStated(
        id=f"c{n}.0.0", claim=f"c{n}.0", speaker=speaker, counts="killed",
        words=Quote(f"r{n}", (sayso.Span(0, 2),), "some"), of="people", scope="incident",
        bound="exact", said=said, **{**ends, **numbers},
    )  # fmt: skip


def test_the_chart_shows_who_said_how_many(strike: sayso.Ledger) -> None:
    """Each statement has its number, speaker and words; who differs is said."""
    chart = strike.figures(measure="killed").chart()
    words = " ".join(_texts(chart.svg))
    assert "at least 45" in words
    assert "127" in words
    assert "differs, growth not excluded" in words
    assert re.findall(r"(?:href|src)=|url\(|https?://(?!www\.w3\.org/2000/svg)", chart.svg) == []


def test_open_ends_days_and_numbers_far_apart_are_drawn() -> None:
    """No date, no upper end, a thousandfold, all on one day: all lie inside the picture."""
    figures = [
        _figure(1, "A", "2024-12-26", low=45, reaches_from=45),
        _figure(2, "B", "2024-12-26", low=99, best=99, high=99, reaches_from=99, reaches_to=99),
        _figure(3, "C", None, low=9e4, best=9e4, high=9e4, reaches_from=9e4, reaches_to=9e4),
        _figure(4, HOSTILE, "2024-12-26", best=3, high=3, reaches_from=2.7, reaches_to=3),
    ]  # fmt: skip
    compared = [Compared("c2.0.0", "c4.0.0", "disagreement", HOSTILE)]
    chart = chart_of([("", figures, compared)], width=500)
    root = etree.fromstring(chart.svg.encode())
    circles = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(f"{SVG}circle")]
    assert len(circles) == 3
    assert all(0 < x < chart.width and 0 < y < chart.height for x, y in circles)
    assert len({round(x) for x, _ in circles}) == 3
    assert root.findall(f".//{SVG}script") == []
    assert "\u202e" not in chart.svg
    assert any("date not known" in words for words in _texts(chart.svg))


def test_nothing_to_draw_is_said(strike: sayso.Ledger) -> None:
    """In words, not as an empty picture."""
    with pytest.raises(sayso.UsageError, match="no figures to draw"):
        strike.figures(measure="abducted").chart()


def test_the_chain_picture_leads_from_reports_to_origins(strike: sayso.Ledger) -> None:
    """Every report and origin of the graph is in it; boxes of a column do not overlap."""
    row = max(strike.incidents(), key=lambda r: len(r.reports))
    incident = strike.incident(row.incident)
    picture = incident.chains()
    words = " ".join(_texts(picture.svg))
    for handle in row.handles:
        assert handle in words
    assert "Darfur Lawyers" in words
    boxes = [
        tuple(float(r.get(k)) for k in ("x", "y", "width", "height"))
        for r in etree.fromstring(picture.svg.encode()).iter(f"{SVG}rect") if r.get("x")
    ]  # fmt: skip
    for x, y, wide, high in boxes:
        assert x >= 0
        assert x + wide <= picture.width
        assert y + high <= picture.height
        assert not any(x == a and y < b < y + high for a, b, _, _ in boxes)


def test_a_ring_of_reports_is_drawn(strike: sayso.Ledger) -> None:
    """Chains that lead back to where they began end the layout all the same."""
    row = max(strike.incidents(), key=lambda r: len(r.reports))
    incident = strike.incident(row.incident)
    first = incident.claims[0]
    ring = (*first.chain, "B", "C", "B", "C")
    claims = tuple(dataclasses.replace(c, chain=ring) for c in incident.claims)
    assert dataclasses.replace(incident, claims=claims).chains().svg.endswith("</svg>")


class _Balance(HTMLParser):
    """Raises where a tag is closed that is not the one open last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_reading_is_shown_with_its_words_marked(reading: sayso.Reading) -> None:
    """The text whole and once, sources and contents marked, the claims below."""
    shown = reading._repr_html_()
    (balance := _Balance()).feed(shown)
    assert balance.open == []
    page = html.fromstring(shown)
    (text,) = page.find_class("sayso-text")
    assert re.sub(r"^\d|(?<=\. )\d", "", text.text_content()).replace("2anyone", "anyone") == (
        reading.report.text)  # fmt: skip
    assert [s.text for s in page.find_class("source")][1:] == ["the harbour master", "He"]
    assert len(page.findall(".//ol/li")) == len(reading.claims)


def test_words_from_outside_stay_words() -> None:
    """Markup in a text, a name or an answer is shown, not obeyed."""
    text = "<img src=x onerror=alert(1)> sank, killing 3, the <b>mayor</b> said. \x00\u202e"
    reading = sayso.read(text, publisher=HOSTILE, name=HOSTILE, title=HOSTILE)
    readings = sayso.Reader().read_many([{"text": text, "id": HOSTILE, "publisher": HOSTILE}])
    for shown in (reading._repr_html_(), readings._repr_html_()):
        page = html.fromstring(shown)
        assert page.findall(".//img") == page.findall(".//script") == []
        assert "\u202e" not in shown
        assert "\x07" not in shown


def test_answers_are_shown_as_tables(strike: sayso.Ledger) -> None:
    """Each with a heading that counts its rows; long ones say how much is left out."""
    for answer in (strike.claims(), strike.figures(), strike.sources(), strike.incidents()):
        page = html.fromstring(answer._repr_html_())
        assert len(page.findall(".//tbody/tr")) == min(len(answer), 60)
    row = max(strike.incidents(), key=lambda r: len(r.reports))
    shown = strike.incident(row.incident)._repr_html_()
    assert shown.count("<svg") == 2
    assert "can be told apart" in shown


def test_a_picture_is_saved(strike: sayso.Ledger, tmp_path: Path) -> None:
    """As it is shown."""
    chart = strike.figures().chart()
    path = chart.save(tmp_path / "chart.svg")
    assert path.read_text("utf-8") == chart.svg == chart._repr_svg_()
    assert chart.svg in chart._repr_html_()
    assert repr(chart).startswith("Picture('Who stated how many")
