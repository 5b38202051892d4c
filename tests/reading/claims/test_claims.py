"""Claims: what is one, under whose chain, how sure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.reading.reader import Reader
from sayso.record import Claim, Reading, Report, words_of

Rows = list[tuple[str, str]]


@pytest.fixture(scope="module")
def read(reader: Reader, report_of: Callable[[str], Report]) -> Callable[[str], Reading]:
    """A function from a text to its reading."""
    return lambda text: reader.read(report_of(text))


def chain_of(reading: Reading, claim: Claim) -> str:
    """The hops of a claim, outermost first, joined by ` > `; an unnamed hop is `?`."""
    by_id = {a.id: a for a in reading.attributions}
    hops = []
    at = claim.attribution
    while at is not None:
        hops.append(words_of(reading.report.text, by_id[at].source) or "?")
        at = by_id[at].within
    return " > ".join(reversed(hops))


SPLITS: dict[str, tuple[str, Rows]] = {
    "one claim a plain sentence with an event": (
        "Two men were killed in the valley.",
        [("", "Two men were killed in the valley")],
    ),
    "no event, no claim": ("The valley is green in spring.", []),
    "a second clause with its own subject and event": (
        "Police said that the gunman shot a guard, though he later died.",
        [
            ("Police", "the gunman shot a guard"),
            ("Police", "he later died"),
        ],
    ),
    "while another gives another number": (
        "A police spokesman said six people had died, while a nurse put the figure at ten.",
        [
            ("A police spokesman", "six people had died"),
            ("a nurse", "the figure at ten"),
        ],
    ),
    "while something else happens, in a speaker's words": (
        "A nurse said that soldiers shot two men, while a shell hit the clinic.",
        [("A nurse", "soldiers shot two men"), ("A nurse", "a shell hit the clinic")],
    ),
    "several speak behind those who died": (
        "A bomb hit a market on Friday, killing nine people, two officers and a nurse said.",
        [("two officers and a nurse", "A bomb hit a market on Friday, killing nine people")],
    ),
    "killed or wounded is one": (
        "The army said that forty recruits were killed or wounded.",
        [("The army", "forty recruits were killed or wounded")],
    ),
    "no claim for the middle hop": (
        "Reuters reported that the minister said six hostages were freed.",
        [("Reuters > the minister", "six hostages were freed")],
    ),
    "the cited source is the inner hop": (
        "The Daily Post, citing two diplomats, reported that six hostages were freed.",
        [("The Daily Post > two diplomats", "six hostages were freed")],
    ),
    "each sentence of a quotation that has an event": (
        '"A shell hit the school. Nobody had slept. Two pupils died," the teacher said.',
        [
            ("the teacher", "A shell hit the school"),
            ("the teacher", "Nobody had slept"),
            ("the teacher", "Two pupils died"),
        ],
    ),
    "news of an event does not state it": (
        "News of the raid came after the minister said that two men were killed.",
        [("the minister", "two men were killed")],
    ),
    "the report's own voice beside a speaker's": (
        "Troops seized the town on Monday. The mayor said two houses were destroyed.",
        [
            ("", "Troops seized the town on Monday"),
            ("The mayor", "two houses were destroyed"),
        ],
    ),
    "an attitude without an event is no claim": ("Holm rejected the report.", []),
}


@pytest.mark.parametrize("name", SPLITS)
def test_splits(name: str, read: Callable[[str], Reading]) -> None:
    """A text falls into the claims that a careful reader would mark."""
    text, expected = SPLITS[name]
    reading = read(text)
    assert [(chain_of(reading, c), words_of(text, c.content)) for c in reading.claims] == expected


CERTAINTIES = {
    "The mayor said two men were killed.": "stated",
    "The mayor confirmed that two men were killed.": "confirmed",
    "The mayor claimed that two men were killed.": "purported",
    "Two men were reportedly killed.": "purported",
    "Police refused to confirm that two men were killed.": "unknown",
    "The army was unable to confirm that two men were killed.": "unknown",
    "The police have yet to confirm that two men are dead.": "unknown",
    "The claim that two men were killed could not be independently verified.": "unknown",
    "The Free Hills Army has not claimed responsibility for the bombing.": "denied",
    "No group claimed responsibility for the bombing.": "denied",
    "The army, citing the clinic, denied that two men were killed.": "denied",
    "The army said two people died, not six.": "stated",
    "No fewer than 50 people were killed, the mayor said.": "stated",
    "The army said it had no information about the killing.": "unknown",
    "The army denied killing two men.": "denied",
    "The army's denial that it had bombed the clinic came late.": "denied",
    "The group claimed responsibility for the raid, which killed nine.": "confirmed",
    "The mayor denied that two men were killed.": "denied",
    "The mayor said that nobody was killed.": "denied",
    "The mayor said that two men may have been killed.": "possible",
    "The mayor said that two men were probably killed.": "probable",
    'A drone had "most likely" hit the car and killed two, an officer said.': "probable",
    "The mayor did not say whether anyone was killed.": "unknown",
    "The mayor said it was not known how many people were killed.": "unknown",
    "The Free Hills Army claimed responsibility for the bombing.": "confirmed",
    "The mayor said two men are believed to have been killed.": "probable",
    "Footage suggests that two men were killed.": "possible",
    "The mayor said no aid would be sent without a ceasefire.": "stated",
    "The mission said it could not confirm reports that 25 villagers were killed.": "unknown",
    "Neither the army nor the police would confirm that nine people had died.": "unknown",
    "Neither man would say whether anyone was hurt.": "unknown",
    "The mayor said that the report of a raid was not a lie.": "stated",
    "The mayor said reports of a massacre were false.": "denied",
}


@pytest.mark.parametrize("text", CERTAINTIES)
def test_certainty(text: str, read: Callable[[str], Reading]) -> None:
    """Certainty is what the words signal, relative to the innermost source."""
    claims = read(text).claims
    assert [c.certainty for c in claims] == [CERTAINTIES[text]]


def test_the_words_that_signal_certainty_are_pointed_at(read: Callable[[str], Reading]) -> None:
    """Each certainty but the plain one names its cue."""
    text = "Two men were reportedly killed."
    (claim,) = read(text).claims
    assert words_of(text, claim.certainty_cue) == "reportedly"
    assert claim.polarity == "positive"


def test_an_outer_hop_with_distance_makes_it_purported(read: Callable[[str], Reading]) -> None:
    """`Z claims that A said X`: X is kept at a distance whoever A is."""
    (claim,) = read("The rebels claim that a doctor said two men were killed.").claims
    assert claim.certainty == "purported"


# text -> what its speaker denies
REFUTED = {
    "The army called the claim that its troops had shot 17 nurses propaganda.":
        "its troops had shot 17 nurses",
    "The minister dismissed the report that 30 people had been shot as a fabrication.":
        "30 people had been shot",
    "The palace described reports that five prisoners were shot as fake news.":
        "five prisoners were shot",
    "The general said the claim that his men had shelled the school was an outright lie.":
        "his men had shelled the school",
    "Reports that the army had bombed the camp were nonsense, the minister said.":
        "the army had bombed the camp",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUTED)
def test_what_is_called_false_is_denied(text: str, read: Callable[[str], Reading]) -> None:
    """Who calls a claim a lie denies what it claims, and that alone is the content."""
    (claim,) = read(text).claims
    assert (words_of(text, claim.content), claim.certainty) == (REFUTED[text], "denied")
    assert claim.polarity == "negative"


@pytest.mark.parametrize(
    "text",
    [
        "Correction: An earlier version of this report said that at least 90 people had died.",
        "This article has been amended: an earlier version said 50 soldiers had died.",
        "The original version of this story gave the number of dead as 19.",
    ],
)
def test_a_report_that_corrects_itself_denies(text: str, read: Callable[[str], Reading]) -> None:
    """What an earlier version said is denied by the report, and no source's claim."""
    (claim,) = read(text).claims
    assert (claim.certainty, claim.polarity, claim.attribution) == ("denied", "negative", None)


def test_a_version_of_something_else_speaks(read: Callable[[str], Reading]) -> None:
    """*An earlier version of the bill said* corrects nothing."""
    (claim,) = read("An earlier version of the bill said that 40 men would be sent.").claims
    assert claim.certainty == "stated"
    assert claim.attribution is not None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A doctor at Holm hospital, who asked not to be named for fear of reprisals, said 12"
         " people were killed.", "A doctor at Holm hospital"),
        ("A nurse, who requested anonymity, said 12 people were killed.", "A nurse"),
        ("The Valley Lawyers, a group that documents abuses, said 12 people were killed.",
         "The Valley Lawyers"),
        ("The Valley Watch, which documents abuses, said 12 people were killed.",
         "The Valley Watch"),
    ],
)  # fmt: skip
def test_what_tells_of_the_speaker_is_no_claim(
    text: str, speaker: str, read: Callable[[str], Reading]
) -> None:
    """Not to be named, and what a group is for, are nobody's claims."""
    reading = read(text)
    (claim,) = reading.claims
    (attribution,) = [a for a in reading.attributions if a.id == claim.attribution]
    (source,) = [s for s in reading.sources if s.id == attribution.source_id]
    assert source.name == speaker
    assert words_of(reading.report.text, claim.content) == "12 people were killed"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The army denied that they had fired on the clinic.", "army"),
        ("The army admitted it had bombed the clinic.", "army"),
        ('"We did not bomb the clinic," the army said.', "army"),
        ("The ministry said it killed 12 people.", None),  # the strike
        ("The police denied they had been shot by soldiers.", "soldiers"),  # who is shot is another
        ("Army spokesman Nils Holm denied that they had bombed the clinic.", None),  # not he
    ],
)
def test_the_deeds_that_speakers_own(
    text: str, actor: str | None, read: Callable[[str], Reading]
) -> None:
    """Who denies or admits what *they* did is the one who did it, or did not."""
    doers = [
        p.actor.name if p.actor else None
        for event in read(text).events
        for p in event.participants
        if p.role in ("attacker", "killer")
    ]
    assert doers == [actor]
