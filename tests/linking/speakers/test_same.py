"""Who a source is, and when two are one."""

from __future__ import annotations

import pytest

from sayso.linking.speakers.identity import identify
from sayso.linking.speakers.same import describes_lead, same_speaker
from sayso.record import Actor, Source

Told = tuple[str, str, str | None, str | None]


def source(told: Told) -> Source:
    """A source: name, kind, its actor's country and kind."""
    name, kind, country, actor_kind = told
    actor = Actor(name, country, actor_kind) if country or actor_kind else None  # type: ignore[arg-type]
    return Source("s", name, kind, True, actor, ())  # type: ignore[arg-type]


def rule(one: Told, other: Told) -> str | None:
    """The rule that makes two sources one; the same both ways."""
    a, b = identify(source(one)), identify(source(other))
    found, back = same_speaker(a, b), same_speaker(b, a)
    assert (found is None) is (back is None)
    return found[0] if found else None


EMBASSY: Told = ("the Japanese embassy in Kabul", "official", "JPN", "government")
MINISTRY: Told = ("Japan's foreign ministry", "official", "JPN", "government")
PERSON = ("person", None, "medical")
HOSPITAL: Told = ("the Salt Lane Hospital", "group", None, "medical")


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (EMBASSY, MINISTRY, "speaks for"),
        (EMBASSY, ("Norway's foreign ministry", "official", "NOR", "government"), None),
        (EMBASSY, ("Japan's defence ministry", "official", "JPN", "government"), None),
        (HOSPITAL, ("the director of the Salt Lane Hospital, Ada Holm", *PERSON), "speaks for"),
        (HOSPITAL, ("Ada Holm, a nurse at the Salt Lane Hospital", *PERSON), None),
        (HOSPITAL, ("the director of the Mill Hospital, Ada Holm", *PERSON), None),
        (("satellite images from Salt Imaging", "document", None, None),
         ("Salt Imaging", "group", None, None), "same speaker"),
        (("a video from Salt Imaging", "document", None, None),
         ("Mill Imaging", "group", None, None), None),
        (("UNICEF", "group", None, "international"),
         ("UNICEF's representative in Somalia, Ada Holm", "person", None, "international"),
         "speaks for"),
        (("UNICEF", "group", None, "international"), ("UNHCR", "group", None, "international"),
         None),
        (("the World Food Programme", "group", None, "international"),
         ("WFP", "group", None, "international"), "same speaker"),
    ],
)  # fmt: skip
def test_who_is_one_with_whom(one: Told, other: Told, found: str | None) -> None:
    """Embassies, heads of a house, firms of images and members of an organisation, told apart."""
    assert rule(one, other) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Petro Horbatiuk", "Petro Horbatyuk", True),
        ("Sergei Sergeyev", "Sergey Sergeev", True),
        ("Yusuf Hussein", "Youssuf Husein", True),
        ("Mohammed Khan", "Muhammad Khan", True),
        ("Petro Horbatiuk", "Pavlo Horbatyuk", False),
        ("Amin Haddad", "Amina Haddad", False),
        ("Olena Hryb", "Olena Hrab", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a case
    """Transliterations of one name are one person; another first name or vowel is another."""
    told = [(name, "person", None, None) for name in (one, other)]
    assert (rule(told[0], told[1]) == "same speaker") is same


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("the director of the Salt Lane Hospital, Ada Holm", ("ada", "holm")),
        ("Ada Holm, mayor of Salt Lane", ("ada", "holm")),
        ("the town's mayor, Ada Holm", ("ada", "holm")),
        ("the mayor, Salt Lane Police", ()),
    ],
)
def test_the_name_beside_a_role(name: str, person: tuple[str, ...]) -> None:
    """A role and a name, in either order, are that person; an organisation's name is nobody's."""
    assert identify(source((name, "official", None, "government"))).person == person


def test_a_lead_described_more_closely() -> None:
    """Soldiers of the headline are the two soldiers of the unit below; other soldiers are not."""

    def who(name: str, country: str = "UKR") -> object:
        return identify(source((name, "official", country, "military")))

    lead = who("Ukrainian soldiers")
    assert describes_lead(lead, who("two Ukrainian soldiers of the unit"))  # type: ignore[arg-type]
    assert not describes_lead(lead, who("two Polish soldiers", "POL"))  # type: ignore[arg-type]
    assert not describes_lead(lead, who("other Ukrainian soldiers of the unit"))  # type: ignore[arg-type]
    assert not describes_lead(lead, who("a Ukrainian soldier of the unit"))  # type: ignore[arg-type]


def test_a_name_of_many_endings_is_compared_in_one_way() -> None:
    """*Zelensky* is *Zelenskiyi*; forty endings inside a name took time beyond any end."""
    person = ("Ada Zelensky", "person", None, None)
    assert rule(person, ("Ada Zelenskiyi", "person", None, None))
    assert rule(("Ada M" + "yi" * 40 + "x", "person", None, None), person) is None
