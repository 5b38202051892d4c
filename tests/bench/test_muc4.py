"""MUC-4 in the bench: who was harmed, by whom and how sure, out of what sayso reads."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench.quality.muc4 import predict
from bench.quality.muc4.doers import Doer
from bench.quality.muc4.names import names_behind, names_included, names_listed, names_missed
from bench.quality.muc4.perpetrators import CLAIMED, FACT, Groups, Perpetrators
from bench.quality.muc4.victims import Victims, number_in, number_of
from bench.quality.muc4.weigh import chance, fit
from bench.quality.muc4.weighed import DEGREES, TYPES, degree_of, load_weights

_CABLE = """   PORTO VELA, 4 MAR 91 (RADIO SUR) -- [TEXT] MAYOR PEDRO RUIZ WAS SHOT DEAD BY
GUNMEN YESTERDAY IN PORTO VELA.  TWO POLICEMEN WERE WOUNDED IN THE ATTACK.  THE MAYOR DIED ON THE
WAY TO A HOSPITAL.

   THE FARABUNDO MARTI NATIONAL LIBERATION FRONT (FMLN) CLAIMED RESPONSIBILITY FOR THE ATTACK.
"""
_QUIET = "   PORTO VELA, 4 MAR 91 (RADIO SUR) -- [TEXT] THE MAYOR OPENED A NEW SCHOOL YESTERDAY.\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The incidents of two cables of our own, by id."""
    folder = tmp_path_factory.mktemp("muc4")
    rows = [
        {"id": name, "text": text, "dateline_date": "1991-03-04"}
        for name, text in (("attack", _CABLE), ("school", _QUIET))
    ]
    gold, out = folder / "gold.jsonl", folder / "out.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    predict(gold, out)
    lines = out.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["incidents"] for row in map(json.loads, lines)}


def test_an_attack_is_an_incident(found: dict[str, list[dict[str, Any]]]) -> None:
    """Its type, the dead with one entry for all mentions, the wounded with their number."""
    incident = found["attack"][0]
    assert incident["type"] == "ATTACK"
    fates = {(v["number"], v["effect"]) for v in incident["victims"]}
    assert fates == {("1", "DEATH"), ("2", "INJURY")}


def test_who_claims_it_is_a_perpetrator(found: dict[str, list[dict[str, Any]]]) -> None:
    """The group has the degree that its own claim gives, the gunmen are people."""
    incident = found["attack"][0]
    assert [o["confidence"] for o in incident["perp_org"]] == [CLAIMED]
    assert ["gunmen"] in incident["perp_individual"]


def test_a_quiet_report_has_none(found: dict[str, list[dict[str, Any]]]) -> None:
    """Where nobody is harmed there is no incident."""
    assert found["school"] == []


@pytest.mark.parametrize(
    ("bound", "low", "best", "high", "written"),
    [
        ("exact", 6, 6, 6, "6"),
        ("about", None, 40, None, "~40"),
        ("above", 5, 5, None, "5-"),
        ("below", None, 139, 139, "-139"),
        ("range", 8, None, 10, "8 - 10"),
        ("vague", None, None, None, "PLURAL"),
    ],
)
def test_numbers_in_the_tasks_notation(
    bound: str, low: float | None, best: float | None, high: float | None, written: str
) -> None:
    """Each bound has its own way of writing."""
    assert number_of({"bound": bound, "low": low, "best": best, "high": high}) == written


def test_mentions_of_one_person_are_one_victim() -> None:
    """A surname, a title and a pronoun go to the person; the gravest fate stays."""
    victims = Victims("Judge Ana Diaz was hurt. The judge died.")
    victims.add("Judge Ana Diaz", "1", "INJURY")
    victims.add("Diaz", "1", None)
    victims.add("the judge", "1", "DEATH")
    victims.add("she", "1", "INJURY")
    assert [(v.number, v.effect) for v in victims.found] == [("1", "DEATH")]


def test_two_who_share_a_name_are_two() -> None:
    """Sisters with one surname, a mayor and the mayor's son, a driver and whom he drove."""
    victims = Victims("Mayor Carl Berg, his driver and the Diaz sisters were shot.")
    for words in ("Ana Maria Diaz", "Eva Diaz", "Carl Berg", "Berg's son", "the driver"):
        victims.add(words, "1", "DEATH")
    victims.add("the mayor", "1", "DEATH")
    assert [v.names[0] for v in victims.found] == [
        "Ana Maria Diaz", "Eva Diaz", "Carl Berg", "Berg's son", "the driver",
    ]  # fmt: skip
    assert "the mayor" in victims.found[2].names


def test_they_are_those_told_of_before() -> None:
    """What befalls "they" befalls the last who are several."""
    victims = Victims()
    victims.add("two guards", "2", None)
    victims.add("a nun", "1", "INJURY")
    victims.add("they", "PLURAL", "DEATH")
    assert [(v.number, v.effect) for v in victims.found] == [("2", "DEATH"), ("1", "INJURY")]


def test_the_dead_are_not_the_wounded() -> None:
    """Two killed and two wounded are two entries."""
    victims = Victims()
    victims.add("two guards", "2", "DEATH")
    victims.add("two miners", "2", "INJURY")
    assert len(victims.found) == 2


def test_a_group_that_only_this_report_knows() -> None:
    """A name of a fighting group before its acronym makes the acronym a group."""
    groups = Groups("The Red River Liberation Front (RRLF) met. An RRLF man spoke.")
    assert [key for key, _ in groups.named_in("an RRLF man")] == ["RRLF"]
    assert not list(Groups("The World Food Fund (WFF) met.").named_in("a WFF man"))


def test_a_groups_own_claim_outweighs_the_fact() -> None:
    """Of several degrees for one group, its own claim is told."""
    doers = Perpetrators()
    doers.add("RRLF", ["RRLF"], FACT)
    doers.add("RRLF", ["RRLF"], CLAIMED)
    assert doers.fills() == [{"name": ["RRLF"], "confidence": CLAIMED}]


def test_names_beside_the_event() -> None:
    """Those included, listed, or at whose house it was are found by name."""
    text = "The mayor, Ana Diaz, was shot."
    assert names_behind(text, len("The mayor")) == ["Ana Diaz"]
    assert names_included("Ten were killed, including the judge Eva Roth.") == ["Eva Roth"]
    for _, is_hurt, names in names_listed("The injured were Jo Lund and Al Berg."):
        assert is_hurt
        assert names == ["Jo Lund", "Al Berg"]
    assert list(names_missed("They attacked the home of Senator Ed Hall.")) == ["Senator Ed Hall"]


def test_signs_weigh_up_to_a_chance() -> None:
    """What stands with the right ones raises the chance, what stands with others lowers it."""
    signs = [{"a", "b"}] * 30 + [{"b", "c"}] * 30
    weights = fit(signs, [True] * 30 + [False] * 30)
    assert chance(weights, {"a", "b"}) > 0.7
    assert chance(weights, {"b", "c"}) < 0.3
    assert "unheard of" not in weights


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("six monks", "6"),
        ("the two cooks", "2"),
        ("1,200 villagers", "1200"),
        ("the Carmelites", "PLURAL"),
        ("several nurses", "PLURAL"),
        ("Ana Torres", "1"),
        ("a nun", "1"),
    ],
)
def test_numbers_in_a_mentions_own_words(words: str, number: str) -> None:
    """A number before the noun, a plural, or one person."""
    assert number_in(words) == number


def test_a_degree_told_by_rule_stands() -> None:
    """Weights give a degree only where the rules tell none."""
    doer = Doer("RRLF", is_group=True, names=["RRLF"], signs={f"by rule {CLAIMED}", "x"})
    weights = {degree: {"": -1.0} for degree in DEGREES} | {FACT: {"": 1.0}}
    assert degree_of(doer, weights) == CLAIMED
    doer.signs = {"x"}
    assert degree_of(doer, weights) == FACT


def test_the_weights_answer_each_question() -> None:
    """The shipped table holds weights for all that is asked, and the least chances."""
    weights = load_weights()
    asked = {"report", "victim", "group", "people", *TYPES, *DEGREES}
    assert asked <= weights.keys()
    assert {"report", "type", "victim", "group", "people"} == weights["least"].keys()
