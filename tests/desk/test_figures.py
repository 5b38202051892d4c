"""Figures by the API: as stated, compared, by a policy, page by page, as known at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def every(client: TestClient, path: str, key: str, **asked: Any) -> list[dict[str, Any]]:
    """The rows of all pages."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = client.get(path, params={**asked, "cursor": cursor}).json()
        found += answer[key]
        cursor = answer["next"]
    return found


def test_figures_come_page_by_page(client: TestClient) -> None:
    """Two incidents a page give the same figures as all at once, each once."""
    whole = client.get("/api/v1/figures?limit=50").json()
    assert whole["next"] is None
    paged = every(client, "/api/v1/figures", "figures", limit=2)
    assert paged == whole["figures"]
    ids = [(f["incident"], f["figure"]["id"]) for f in paged]
    assert len(set(ids)) == len(ids) > 10


def test_a_figure_names_its_speaker_its_words_and_those_beside_it(client: TestClient) -> None:
    """What it is compared with stands in the same answer."""
    rows = client.get("/api/v1/figures?limit=50&measure=killed").json()["figures"]
    assert {row["figure"]["counts"] for row in rows} == {"killed"}
    ids = {row["figure"]["id"] for row in rows}
    compared = [c for row in rows for c in row["comparisons"]]
    assert compared
    assert all({c["a"], c["b"]} <= ids for c in compared)
    assert all(row["figure"]["speaker"] is not None for row in rows)
    assert all(row["figure"]["words"]["words"] for row in rows)


@pytest.mark.parametrize("policy", ["lowest", "highest", "ucdp", "acled", "majority"])
def test_a_policy_gives_the_cells_of_the_incidents(client: TestClient, policy: str) -> None:
    """The same as an incident's row holds under the policy's name."""
    cells = every(client, f"/api/v1/figures/{policy}", "cells", limit=3)
    rows = client.get("/api/v1/incidents?limit=1000").json()["incidents"]
    held = {
        (row["incident"], counts): cell[policy]
        for row in rows for counts, cell in row["figures"].items() if policy in cell
    }  # fmt: skip
    assert {(c["incident"], c["measure"]): [c["low"], c["best"], c["high"]] for c in cells} == held
    assert held


def test_nothing_is_said_in_a_sentence(client: TestClient) -> None:
    """Where no figure fits it says so; an unknown policy or measure is a problem."""
    for path in ("figures", "figures/ucdp"):
        answer = client.get(f"/api/v1/{path}?place=atlantis").json()
        assert not answer.get("figures") and not answer.get("cells")  # noqa: PT018
        assert answer["nothing"]
    assert client.get("/api/v1/figures/average").status_code == 422
    assert client.get("/api/v1/figures?measure=kiled").status_code == 400


def test_figures_as_known_at(client: TestClient) -> None:
    """Before anything was entered there were none."""
    assert client.get("/api/v1/figures?at=2020-01-01").json()["figures"] == []
    assert client.get("/api/v1/figures/ucdp?at=2020-01-01").json()["cells"] == []
