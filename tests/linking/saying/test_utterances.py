from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.linking.saying.utterances import find_utterances

Make = Callable[..., Any]
ARMY = {"country": "MLI", "actor_kind": "military"}
QUOTE = "we will not leave the valley before the last of the villages is safe"


def shared(readings: list[Any]) -> list[list[str]]:
    """The reports of each utterance that more than one carries, by name."""
    names = {r.report.id: r.report.name for r in readings}
    found = [sorted(names[a.report] for a in u.attributions) for u in find_utterances(readings)]
    return sorted(f for f in found if len(f) > 1)


def test_a_quotation_with_cuts(story: Make) -> None:
    """A part of a quotation is the same act as the whole of it."""
    readings = [
        story("a").says("the Malian army", QUOTE, quotation="direct", **ARMY).reading(),
        story("b").says("Mali's army", QUOTE[12:48], quotation="mixed", **ARMY).reading(),
    ]
    assert shared(readings) == [["a", "b"]]
    (utterance,) = find_utterances(readings)
    assert utterance.quotation == "direct"
    assert utterance.grounds[0].kind == "same words"
    for spot in utterance.grounds[0].spots:
        assert spot.spans


def test_the_same_in_other_words(story: Make) -> None:
    """A translation of a sentence is the same act; the speaker's titles may differ."""
    one = "the army attacked the rebel base near Kidal at dawn and took eleven prisoners"
    other = "at dawn the army attacked the base of the rebels near Kidal and took 11 prisoners"
    how = {
        "kind": "official",
        "actor_name": "Oumar Dia",
        "country": "MLI",
        "actor_kind": "military",
    }
    readings = [
        story("a").says("army spokesman Oumar Dia", one, **how).reading(),
        story("b").says("Colonel Oumar Dia", other, **how).reading(),
    ]
    assert shared(readings) == [["a", "b"]]


def test_other_times_are_other_acts(story: Make) -> None:
    """The same words on another day are said again."""
    readings = [
        story("a").says("the Malian army", QUOTE, said="2024-05-01", **ARMY).reading(),
        story("b").says("the Malian army", QUOTE, said="2024-05-03", **ARMY).reading(),
    ]
    assert shared(readings) == []


def test_other_speakers_are_other_acts(story: Make) -> None:
    """The same words of two armies are two acts."""
    readings = [
        story("a").says("the army", QUOTE, **ARMY).reading(),
        story("b").says("the army", QUOTE, country="NER", actor_kind="military").reading(),
    ]
    assert shared(readings) == []


def test_other_figures_are_other_acts(story: Make) -> None:
    """Forty-eight and fifty-three are not one statement; forty-eight and about fifty may be."""

    def says(name: str, words: str, figure: tuple[Any, ...]) -> Any:
        content = f"the clashes at the stadium left {words} people injured on Sunday evening"
        return story(name).says(
            "the Malian army", content, figure=figure, figure_words=words, counts="wounded", **ARMY
        )

    exact = says("a", "48", (48, 48, 48, "exact")).reading()
    other = says("b", "53", (53, 53, 53, "exact")).reading()
    about = says("c", "about 50", (None, 50, None, "about")).reading()
    assert shared([exact, other]) == []
    assert shared([exact, about]) == [["a", "c"]]


def test_order_changes_nothing(story: Make) -> None:
    """Readings in any order give the same utterances."""
    readings = [
        story(n).says("the Malian army", QUOTE[i:], **ARMY).reading() for i, n in enumerate("abc")
    ]
    assert find_utterances(readings) == find_utterances(readings[::-1])
