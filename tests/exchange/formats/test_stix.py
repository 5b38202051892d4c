"""A STIX 2.1 bundle, read back strictly by stix2."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from sayso.exchange.columns import Told
from sayso.exchange.formats.stix import EXTENSION, TLP, TLP_EXTENSION, to_stamp
from sayso.exchange.leaving import Asked
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from tests.exchange.formats.conftest import Leave

stix2 = pytest.importorskip("stix2", reason="a tool of tests")


def objects_of(leave: Leave, asked: Asked | None = None) -> list[Any]:
    """The objects, as stix2 makes them with nothing custom allowed."""
    bundle = stix2.parse(leave("stix", asked).read_text("utf-8"), allow_custom=False)
    assert type(bundle).__name__ == "Bundle"
    return list(bundle.objects)


def extension_of(thing: Any) -> Any:
    """What sayso says beside STIX."""
    return json.loads(json.dumps(thing["extensions"][EXTENSION], default=dict))


def test_stix2_takes_every_object(leave: Leave) -> None:
    """As its own class, under an id that is a UUID; each id is in the bundle once."""
    objects = objects_of(leave)
    kinds = {each["type"] for each in objects}
    assert kinds == {
        "marking-definition", "identity", "extension-definition", "incident", "location",
        "relationship", "report", "note",
    }  # fmt: skip
    assert not any(isinstance(each, dict) for each in objects)
    ids = [each["id"] for each in objects]
    assert len(ids) == len(set(ids))
    assert all(uuid.UUID(id_.partition("--")[2]).version for id_ in ids)
    for each in objects:
        refs = (each.get("object_refs"), each.get("object_marking_refs"))
        assert {r for some in refs for r in some or ()} <= set(ids)


def test_it_is_marked_by_tlp_2(leave: Leave) -> None:
    """By the id that OASIS gives the level; each object of the ledger is."""
    objects = objects_of(leave, Asked(tlp="amber+strict"))
    (marking,) = [o for o in objects if o["type"] == "marking-definition"]
    assert marking["id"] == TLP["amber+strict"]
    assert marking["id"] == "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
    assert marking["extensions"][TLP_EXTENSION]["tlp_2_0"] == "amber+strict"
    for each in objects:
        if each["type"] in ("incident", "report", "note", "location", "relationship"):
            assert each["object_marking_refs"] == [marking["id"]]


def test_incidents_and_claims_are_as_the_ledger_says(leave: Leave, odd: Ledger) -> None:
    """Figures with their open ends, origins, times; the speaker's certainty is no confidence."""
    objects = objects_of(leave, Asked(policy="highest"))
    incidents = [o for o in objects if o["type"] == "incident"]
    assert len(incidents) == len(odd.incidents())
    for each in incidents:
        own = extension_of(each)
        view = view_incident(odd, own["incident"])
        assert (own["origins_min"], own["origins_max"]) == (view.at_least, view.at_most)
        assert own["policy"] == "highest"
        cells = Told(view, (), "highest").cells
        told = [[f.get(b) for b in ("low", "best", "high")] for f in own.get("figures", ())]
        assert told == [[c.low, c.best, c.high] for c in cells]
    notes = {n["content"]: n for n in objects if n["type"] == "note"}
    toll = extension_of(notes["Up to 40 were wounded"])
    assert toll["chain"] == ["Harbour Press", "the fire brigade"]
    assert toll["stated"][0]["high"] == 40
    assert "low" not in toll["stated"][0]
    assert not any("confidence" in each for each in objects)
    assert all(n["object_refs"][0].startswith("report--") for n in notes.values())


def test_unknown_stays_unknown(leave: Leave) -> None:
    """No location where none is told, no point for a town, no day for a report without one."""
    objects = objects_of(leave)
    (ambush,) = [o for o in objects if o["type"] == "incident" and o["name"] == "attack"]
    assert not {"time", "place"} & set(extension_of(ambush))
    assert ambush["id"] not in {o["source_ref"] for o in objects if o["type"] == "relationship"}
    for each in objects:
        if each["type"] == "location":
            assert "latitude" not in each
            assert len(each["country"]) == 2
    (undated,) = [o for o in objects if "published-not-known" in o.get("labels", ())]
    assert undated["name"] == "Dozens of fighters killed"
    assert "published_start" not in extension_of(undated)
    vague = [extension_of(n) for n in objects if n["type"] == "note" and "Dozens" in n["content"]]
    assert not {"low", "best", "high"} & set(vague[0]["stated"][0])


def test_instants_are_in_utc_to_the_millisecond() -> None:
    """A day is its midnight, which the label of the extension tells apart."""
    assert to_stamp("2024-05-02") == "2024-05-02T00:00:00.000Z"
    assert to_stamp("2024-05-02T10:00:01.5+02:00") == "2024-05-02T08:00:01.500Z"
