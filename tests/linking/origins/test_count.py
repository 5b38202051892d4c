from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sayso.linking.origins.count import count_origins
from sayso.linking.speakers.lines import claims_about
from sayso.record.links import OriginCount

Make = Callable[..., Any]
Refs = Callable[..., Any]
ARMY = {"country": "MLI", "actor_kind": "military"}


def interval(count: OriginCount) -> list[int]:
    """The two bounds."""
    return [count.at_least, count.at_most]


def kinds(count: OriginCount) -> set[str]:
    """The rules of its joins."""
    return {join.ground.kind for join in count.joins}


def test_nothing_attributed_may_be_no_origin(story: Make, refs_of: Refs) -> None:
    """A report's own voice counts for nothing in the lower bound and for one in the upper."""
    readings = [story("a").says(None, "a convoy was attacked near Gao").reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [0, 1]
    assert "nothing is attributed" in count.words


def test_own_voice_adds_nothing_beside_a_speaker(story: Make, refs_of: Refs) -> None:
    """A caption says nothing new where somebody in the same report says it."""
    report = story("a").says(None, "a picture of the convoy").says("the Malian army", "x", **ARMY)
    readings = [report.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


def test_upstream_is_the_origin(story: Make, refs_of: Refs) -> None:
    """What a service has from an ally rests on the ally, however often the service says it."""
    report = (
        story("a")
        .says("the Malian army", "one was taken", through="an allied intelligence agency", **ARMY)
        .says(
            "the Malian army",
            "he is alive",
            through="an allied country's intelligence agency",
            **ARMY,
        )
    )
    readings = [report.reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 1]
    assert "one upstream" in kinds(count)
    assert count.origins[0].chain[-1].endswith("agency")


def test_acts_of_two_days_are_two_for_the_upper_bound(story: Make, refs_of: Refs) -> None:
    """What a ministry had from an ally on Friday says nothing of its own word on Monday."""
    report = (
        story("a")
        .says(
            "the Malian army",
            "one was taken",
            through="a local aid group",
            said="2024-05-03",
            **ARMY,
        )
        .says("the Malian army", "two were taken", said="2024-05-06", **ARMY)
    )
    readings = [report.reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 2]
    same_day = (
        story("b")
        .says(
            "the Malian army",
            "one was taken",
            through="a local aid group",
            said="2024-05-03",
            **ARMY,
        )
        .says("the Malian army", "two were taken", said="2024-05-03", **ARMY)
    )
    readings = [same_day.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


def test_vaguer_lead_is_whom_the_report_goes_on_to_quote(story: Make, refs_of: Refs) -> None:
    """Officials of the lead are the service quoted below; a lone unnamed source is not."""
    lead = story("a").says("Malian officials", "x", country="MLI", actor_kind="government")
    lead.says("the Malian army", "y", **ARMY)
    readings = [lead.reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 1]
    assert kinds(count) == {"vaguer lead"}
    source = story("b").says("a Malian army source", "x", kind="unnamed", **ARMY)
    source.says("the Malian army", "y", **ARMY)
    readings = [source.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 2]


def test_joins_can_be_undone(story: Make, refs_of: Refs) -> None:
    """A join that a person undid is not made again, in either bound."""
    report = story("a").says("a Malian army source", "x", kind="unnamed", **ARMY)
    report.says("the Malian army", "y", **ARMY)
    readings = [report.reading()]
    first = count_origins(readings, refs_of(readings))
    undone = frozenset(j.id for j in first.joins)
    assert interval(count_origins(readings, refs_of(readings), undone=undone)) == [2, 2]
    two = [
        story("a").says("the Malian army", "x", **ARMY).reading(),
        story("b").says("Mali's army", "y", **ARMY).reading(),
    ]
    first = count_origins(two, refs_of(two))
    assert interval(first) == [1, 1]
    undone = frozenset(j.id for j in first.joins)
    assert interval(count_origins(two, refs_of(two), undone=undone)) == [2, 2]


def test_a_person_is_never_named_as_who_an_unnamed_source_may_be(
    story: Make, refs_of: Refs
) -> None:
    """Where the unnamed source may be a person, it may be one already counted."""
    readings = [
        story("a").says("a hospital official", "x", actor_kind="medical").reading(),
        story("b")
        .says(
            "Rima Haddad, a doctor",
            "y",
            kind="person",
            actor_kind="medical",
            actor_name="Rima Haddad",
        )
        .reading(),
    ]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 2]
    told = [o.may_be for o in count.origins] + [j.ground.words for j in count.joins]
    assert "may be one already counted" in told
    assert not any("Haddad" in words for words in told if words)


def test_who_only_denies_stands_apart(story: Make, refs_of: Refs) -> None:
    """A denial is an origin of the denial; one who denies and affirms is counted once."""
    report = story("a").says("the Malian army", "x", **ARMY)
    report.says("the rebels' council", "y", kind="group", actor_kind="rebels", certainty="denied")
    readings = [report.reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 1]
    assert [o.name for o in count.denials] == ["the rebels' council"]


def test_a_withdrawn_claim_no_longer_counts(story: Make, refs_of: Refs) -> None:
    """What a speaker took back later stays, marked, and counts no more; before it, it counted."""
    before = story("a", published="2024-05-02").says("the Malian army", "six were taken", **ARMY)
    after = story("b", published="2024-05-03")
    after.text = "The Malian army withdrew its statement on the six men. "
    readings = [before.reading(), after.reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [0, 0]
    assert len(count.withdrawn) == 1
    assert interval(count_origins(readings[:1], refs_of(readings[:1]))) == [1, 1]


def test_another_ones_withdrawal_takes_nothing_back(story: Make, refs_of: Refs) -> None:
    """Only who spoke can take it back."""
    before = story("a", published="2024-05-02").says("the Malian army", "six were taken", **ARMY)
    after = story("b", published="2024-05-03")
    after.text = "The Nigerian navy withdrew its statement on the six men. "
    readings = [before.reading(), after.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


def test_a_circle_without_a_way_out_is_one_origin(story: Make, refs_of: Refs) -> None:
    """A cites B, B cites C, C cites A: one; where one of them has a source outside, that one."""
    names = ["Harbour Gazette", "Baltic Ledger", "Northlight"]
    circle = [
        story(a, publisher=a).says(b, f"he was taken, says {a}", kind="media")
        for a, b in zip(names, names[1:] + names[:1], strict=True)
    ]
    readings = [s.reading() for s in circle]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 1]
    assert count.origins[0].kind == "cycle"
    circle[0].says("the Malian army", "he was taken", **ARMY)
    readings = [s.reading() for s in circle]
    count = count_origins(readings, refs_of(readings))
    assert [o.name for o in count.origins] == ["the Malian army"]


def test_voices_of_one_agency_are_one(story: Make, refs_of: Refs) -> None:
    """Two papers that credit one agency in their own words have one voice."""
    readings = [
        story("a", publisher="Harbour Gazette", credit="AFP").says(None, "a ferry sank").reading(),
        story("b", publisher="Baltic Ledger", credit="AFP")
        .says(None, "the boat is lost")
        .reading(),
    ]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [0, 1]
    assert kinds(count) == {"credited"}
    assert count.texts == 2


def test_institutions_of_two_countries_are_two(story: Make, refs_of: Refs) -> None:
    """An army is told apart from another country's, and from its own navy."""
    readings = [
        story("a").says("the army", "x", **ARMY).reading(),
        story("b").says("the army", "y", country="NER", actor_kind="military").reading(),
        story("c").says("the navy", "z", **ARMY).reading(),
    ]
    assert interval(count_origins(readings, refs_of(readings))) == [3, 3]


@pytest.mark.parametrize("seed", range(5))
def test_order_changes_nothing(story: Make, refs_of: Refs, seed: int) -> None:
    """Readings and claims in any order give the same count, joins and words."""
    readings = [
        story(n).says(who, f"{n} was taken", kind=kind, **ARMY).reading()
        for n, who, kind in (
            ("a", "the Malian army", "official"),
            ("b", "a Malian army source", "unnamed"),
            ("c", "a senior Malian officer", "unnamed"),
            ("d", "Mali's army", "official"),
        )
    ]
    first = count_origins(readings, refs_of(readings))
    shuffled, refs = list(readings), refs_of(readings)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - not for secrets
    random.Random(seed).shuffle(refs)  # noqa: S311
    assert count_origins(shuffled, refs) == first


def test_many_unnamed_sources_end_in_time(story: Make, refs_of: Refs) -> None:
    """A hundred unnamed sources are grouped well, if not in the best way, and soon."""
    readings = [
        story(f"r{i}").says(f"a Malian source of group {i}", "x", kind="unnamed", **ARMY).reading()
        for i in range(100)
    ]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 100]


def test_claims_about_are_those_of_the_types(story: Make) -> None:
    """The claims of a group are those with an event of its types, hypothetical ones left out."""
    report = story("a").says("the Malian army", "x", event="capture", **ARMY)
    report.says("the Malian army", "y", event="death", **ARMY)
    readings = [report.reading()]
    assert [r.claim for r in claims_about(readings, ["death"])] == ["c-1"]
    assert claims_about(readings, ["death"], names=["other"]) == ()


def test_a_paper_that_names_itself_is_its_own_voice(story: Make, refs_of: Refs) -> None:
    """*The Gazette could not verify it*: no source, but the paper's own voice."""
    report = story("a", publisher="The Harbour Gazette").says("the Gazette", "x", kind="group")
    readings = [report.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [0, 1]


def test_lines_without_an_event_say_nothing_of_the_incident(story: Make, refs_of: Refs) -> None:
    """What a football association says of the next match is no word on the clash."""
    report = story("a").says("the Malian army", "x", **ARMY)
    report.says("the Football Association", "y", kind="group")
    report.events = report.events[:1]
    report.claims[1] = replace(report.claims[1], events=())
    readings = [report.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


def test_an_institution_is_named_only_for_a_reason(story: Make, refs_of: Refs) -> None:
    """That nothing speaks against it is no reason to say who an unnamed source may be."""
    readings = [
        story("a").says("a photo posted on Telegram", "x", kind="document").reading(),
        story("b").says("the Malian army", "y", **ARMY).reading(),
    ]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 2]
    assert [o.may_be for o in count.origins if o.may_be] == ["may be one already counted"]


def test_one_sentence_of_an_unnamed_and_a_named_speaker(story: Make, refs_of: Refs) -> None:
    """Who is quoted with the words of a colonel by name is that colonel."""
    quote = "our men pulled out of the town when the last of the trucks was across the river"
    named = {"kind": "official", "actor_name": "Oumar Dia", **ARMY}
    readings = [
        story("a").says("Colonel Oumar Dia", quote, quotation="direct", **named).reading(),
        story("b").says("an officer", quote, kind="unnamed", quotation="direct").reading(),
    ]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 1]
    assert kinds(count) == {"same words"}


def test_a_feed_via_an_agency_has_the_agencys_voice(story: Make, refs_of: Refs) -> None:
    """*Northlight via AFP* is AFP's voice, as a credit line is."""
    readings = [
        story("a", publisher="Northlight via AFP").says(None, "a ferry sank").reading(),
        story("b", publisher="Baltic Ledger", credit="AFP").says(None, "a boat is lost").reading(),
    ]
    assert interval(count_origins(readings, refs_of(readings))) == [0, 1]


def test_what_a_withdrawal_repeats_is_withdrawn(story: Make, refs_of: Refs) -> None:
    """*Retracted its statement that six were taken* does not say again that six were taken."""
    report = story("a", published="2024-05-03")
    report.text = "The ministry retracted "
    report.says("its statement", "six were taken", kind="document")
    readings = [report.reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [0, 0]
    assert len(count.withdrawn) == 1


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [
        ("White House spokeswoman Dana Mills", "the White House", 1),
        ("SOHR", "the Syrian Observatory for Human Rights", 1),
        ("President Ivan Zelensky", "Zelenskiy", 1),
        ("President Ivan Zelensky", "Hamas", 2),
        ("Hamas spokesman Abu Karim", "Hamas", 1),
        ("army spokesman Oumar Dia", "army chief Issa Keita", 1),
        ("Health Minister Awa Sow", "the health ministry", 1),
        ("Health Minister Awa Sow", "the interior ministry", 2),
        ("White House spokeswoman Dana Mills", "the State Department", 2),
        ("lawmaker Oumar Dia", "the parliament in Bamako", 2),
    ],
)
def test_who_speaks_for_whom(story: Make, refs_of: Refs, one: str, other: str, most: int) -> None:
    """A spokesperson, a head and the institution are one source; others are not."""
    words = one.split()
    person = " ".join(words[-2:]) if words[-1] != "SOHR" and len(words) > 2 else ""
    how = {"kind": "official", "actor_name": person, "actor_kind": "government"} if person else {}
    readings = [
        story("a").says(one, "x", **(how or {"kind": "group"})).reading(),
        story("b").says(other, "y", kind="group").reading(),
    ]
    assert interval(count_origins(readings, refs_of(readings))) == [most, most]
