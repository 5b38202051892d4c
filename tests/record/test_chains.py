"""On whose word a claim stands: the same names wherever they are shown."""

from __future__ import annotations

from sayso.record import Attribution, Claim, Reading, Report, Source, Span, Time, When
from sayso.record.view import chain_of, hops_of, path_of, said_of, view_claims

TEXT = "Its report of 11 June said that, officials said, nine died"
DAY, SAID = Span(14, 21), When("2024-06-12", "2024-06-12", "day", "stated")


def spoken(within: str | None = None) -> Reading:
    """A claim that officials make within what was read as said by a day."""
    report = Report("r", "r", TEXT, None, "Fjordwire", "Harbour Press", *[None] * 3, ())
    source = Source("s0", "officials", "official", named=False, actor=None, mentions=())
    outer = Attribution("a0", (DAY,), None, (), (), within=within, said=SAID)
    nobody = Attribution("a1", (), None, (), (), within="a0")
    inner = Attribution("a2", (Span(33, 42),), "s0", (), (), within="a1")
    claim = Claim("c0", (Span(49, 58),), "a2", "stated", "positive")
    day = Time((DAY,), "2024-06-11", "2024-06-11", "day", "2024-06-11", "stated")
    return Reading(
        report, sources=(source,), attributions=(outer, nobody, inner), claims=(claim,),
        times=(day,),
    )  # fmt: skip


def test_a_day_is_nobody() -> None:
    """Its report of 11 June: the day passes nothing on, whoever has no name does."""
    reading = spoken()
    (claim,) = reading.claims
    assert [a.id for a in path_of(reading, claim)] == ["a1", "a2"]
    assert hops_of(reading, claim) == ["somebody unnamed", "officials"]
    assert chain_of(reading, claim) == (
        "Fjordwire", "Harbour Press", "somebody unnamed", "officials",
    )  # fmt: skip
    assert said_of(reading, claim) is None
    (view,) = view_claims(reading)
    assert [hop.attribution.id for hop in view.hops] == ["a1", "a2"]


def test_a_cycle_ends_the_way() -> None:
    """Two attributions that stand within each other are each there once."""
    reading = spoken(within="a2")
    (claim,) = reading.claims
    assert [a.id for a in path_of(reading, claim)] == ["a1", "a2"]
