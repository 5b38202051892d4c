"""The same from Python on SQLite and on PostgreSQL; skipped where there is no server."""

from __future__ import annotations

from pathlib import Path

import sayso
from tests.api.test_seeing import AMBER, KEPT, NAME, OPEN


def test_a_ledger_at_an_address(store: str, tmp_path: Path) -> None:
    """Added, linked, asked, decided, exported; closed and opened again below a marking."""
    with sayso.Ledger(store, unmasked=True) as ledger:
        ledger.add([{"text": OPEN, "published": "2024-12-30", "publisher": "Fjord News"}])
        added = ledger.add(
            [{"text": KEPT, "published": "2024-12-31", "publisher": "Quayside Courier"}],
            marking="amber",
        )
        assert [each.status for each in added] == ["new"]
        (incident,) = ledger.incidents(measure="killed")
        assert len(incident.handles) == 2
        frame = ledger.figures(measure="killed").to_pandas()
        assert sorted(frame["best"]) == [9.0, 14.0]
        assert ledger.incident(incident.incident).chart().svg.startswith("<svg")
        (claim, *_) = ledger.claims("nine", measure="killed")
        (made,) = ledger.judge(
            "correct", claim.claim, values={"figure.0.best": 8}, reason="eight", by="Ada"
        )
        assert sorted(ledger.figures(measure="killed").to_pandas()["best"]) == [8.0, 14.0]
        ledger.judge("undo", made.entry, reason="nine", by="Ada")
    with sayso.Ledger(store, clearance="green", create=False) as ledger:
        assert len(ledger.reports()) == 1
        assert NAME not in ledger.claims().to_pandas().to_csv()
        out = tmp_path / "out.jsonl"
        assert ledger.export("jsonl", out, by="Ada").incidents == 1
        assert [word for word in AMBER if word in out.read_text()] == []


def test_half_a_character_is_asked_for(store: str) -> None:
    """Which no store takes: nothing is found, and nothing breaks."""
    odd = "zzqx\udc00"
    with sayso.Ledger(store) as ledger:
        row = {
            "text": OPEN,
            "published": "2024-12-30",
            "publisher": odd,
            "url": f"https://x.no/{odd}",
        }
        assert [each.status for each in ledger.add([row])] == ["new"]
        assert [r.publisher for r in ledger.reports()] == ["zzqx\ufffd"]
        assert list(ledger.claims(odd)) == []
        assert list(ledger.incidents(place=odd)) == []
        assert list(ledger.claims(actor=odd)) == []
