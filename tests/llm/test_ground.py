"""What a model says is kept as far as the text says it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sayso.llm.reader import ModelReader
from sayso.record import Claim, Reading, words_of
from tests.llm.conftest import (
    CAPTURE,
    GUARD,
    RIGHT,
    SERVICE,
    TEXT,
    WOUNDED,
    Model,
    claim,
    hop,
    make_report,
)

Read = Callable[..., Reading]


@pytest.fixture
def read(model: Model, make_reader: Callable[..., ModelReader]) -> Read:
    """A function from claims that a model gives to the reading."""

    def of(*claims: dict[str, Any], text: str = TEXT) -> Reading:
        model.answers = [{"claims": list(claims)}]
        return make_reader(retries=0, cache=None).read(make_report(text))

    return of


def chain_of(reading: Reading, claim: Claim) -> list[str]:
    """The words of who speaks, the outermost first."""
    by_id = {a.id: a for a in reading.attributions}
    found: list[str] = []
    at = claim.attribution
    while at is not None:
        found.insert(0, words_of(reading.report.text, by_id[at].source))
        at = by_id[at].within
    return found


def test_a_right_answer_is_a_reading(read: Read) -> None:
    """Chain, certainty, event, time, place and figures, as sayso's own rooms ground them."""
    reading = read(*RIGHT["claims"])
    text = reading.report.text
    capture, wounded = reading.claims
    assert chain_of(reading, capture) == [SERVICE, GUARD]
    assert (capture.certainty, words_of(text, capture.certainty_cue)) == ("confirmed", "confirmed")
    (event,) = reading.events
    assert (event.type, words_of(text, event.trigger)) == ("capture", "captured")
    assert event.time is not None
    assert (event.time.start, event.time.basis) == ("2025-03-03", "resolved")
    assert event.place is not None
    assert (event.place.name, event.place.country) == ("Bergen", "NOR")
    assert [p.role for p in event.participants] == ["captor", "captive"]
    by_id = {f.id: f for f in reading.figures}
    nearly = by_id[wounded.figures[0]]
    assert (nearly.low, nearly.best, nearly.high, nearly.bound) == (None, 40, 40, "below")
    assert event.figures == capture.figures
    assert reading.warnings == ()
    said = {words_of(text, a.source): a for a in reading.attributions}
    assert said["Ilse Marrow, a port doctor"].quotation == "direct"
    assert said[SERVICE].said is not None


@pytest.mark.parametrize(
    ("wrong", "dropped"),
    [
        (claim("armed men captured ninety guards"), "claim whose words"),
        ({**CAPTURE, "speakers": [hop("The King of Norway", "said")]}, "claim whose speaker"),
        # both are written, and nowhere in one sentence
        ({**CAPTURE, "speakers": [hop("Ilse Marrow", "had confirmed")]}, "claim whose speaker"),
        # she speaks in the paragraph beside it, of something else
        ({**CAPTURE, "speakers": [hop("Ilse Marrow", "said")]}, "claim whose speaker"),
        # in the report's own voice, whoever is near
        (claim("Seven ships stayed in port", speakers=[hop("Ilse Marrow", "said")]),
         "claim whose speaker"),
        # who is part of what is claimed does not say it
        ({**CAPTURE, "speakers": [hop("armed men", "said")]}, "claim whose speaker"),
    ],
)  # fmt: skip
def test_what_is_not_written_is_dropped_and_counted(
    read: Read, wrong: dict[str, Any], dropped: str
) -> None:
    """A speaker or words that nobody wrote leave no claim, not one in the report's own voice."""
    reading = read(wrong, WOUNDED)
    assert [words_of(reading.report.text, c.content) for c in reading.claims] == [
        "We counted nearly 40 wounded dockers"
    ]
    assert len(reading.warnings) == 1
    assert dropped in reading.warnings[0]
    assert "King" not in "".join(s.name for s in reading.sources)


@pytest.mark.parametrize(
    "figure",
    [
        {"words": "forty wounded dockers", "counts": "wounded"},
        {"words": "4,000 dockers", "counts": "killed"},
        {"words": "wounded dockers", "counts": "wounded"},
        {"words": "seven sailors", "counts": "killed"},  # in the text, and not in this claim
        {"words": "0", "counts": "wounded"},
    ],
)
def test_a_number_is_what_the_words_state(read: Read, figure: dict[str, str]) -> None:
    """A model is not asked how many; where it points at no number of the claim there is none."""
    reading = read({**WOUNDED, "figures": [figure]})
    assert reading.figures == ()
    assert "figure whose number" in reading.warnings[0]


def test_one_person_is_a_figure_of_one(read: Read) -> None:
    """As the guide counts them."""
    text = TEXT.replace("two guards", "a guard")
    said = {**CAPTURE, "words": ["armed men captured a guard at Bergen pier on Monday"],
            "figures": [{"words": "a guard", "counts": "captured"}]}  # fmt: skip
    (figure,) = read(said, text=text).figures
    assert (figure.low, figure.best, figure.high) == (1, 1, 1)


def test_time_and_place_are_sayso_s_or_none(read: Read) -> None:
    """A word that is no time, a place that the gazetteer does not find, one that is not there."""
    event = {**CAPTURE["events"][0], "time": "guards", "place": "Atlantis"}
    reading = read({**CAPTURE, "events": [event]})
    assert (reading.events[0].time, reading.events[0].place) == (None, None)
    assert "1 place that is not one in the text" in reading.warnings[0]
    assert "1 time that is not one in the text" in reading.warnings[0]


def test_a_certainty_must_show_its_words(read: Read) -> None:
    """Else the claim is stated; words elsewhere in the report do not count."""
    for words in ("", "certainly", "may"):
        (found,) = read({**CAPTURE, "certainty": "purported", "certainty_words": words}).claims
        assert (found.certainty, found.certainty_cue) == ("stated", ())


def test_words_that_stand_twice_are_told_by_their_sentence(read: Read) -> None:
    """By what the model copied around them; without it the first, then the next."""
    text = (
        "The harbour office said that two men were killed in Bergen.\n\n"
        "In Oslo the police said that two men were killed at the station.\n"
    )
    office, police = hop("The harbour office", "said"), hop("the police", "said")
    words = "two men were killed"
    told = claim(words, near="In Oslo the police said that two men were killed", speakers=[police])
    (found,) = read(told, text=text).claims
    assert found.content[0].start == text.rindex(words)
    both = read(claim(words, speakers=[office]), claim(words, speakers=[police]), text=text)
    assert [c.content[0].start for c in both.claims] == [text.index(words), text.rindex(words)]


def test_a_claim_given_twice_is_one(read: Read) -> None:
    """So is one whose white space differs."""
    again = {**WOUNDED, "words": ["We  counted nearly 40\nwounded dockers"]}
    assert len(read(WOUNDED, again).claims) == 1


def test_all_ids_lead_somewhere_and_all_spans_fit(read: Read) -> None:
    """What a reading promises to all that comes after it."""
    left = claim("The raiders may have left by boat", certainty="possible", certainty_words="may")
    reading = read(*RIGHT["claims"], left)
    attributions = {a.id for a in reading.attributions}
    figures, events = {f.id for f in reading.figures}, {e.id for e in reading.events}
    sources = {s.id for s in reading.sources}
    for each in reading.claims:
        assert each.attribution is None or each.attribution in attributions
        assert set(each.figures) <= figures
        assert set(each.events) <= events
        assert all(s.end <= len(reading.report.text) for s in each.content)
    assert {a.source_id for a in reading.attributions} <= sources | {None}
    assert reading.claims[-1].certainty == "possible"
