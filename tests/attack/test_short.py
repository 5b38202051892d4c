"""The attack programme's short form: what `make attack` does at length."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed: pip install 'sayso[desk]'")
pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")

from attack import bundles, expressions, fuzz, intake, leaks, page, supply, web
from attack.__main__ import KINDS as ALL
from attack.tally import SHORT, Tally

# faults are tested where the ledger is
KINDS = {
    "intake": intake, "expressions": expressions, "web": web, "leaks": leaks, "bundles": bundles,
    "fuzz": fuzz,
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_of_attack_meets_nothing_that_does_not_hold(name: str, tmp_path: Path) -> None:
    """Every try is refused in words or harmless, and the protected name is nowhere."""
    tally = KINDS[name].attack(SHORT, tmp_path)
    assert tally.leaks == []
    assert tally.faults == []
    assert tally.tried > 50


def test_every_part_is_pinned_and_in_the_bill(tmp_path: Path) -> None:
    """Hashes for all that is installed; the bill of materials lists it."""
    pytest.importorskip("cyclonedx_py", reason="the tools of developers are not installed")
    if os.name != "posix":
        pytest.skip("the locks are for Linux and macOS")
    tally = supply.attack(SHORT, tmp_path)
    assert tally.faults == []


@pytest.mark.parametrize("said", ["[]", '[{"name": "a", "skip_reason": "not found"}]'])
def test_a_pin_that_no_service_knows_is_not_called_faultless(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip-audit says "no known vulnerabilities" of packages that it could not look up."""
    answer = subprocess.CompletedProcess([], 0, f'{{"dependencies": {said}}}', "")
    monkeypatch.setattr(supply.subprocess, "run", lambda *_, **__: answer)
    faults, skipped, _ = supply.audited()
    assert faults == []
    assert skipped == ([] if said == "[]" else ["a"])


def test_names_that_are_almost_the_same_are_seen() -> None:
    """A letter left out, put in, changed, or two that changed places."""
    for other in ("requets", "requestss", "requezts", "reqeusts", "requests"):
        assert supply._alike("requests", other)
    assert not supply._alike("requests", "requisites")


def test_the_figures_are_written_into_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row a kind between the markers; a kind that is run again changes its own and the sum."""
    text = page.PAGE.read_text("utf-8")
    assert text.count(page.BEGIN) == text.count(page.END) == 1
    assert page.mended() >= 4
    copy = tmp_path / "security.md"
    copy.write_text(text, "utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    for tried in (7, 5):
        tally = Tally("leaks", tried, survived=2, left_out=["a test: no network here"])
        page.write("leaks", tally, 0.5, "2031-05-06", list(ALL))
    told = copy.read_text("utf-8")
    assert told.count("| leaks | 5 | 2 | 0 | 0 | 0.5 | 2031-05-06 |") == 1
    assert told.count("\n| leaks |") == told.count("\n| all |") == 1
    assert told.count("- leaks: not tried: no network here") == 1
    assert told.partition(page.BEGIN)[0] == text.partition(page.BEGIN)[0]
    assert told.partition(page.END)[2] == text.partition(page.END)[2]


def test_an_expression_that_takes_too_long_is_found() -> None:
    """By the square, and without an end, which stops none behind it; one by its length is none."""
    found = [
        {"where": where, "pattern": pattern, "flags": 0, "bytes": False, "ways": ["finditer"]}
        for where, pattern in (("square", r"a+b"), ("endless", r"(?:a|aa)+b"), ("length", r"ab"))
    ]
    wrong = {what.split(" on ")[0] for what, why in expressions.faults(found, SHORT, 0.5) if why}
    assert wrong == {"square", "endless"}
    ended = [why for what, why in expressions.faults(found[1:2], SHORT, 0.5) if why]
    assert "did not come to an end" in ended


def test_expressions_are_found_wherever_they_stand() -> None:
    """In a module, a table, a call, made when first needed, and of bytes."""
    found = {each["where"]: each for each in expressions.expressions()}
    assert found["sayso.linking.speakers.identity._CAPITAL_RUN"]["ways"] == ["finditer"]
    assert found["sayso.intake.forms._HTML"]["bytes"]
    assert any(where.startswith("sayso/desk/pages/page.py:") for where in found)
    assert any(where.startswith("sayso.reading.grounding.amounts.words:") for where in found)
    assert len(found) > 300
