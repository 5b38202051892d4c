"""A document's own parse used for reading, where it is of the model that sayso was taught on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sayso.api.reading import Reading
from sayso.errors import InputError
from sayso.intake.json_lines import capture_of_row
from sayso.page import find_reports
from sayso.pipeline.read import shared_reader
from sayso.reading.flow import make_flow
from sayso.reading.parsing.parse import LONGEST_SENTENCE, Parse
from sayso.reading.parsing.tokens import Tokens, Words
from sayso.reading.reader import ENGLISH, Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from spacy.tokens import Doc

NEEDED = ("TAG", "DEP", "LEMMA", "ENT_IOB", "SENT_START")


def read_parsed(doc: Doc, row: Mapping[str, Any], *, learned: bool) -> Reading | None:
    """The reading of a document by its own parse; None where its text must be parsed by sayso.

    So it must where parts of the parse are missing, where the words are read otherwise than they
    are written (several paragraphs, a dateline, marks that are made plain), where a sentence is
    longer than any is read, and where the text is no report.
    """
    if not all(doc.has_annotation(name) for name in NEEDED):
        return None
    if any(len(sentence) > LONGEST_SENTENCE for sentence in doc.sents):
        return None
    try:
        (report,) = find_reports(capture_of_row("document", dict(row)))
    except InputError:
        return None
    flow = make_flow(report)
    if flow.text != doc.text or len(flow.paragraphs) != 1 or report.language not in (None, ENGLISH):
        return None
    parse = Parse(flow, cast("Doc", Tokens(doc, Words(doc.vocab))))
    reader = shared_reader(learned=learned)
    found = reader.learned.find_all([parse])[0] if reader.learned else None
    return Reading.of(reader.finish(Parsed(report, parse, found)))
