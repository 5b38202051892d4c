"""Texts in capitals get their small letters back, and no offset moves."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.lexicon.casing import ACRONYM, load_casing
from sayso.reading.flow import Flow
from sayso.reading.truecase import is_all_capitals, truecase


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        (
            "GUNMEN KILLED MAYOR PEDRO RUIZ IN TULUA. POLICE ARRESTED NOBODY.",
            "Gunmen killed Mayor Pedro Ruiz in Tulua. Police arrested nobody.",
        ),
        ("THE U.S. EMBASSY'S MEN FIRED 9-MM ROUNDS.", "The U.S. embassy's men fired 9-mm rounds."),
        (
            "THE PEOPLE'S FRONT [PFQ] DENIED IT. A PFQ MAN SAID SO.",
            "The people's front [PFQ] denied it. A PFQ man said so.",
        ),
        ("A BUS FROM EL ROSARIO TO SAN LUIS DE LA PAZ BURNED ON 5 MAY.",
         "A bus from El Rosario to San Luis de la Paz burned on 5 May."),
        ("THEY MAY LEAVE.", "They may leave."),
        ("A SHINING PATH COLUMN MET DOCTORS WITHOUT BORDERS ON A SHINING DAY.",
         "A Shining Path column met Doctors Without Borders on a shining day."),
        ("THE HOUTHI\nMOVEMENT, THE RED. CROSS IT.", "The Houthi\nmovement, the red. Cross it."),
    ],
)  # fmt: skip
def test_capitals_stay_where_news_would_write_them(capitals: str, written: str) -> None:
    """Names, acronyms, openings of sentences and months keep them; all else gets small."""
    assert truecase(capitals) == written


def test_only_texts_in_capitals_are_touched() -> None:
    """A text with its own small letters, or too short to tell, is left as it is."""
    assert not is_all_capitals(
        "The FMLN and the ELN met in SAN SALVADOR on Monday, AFP said there."
    )
    assert not is_all_capitals("BREAKING NEWS")
    assert is_all_capitals("THE ARMY SAID ON MONDAY THAT ITS TROOPS HAD LEFT THE TOWN.")


@given(st.text(max_size=300))
def test_no_offset_moves(text: str) -> None:
    """Character by character the text is the same, case aside, whatever it holds."""
    made = truecase(text)
    assert len(made) == len(text)
    assert all(a == b or a.lower() == b for a, b in zip(text, made, strict=True))


@pytest.mark.parametrize("piece", ["A", "THE [AB] ", "U.S.", '"(', ". ", "\n\n"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Half a megabyte of one thing is done in a moment."""
    start = time.process_time()
    truecase(piece * (500_000 // len(piece)))
    assert time.process_time() - start < 5


def test_a_flow_in_capitals_is_read_in_small_letters(flow_of: Callable[[str], Flow]) -> None:
    """The flow is what changes; its places in the report stay."""
    flow = flow_of("REBELS ATTACKED THE TOWN OF SANTA ROSA ON MONDAY,\nTHE ARMY SAID.")
    assert flow.text == "Rebels attacked the town of Santa Rosa on Monday, the army said."
    assert flow.starts == list(range(len(flow.text)))


def test_the_table_tells_words_from_acronyms() -> None:
    """A common word has no capital, an agency's letters all."""
    casing = load_casing()
    assert casing["soldiers"] == 0
    assert casing["afp"] == ACRONYM
    assert "bogota" not in casing
