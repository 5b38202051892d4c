"""The component: reads each document that goes by, and keeps what it finds in it.

spaCy imports this module whenever it loads any pipeline, sayso's own reading among them: what
reads is imported when the first component is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from spacy.language import Language

from sayso.spacy.attributes import LABELS, WARNING, keep_reading, places

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sayso.api.reading import Reading
from sayso.api.refused import Refused

Kind = Literal["model", "rules"]  # as of sayso.api.reader; spaCy looks it up here


@Language.factory(
    "sayso",
    default_config={"reader": "model", "spans_key": "sayso", "reuse_parse": True},
    assigns=["doc._.attributions", "doc._.claims", "doc._.reading", "doc.spans"],
)
def make_component(
    nlp: Language,
    name: str,
    reader: Kind,
    spans_key: str,
    reuse_parse: bool,  # noqa: FBT001 - spaCy hands settings over by name
) -> SaysoComponent:
    """The component of a pipeline: `nlp.add_pipe("sayso", config={"reader": "rules"})`."""
    from sayso.reading.parsing.model import TAUGHT  # noqa: PLC0415 - see the module

    ours = (f"{nlp.meta['lang']}_{nlp.meta['name']}", nlp.meta["version"]) in TAUGHT
    return SaysoComponent(name, reader, spans_key, reuses=reuse_parse and ours)


class SaysoComponent:
    """Finds who claims what in a document; its other annotation is not changed.

    `reuses` where the document's own parse is read, if it can be: see `parsed.py`.

    A document whose text cannot be read as a report (empty, too long) has no claims, and
    `doc.user_data["sayso.warning"]` says why; one in another language has none either.
    """

    def __init__(self, name: str, reader: Kind, spans_key: str, *, reuses: bool = False) -> None:
        from sayso.api.reader import Reader  # noqa: PLC0415 - see the module

        self.name = name
        self.reuses = reuses
        self.spans_key = spans_key
        self.reader = Reader(reader)  # what it loads is of the process: a pickle holds two words

    def __call__(self, doc: Doc) -> Doc:
        """The document, read."""
        row = _row(doc)
        if self.reuses:
            from sayso.spacy.parsed import read_parsed  # noqa: PLC0415 - see the module

            found = read_parsed(doc, row, learned=self.reader.reader == "model")
            if found is not None:
                return self._annotate(doc, found)
        (outcome,) = self.reader.outcomes([row])
        return self._annotate(doc, outcome)

    def _annotate(self, doc: Doc, outcome: Reading | Refused) -> Doc:
        if isinstance(outcome, Refused):
            doc.user_data[WARNING] = str(outcome)
            doc.spans[self.spans_key] = []
            return doc
        keep_reading(doc, outcome)
        found = (
            span
            for each in outcome.attributions
            for spans, label in zip((each.source, each.cue, each.content), LABELS, strict=True)
            for span in places(doc, spans, label)
        )
        doc.spans[self.spans_key] = sorted(found, key=lambda s: (s.start, -s.end))
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: what it holds stands in the pipeline's configuration."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> SaysoComponent:
        """Itself."""
        return self

    def to_disk(self, *_: Any, **__: Any) -> None:
        """Nothing, as above."""

    def from_disk(self, *_: Any, **__: Any) -> SaysoComponent:
        """Itself."""
        return self


def _row(doc: Doc) -> dict[str, Any]:
    """The document as a row: its text, and what was said of it before."""
    return {"text": doc.text, "id": "document", "published": doc._.published,
            "publisher": doc._.publisher}  # fmt: skip
