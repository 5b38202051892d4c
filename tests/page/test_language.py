"""The language of a report."""

from __future__ import annotations

import pytest

from sayso.page.language import find_language

ENGLISH = (
    "Divers have raised the ferry that sank off the port of Larne in March, the coast guard said on"
    " Friday, and found the bodies of two of the missing people in its hold when they opened it."
)
GERMAN = (
    "Taucher haben die Fähre gehoben, die im März vor dem Hafen gesunken war, wie die Küstenwache"
    " am Freitag mitteilte; im Laderaum fanden sie zwei der Vermissten, nach denen man seit Monaten"
    " vergeblich gesucht hatte, und brachten sie an Land."
)

CHINESE = (
    "海岸警卫队周五表示，潜水员已将三月在港口外沉没的渡轮打捞上来，并在货舱内发现两名失踪者的遗体。"
    "该船的船主此前曾表示，沉船时甲板下没有人，船员的亲属从不相信这一说法。"
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (ENGLISH.upper(), "en"),
        (GERMAN, "de"),
        (ENGLISH[:120], None),
        ("", None),
        (CHINESE, "zh"),
    ],
)  # fmt: skip
def test_languages(text: str, language: str | None) -> None:
    """Judged on the case-folded text, where there are thirty words or as much."""
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Saltby: Drei Tote, sagte die Polizei am Dienstag.", "de"),
        ("Die Miliz tötete am Sonntag 9 Wachen in Oda.", "de"),
        ("Le préfet a déclaré que trois personnes sont mortes.", "fr"),
        ("Los rebeldes mataron a dos guardias en Tumaco, dijo el alcalde.", "es"),
        ("Il sindaco ha detto che due persone sono morte.", "it"),
        ("De politie meldt dat twee mensen zijn omgekomen.", "nl"),
        ("O prefeito disse que duas pessoas morreram.", "pt"),
        ("Policja podała, że zginęły trzy osoby.", "pl"),
    ],
)
def test_small_words_tell_a_short_text(text: str, language: str) -> None:
    """Two of one language, and no more of English, are enough."""
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "A bridge fell.",
        "Two killed.",
        "Gunmen kill mayor, Diario de la Tarde reports",
        "Men shot in San Luis de la Reina, El Salvador",
        "Du Pont's stock rose, De La Rue's fell",
        "Köln police chief: no arrests",
        "Write to news-desk or e-mail a.o. roe",
        "Die Hard am Montag",
    ],
)
def test_english_names_tell_nothing(text: str) -> None:
    """Names keep their joints, and a single word is none."""
    assert find_language(text) is None
