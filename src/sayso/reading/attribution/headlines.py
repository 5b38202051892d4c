"""Who speaks in a headline, which drops articles and copulas: *Police: 12 dead in Bergen fire*.

The parser was made on sentences: of *Wounded North Korean held by Kyiv, spy agency says* it makes
one noun, and of *killed in air strike, medics say* a clause that ends before the strike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.hops import Hop, Scene
from sayso.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.flow import Paragraph

_LONGEST = 160  # characters of a headline
_MOST = 6  # words of who speaks
_SAYING = frozenset({"claim", "report", "say"})
_ENDS = re.compile(r"[.!?;][\"')]*$")
_OPENS = re.compile(r"([^:,;.!?\"()]{2,60}): +(?=\S)")  # "Police: 12 dead in Bergen fire"
# ends like these: "Six dead in Oda flood - officials", "Drone hits bus, killing three: governor"
_CLOSES = re.compile(r"(?:: | [-\u2013\u2014] )([^:,;.!?\"()\u2013\u2014]{2,60})$")


def find_headline_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for a headline that says who speaks: at its end with a verb, or beside a colon."""
    for paragraph in _headlines(scene):
        hop = _trailing(scene, paragraph) or _opening(scene, paragraph)
        hop = hop or _closing(scene, paragraph) or _denying(scene, paragraph)
        if hop is not None:
            yield hop


def _headlines(scene: Scene) -> Iterator[Paragraph]:
    """The headlines, and a first line that ends like one where a page has none."""
    for n, paragraph in enumerate(scene.parse.flow.paragraphs):
        if paragraph.kind != "headline" and (n or paragraph.kind != "body"):
            continue
        words = scene.parse.text[paragraph.start : paragraph.end].rstrip()
        if 0 < len(words) <= _LONGEST and not _ENDS.search(words):
            yield paragraph


def _trailing(scene: Scene, paragraph: Paragraph) -> Hop | None:
    """*Wounded North Korean held by Kyiv, spy agency says*: all before the last comma."""
    tokens = _words(scene, paragraph.start, paragraph.end)
    commas = [n for n, t in enumerate(tokens) if t.text == ","]
    if not commas or tokens[-1].lemma_.lower() not in _SAYING:
        return None
    verb, source = tokens[-1], tokens[commas[-1] + 1 : -1]
    if not _can_speak(scene, source) or scene.quote_at(verb):
        return None
    content = scene.stretch(tokens[0].i, tokens[commas[-1]].i)
    if content is None or any(q.outer.start < verb.idx for q in scene.quotes):
        return None  # before which a quotation stands: another rule's
    return Hop("headline", verb, [verb], source[-1], source, [content], score=0.85)


def _opening(scene: Scene, paragraph: Paragraph) -> Hop | None:
    """*Police: 12 dead in Bergen fire*; not *Explainer: how the ferry sank*."""
    match = _OPENS.match(scene.parse.text, paragraph.start, paragraph.end)
    if match is None:
        return None
    source = _words(scene, match.start(1), match.end(1))
    return _beside(scene, source, match.end(1), Span(match.end(), paragraph.end))


def _closing(scene: Scene, paragraph: Paragraph) -> Hop | None:
    """*Six dead in Oda flood - officials*."""
    text = scene.parse.text[: paragraph.end].rstrip()
    match = _CLOSES.search(text, paragraph.start)
    if match is None:
        return None
    source = _words(scene, match.start(1), match.end(1))
    mark = text.index(match[0].strip()[0], match.start())
    return _beside(scene, source, mark, Span(paragraph.start, match.start()))


def _denying(scene: Scene, paragraph: Paragraph) -> Hop | None:
    """*Army denies striking market*; a court that *denies bail* grants none."""
    tokens = _words(scene, paragraph.start, paragraph.end)
    at = next((n for n, t in enumerate(tokens) if t.lower_ in ("denies", "deny")), None)
    if at is None or at + 1 >= len(tokens) or not tokens[at + 1].lower_.endswith("ing"):
        return None
    source, content = tokens[:at], scene.stretch(tokens[at + 1].i, tokens[-1].i + 1)
    if not _can_speak(scene, source) or content is None:
        return None
    return Hop("headline", tokens[at], [tokens[at]], source[-1], source, [content], score=0.8)


def _beside(scene: Scene, source: list[Token], mark: int, content: Span) -> Hop | None:
    """A hop whose cue is a colon or a dash."""
    cue = scene.parse.token_at(mark)
    tokens = _words(scene, content.start, content.end)
    if not tokens or not _is_head(scene, source) or cue in source or scene.quote_at(cue):
        return None
    if any(q.outer.start < content.end for q in scene.quotes):
        return None
    piece = scene.stretch(tokens[0].i, tokens[-1].i + 1)
    return Hop("headline", cue, [cue], source[-1], source, [piece], score=0.8) if piece else None


def _words(scene: Scene, start: int, end: int) -> list[Token]:
    tokens = scene.parse.tokens_of(Span(start, end)) if start < end else []
    return [t for t in tokens if not t.is_space]


def _can_speak(scene: Scene, source: list[Token]) -> bool:
    """True for *spy agency*, *Kyiv*, *state media*; not for what holds a verb or is long."""
    return (
        0 < len(source) <= _MOST
        and scene.is_speaker(source[-1])
        and not any(t.lower_ in ("who", "which", "that", "as") for t in source)
    )


def _is_head(scene: Scene, source: list[Token]) -> bool:
    """True for who is called by what they are: *Police*, *Oda mayor*; a place is a topic."""
    if not _can_speak(scene, source):
        return False
    last = source[-1]
    return last.lower_ in scene.cues.speakers or last.lemma_.lower() in scene.cues.speakers
