"""Transcripts: a paragraph that a name in capitals opens (`HOLM: We were not told.`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.reading.attribution.hops import Hop, Scene
from sayso.record import Span

_SPEAKER = re.compile(r"([A-Z][A-Z.'\- ]{1,38}[A-Z]):\s+(?=\S)")
_NO_SPEAKER = {"UPDATE", "NOTE", "CORRECTION", "WATCH", "READ", "FILE", "PHOTO", "BREAKING", "ALSO"}


def find_transcript_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each turn of a transcript; its cue is the colon."""
    parse = scene.parse
    for paragraph in parse.flow.paragraphs:
        match = _SPEAKER.match(parse.text, paragraph.start, paragraph.end)
        if match is None or match[1].split()[0] in _NO_SPEAKER or paragraph.kind != "body":
            continue
        source = parse.tokens_of(Span(match.start(1), match.end(1)))
        colon = parse.token_at(match.end(1))
        if source and colon.text == ":":
            content = Span(match.end(), paragraph.end)
            yield Hop("transcript", colon, [colon], source[-1], source, [content], score=0.8)
