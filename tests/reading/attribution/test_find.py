"""Acts of saying: each phenomenon of the trade once, with a sentence of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.reading.attribution.find import find_hops
from sayso.reading.attribution.hops import Hop
from sayso.reading.parsing.parse import Parse

Row = tuple[str, str, str]


def rows(parse: Parse) -> list[Row]:
    """(source, cue, content) of each hop, nested ones marked by `>` before the source."""
    hops, _ = find_hops(parse)
    return [_row(parse, hop) for hop in hops]


def _row(parse: Parse, hop: Hop) -> Row:
    source = parse.words(parse.span_of(hop.source)) if hop.source else ""
    cue = parse.words(parse.span_of(hop.cue))
    mark = ">" if hop.outer else ""
    return (mark + source, cue, " | ".join(parse.words(s) for s in hop.content))


CASES: dict[str, tuple[str, list[Row]]] = {
    "by somebody's account": (
        "By the rebels' own account, forty of their fighters died.",
        [("the rebels", "account", "forty of their fighters died")],
    ),
    "in somebody's words": (
        "In the words of one survivor, the soldiers fired at everyone.",
        [("one survivor", "words", "the soldiers fired at everyone")],
    ),
    "the day of saying is no content": (
        "The army said on Monday it had killed nine rebels.",
        [("The army", "said", "it had killed nine rebels")],
    ),
    "who is quoted stands behind the mark": (
        '"We heard three blasts," a baker, Ivo Lunt, who lives near the depot, said.',
        [("a baker, Ivo Lunt", "said", '"We heard three blasts,"')],
    ),
    "the day of an act of saying is not its speaker": (
        "Nine miners were reported dead by the provincial governor on Sunday.",
        [("the provincial governor", "were reported", "Nine miners | dead")],
    ),
    "a joint source with its preposition twice": (
        "The flood killed nine, according to Holm and according to the clinic.",
        [("Holm and according to the clinic", "according to", "The flood killed nine")],
    ),
    "a joint source with half of it twice": (
        "According to the clinic and to the army, nine men died.",
        [("the clinic and to the army", "According to", "nine men died")],
    ),
    "a clause of a source before what it says": (
        "According to Ada Holm, who leads the clinic, nine men died.",
        [("Ada Holm", "According to", "nine men died")],
    ),
    "a that-clause": (
        "Norwegian officials said on Monday that two divers had been found alive.",
        [("Norwegian officials", "said", "that two divers had been found alive")],
    ),
    "no that": (
        "The governor said the bridge was closed.",
        [("The governor", "said", "the bridge was closed")],
    ),
    "a concessive clause is still the speaker's": (
        "Police said that the gunman was shot, though he later recovered in hospital.",
        [("Police", "said", "that the gunman was shot, though he later recovered in hospital")],
    ),
    "after a quotation": (
        '"The dam held through the night," Mayor Ada Holm said.',
        [("Mayor Ada Holm", "said", '"The dam held through the night,"')],
    ),
    "after a quotation, inverted": (
        '"The dam held through the night," said Mayor Ada Holm.',
        [("Mayor Ada Holm", "said", '"The dam held through the night,"')],
    ),
    "after an unquoted clause": (
        "The rebels released the pilot, a Sudanese aid worker told Reuters.",
        [("a Sudanese aid worker", "told", "The rebels released the pilot")],
    ),
    "a role and a name before the cue": (
        "Eleven people died when a rocket hit a school in Izium, the town's mayor, Ada Holm, said.",
        [
            (
                "the town's mayor, Ada Holm",
                "said",
                "Eleven people died when a rocket hit a school in Izium",
            )
        ],
    ),
    "a role and a name before an addressee": (
        "Two ferries ran aground off Lesbos, the island's harbour master, Nikos Pappas, told AFP.",
        [
            (
                "the island's harbour master, Nikos Pappas",
                "told",
                "Two ferries ran aground off Lesbos",
            )
        ],
    ),
    "a list of names is no role and name": (
        "Shops were burnt in Oxhill, Stow, Wold, said the mayor.",
        [("the mayor", "said", "Shops were burnt in Oxhill, Stow, Wold")],
    ),
    "what was said stands before, not in the clause on the speaker": (
        "Guests ran, said Ada Holm, a cousin of the bride, who hid under a table.",
        [("Ada Holm, a cousin of the bride", "said", "Guests ran")],
    ),
    "a clause of two verbs on the speaker": (
        "The driver was drunk, said Ada Holm, a nurse who had come with the ambulance.",
        [("Ada Holm, a nurse", "said", "The driver was drunk")],
    ),
    "the means is no agent": (
        "Soldiers opened fire on people who were queuing in Oxhill, a witness said by telephone.",
        [("a witness", "said", "Soldiers opened fire on people who were queuing in Oxhill")],
    ),
    "a body whose name ends in a noun of its own": (
        "Six people were hurt in a storm south of Oslo, the Nordic Society for River Safety said.",
        [
            (
                "the Nordic Society for River Safety",
                "said",
                "Six people were hurt in a storm south of Oslo",
            )
        ],
    ),
    "the name after a clause": (
        "A surgeon who treated the guests, Samina Rauf, said that a gunman opened fire.",
        [("Samina Rauf", "said", "that a gunman opened fire")],
    ),
    "a participle goes on for the speaker, not for the actor": (
        "The rebels released the pilot, an aid worker told Reuters, adding that he was unhurt.",
        [
            ("an aid worker", "told", "The rebels released the pilot"),
            ("an aid worker", "adding", "that he was unhurt"),
        ],
    ),
    "according to, after": (
        "Some 400 families have fled the valley, according to the Red Crescent.",
        [("the Red Crescent", "according to", "Some 400 families have fled the valley")],
    ),
    "according to, before": (
        "According to the Red Crescent, some 400 families have fled the valley.",
        [("the Red Crescent", "According to", "some 400 families have fled the valley")],
    ),
    "joint sources are one hop": (
        "At least 30 villages were cut off, according to Kenyan and Ugandan officials.",
        [("Kenyan and Ugandan officials", "according to", "At least 30 villages were cut off")],
    ),
    "impersonal passive without a source": (
        "It was reported that the convoy had turned back.",
        [("", "was reported", "that the convoy had turned back")],
    ),
    "impersonal passive with an oblique source": (
        "It has been confirmed through a partner service that the envoy fled the city.",
        [("a partner service", "has been confirmed", "that the envoy fled the city")],
    ),
    "raised passive": (
        "The commander was reported to have fled across the border.",
        [("", "was reported", "The commander | to have fled across the border")],
    ),
    "nested inside quotation marks": (
        '"It has been confirmed through a partner service that the envoy fled the city," '
        "the Foreign Ministry said.",
        [
            (
                "the Foreign Ministry",
                "said",
                '"It has been confirmed through a partner service that the envoy fled the city,"',
            ),
            (">a partner service", "has been confirmed", "that the envoy fled the city"),
        ],
    ),
    "nested outside quotation marks": (
        "The ministry said that an aid group had told it that the camp was empty.",
        [
            ("The ministry", "said", "that an aid group had told it that the camp was empty"),
            (">an aid group", "had told", "that the camp was empty"),
        ],
    ),
    "an agency that carries a speaker": (
        "Reuters reported that the minister said the talks had failed.",
        [
            ("Reuters", "reported", "that the minister said the talks had failed"),
            (">the minister", "said", "the talks had failed"),
        ],
    ),
    "citing": (
        "The Daily Post, citing two diplomats, reported that the talks had failed.",
        [
            ("The Daily Post", "reported", "that the talks had failed"),
            (">two diplomats", "citing", "that the talks had failed"),
        ],
    ),
    "a quantity": (
        "The United Nations put the number of displaced people at 12,000.",
        [("The United Nations", "put", "the number of displaced people at 12,000")],
    ),
    "a quotation over sentences, cut by its speaker": (
        '"We heard two blasts," said Amina Yusuf, a teacher. "Then the roof fell in."',
        [("Amina Yusuf, a teacher", "said", '"We heard two blasts," | "Then the roof fell in."')],
    ),
    "a quotation that opens with its cue": (
        'The general wrote: "Our units hold the ridge."',
        [("The general", "wrote", '"Our units hold the ridge."')],
    ),
    "a quotation with no cue of its own": (
        'Holm rejected the report. "Not one word of it is true."',
        [
            ("Holm", "rejected", "the report"),
            ("Holm", "rejected", '"Not one word of it is true."'),
        ],
    ),
    "part quotation inside indirect speech": (
        'The envoy said the offer was "dead on arrival" and would not be renewed.',
        [("The envoy", "said", 'the offer was "dead on arrival" and would not be renewed')],
    ),
    "part quotation before its speaker": (
        'The recruits were being "used as bait," senator Maria Lund said last week.',
        [("senator Maria Lund", "said", 'The recruits were being "used as bait,"')],
    ),
    "a document": (
        "A leaked report says that 40 cells were never inspected.",
        [("A leaked report", "says", "that 40 cells were never inspected")],
    ),
    "footage": (
        "Video footage from the port shows two ships on fire.",
        [("Video footage from the port", "shows", "two ships on fire")],
    ),
    "a responsibility claimed": (
        "The Free Hills Army claimed responsibility for the blast.",
        [("The Free Hills Army", "claimed", "responsibility for the blast")],
    ),
    "blame": (
        "The army blamed the rebels for the fire.",
        [("The army", "blamed", "the rebels for the fire")],
    ),
    "blame without a blamer": (
        "The raid was attributed to bandits.",
        [("", "was attributed", "The raid | to bandits")],
    ),
    "a transcript": (
        "HOLM: We were not told of the raid.",
        [("HOLM", ":", "We were not told of the raid.")],
    ),
    "a heading in capitals is no speaker": ("UPDATE: The road is open.", []),
    "a speaker that the parser hung on the place before": (
        "Two men were freed in Norway's Lofoten region, Norway's Bureau of Order (NBO) said.",
        [
            (
                "Norway's Bureau of Order (NBO)",
                "said",
                "Two men were freed in Norway's Lofoten region",
            )
        ],
    ),
    "inverted, with an apposition": (
        "A landslide buried nine houses, said Ada Holm, the head of the rescue service.",
        [
            (
                "Ada Holm, the head of the rescue service",
                "said",
                "A landslide buried nine houses",
            )
        ],
    ),
    "quoted as saying": (
        "The Post quoted Holm as saying that two ships were sunk.",
        [
            ("The Post", "quoted", "that two ships were sunk"),
            (">Holm", "saying", "that two ships were sunk"),
        ],
    ),
    "quoted by": (
        "Holm was quoted by state media as saying that two ships were sunk.",
        [
            ("state media", "was quoted", "that two ships were sunk"),
            (">Holm", "saying", "that two ships were sunk"),
        ],
    ),
    "clauses that only the content completes": (
        "Holm said that three men had been freed, one had died and one was missing.",
        [("Holm", "said", "that three men had been freed, one had died and one was missing")],
    ),
    "who refuses words does not carry them": (
        "The army said it was innocent, rejecting a charge by the council, which said that "
        "two men had died.",
        [
            ("The army", "said", "it was innocent"),
            ("The army", "rejecting", "a charge by the council, which said that two men had died"),
            ("the council", "said", "that two men had died"),
        ],
    ),
    "a relative clause": (
        "The fires, which state media said were under control, began at dawn.",
        [("state media", "said", "The fires | were under control")],
    ),
    "an adverb is no attribution": ("The minister reportedly resigned.", []),
    "one's own belief inside a content is no hop": (
        "The coroner said he believed the men had drowned.",
        [("The coroner", "said", "he believed the men had drowned")],
    ),
    "a demand": (
        "The union wants the troops to leave.",
        [("The union", "wants", "the troops to leave")],
    ),
    "the cue cuts its content": (
        "The bomb, the minister said, was hidden in a cart.",
        [("the minister", "said", "The bomb | was hidden in a cart")],
    ),
    "an aside about the saying is not the speaker": (
        'Orlov, also on the radio, said: "The bridge is ours."',
        [("Orlov", "said", '"The bridge is ours."')],
    ),
    "what follows the speaker's clause is the report's": (
        "The strike hit a depot, officials said, and fires burned into the night.",
        [("officials", "said", "The strike hit a depot")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_finds(name: str, parse: Callable[[str], Parse]) -> None:
    """Each phenomenon is found whole, and nothing beside it."""
    text, expected = CASES[name]
    assert rows(parse(text)) == expected


def test_a_conduit_before_the_cue_names_the_source(parse: Callable[[str], Parse]) -> None:
    """In "Through sharing with C, it has been confirmed that X" the source is C."""
    text = (
        "\"Through data sharing with a neighbour's coast guard, it has been confirmed that one "
        'boat sank," the ministry said.'
    )
    found = rows(parse(text))
    assert (">a neighbour's coast guard", "has been confirmed", "that one boat sank") in found


def test_the_addressee_is_a_channel(parse: Callable[[str], Parse]) -> None:
    """`told AFP`: the agency is whom it was said to, never a hop."""
    hops, _ = find_hops(parse("The convoy was ambushed, a driver told AFP."))
    assert [" ".join(t.text for t in h.to) for h in hops] == ["AFP"]


def test_kinds_of_quotation(parse: Callable[[str], Parse]) -> None:
    """direct, indirect and mixed by how much stands between marks."""
    text = (
        '"The port is shut," the mayor said. He said the crews were "exhausted" by then. '
        "He added that help was on its way."
    )
    hops, _ = find_hops(parse(text))
    assert [h.quotation for h in hops] == ["direct", "mixed", "indirect"]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("She was told by an officer that her brother was shot.", "an officer",
         "that her brother was shot"),
        ("The king had died, it was announced by the palace.", "the palace", "The king had died"),
        ("It was announced by the palace that the king had died.", "the palace",
         "that the king had died"),
        ("It was stated in a police report that the gun jammed.", "a police report",
         "that the gun jammed"),
        ("Twelve miners were saved, as the governor confirmed on Friday.", "the governor",
         "Twelve miners were saved"),
        ("The station said, citing the governor, that the dam had burst.", "The station",
         "that the dam had burst"),
        ("The union said that the toll could rise, adding that two boys were missing.",
         "The union", "that two boys were missing"),
        ('"The raid lasted an hour.\n\n"Six men were taken," the imam said.', "the imam",
         '"The raid lasted an hour. … "Six men were taken,"'),
    ],
)  # fmt: skip
def test_who_says_it_where_the_parser_or_the_order_misleads(
    parse: Callable[[str], Parse], text: str, source: str, content: str
) -> None:
    """Oblique passives, asides, participles hung on the content, speakers after the last part."""
    p = parse(text)
    hops, _ = find_hops(p)
    found = [
        (" ".join(t.text for t in h.source), " … ".join(p.words(s).strip() for s in h.content))
        for h in hops
    ]
    assert (source, content) in found


@pytest.mark.parametrize(
    "text",
    ["The envoy has reportedly agreed to leave.", "A ship said to carry arms was stopped."],
)
def test_hearsay_has_no_speaker(parse: Callable[[str], Parse], text: str) -> None:
    """Whom a reported plan or a rumour is about has said nothing."""
    assert find_hops(parse(text))[0] == []


def test_a_speaker_beside_the_last_object_speaks(parse: Callable[[str], Parse]) -> None:
    """No comma closes an appositive before a cue: the officer says it, not the ground he holds."""
    p = parse("Rebels took the fort and have lost almost half of it, a senior officer said.")
    hops, _ = find_hops(p)
    assert [[t.text for t in h.source] for h in hops] == [["a", "senior", "officer"]]
    assert [p.words(s).strip() for s in hops[0].content] == [
        "Rebels took the fort and have lost almost half of it"
    ]
