"""Who speaks: the list, one of them, beside whom, and grades."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from sayso.ledger import Ledger

LAWYERS = "Darfur Lawyers"  # of an example that tells of a toll on which three differ


def key_of(ledger: Ledger, name: str) -> str:
    """The key of the source whose name has these words."""
    return ledger.sources(name).rows[0].key


def test_the_list_leads_to_each(client: TestClient, ledger: Ledger) -> None:
    """Names, reports and claims; part of a name finds; whoever is not there is said."""
    html = client.get("/sources", params={"name": LAWYERS}).text
    address = f"/sources/{quote(key_of(ledger, LAWYERS), safe='')}"
    assert f'href="{address}"' in html.replace("&#39;", "%27")
    assert client.get(address).status_code == 200
    assert "zzzz" in client.get("/sources", params={"name": "zzzz"}).text
    assert client.get("/sources/nobody%7Cperson%7C").status_code == 404
    assert "No such" not in client.get("/sources").text


def test_pages_of_the_list(client: TestClient) -> None:
    """A cursor leads on; nobody is met twice."""
    first = client.get("/api/v1/sources", params={"limit": 5}).json()
    second = client.get("/api/v1/sources", params={"limit": 5, "cursor": first["next"]}).json()
    keys = [s["key"] for s in first["sources"] + second["sources"]]
    assert keys == sorted(set(keys))
    assert len(keys) == 10


def test_with_whom_one_agrees_and_disagrees(client: TestClient, ledger: Ledger) -> None:
    """Every pair counts the same thing, one side is the speaker's; the words lead to claims."""
    shown = client.get(f"/api/v1/sources/{quote(key_of(ledger, LAWYERS), safe='')}").json()
    assert shown["beside"]
    for other in shown["beside"]:
        pairs = other["pairs"]
        assert other["agrees"] + other["disagrees"] == len(pairs)
        for pair in pairs:
            assert pair["own_figure"]["counts"] == pair["other_figure"]["counts"]
            assert LAWYERS in pair["own_figure"]["speaker"]
            assert LAWYERS not in pair["other_figure"]["speaker"]
    assert any(other["disagrees"] for other in shown["beside"])
    page = client.get(f"/sources/{quote(key_of(ledger, LAWYERS), safe='')}").text
    claim = shown["beside"][0]["pairs"][0]["other_figure"]["claim"]
    assert f'href="/claims/{claim}"' in page


def test_a_grade_has_a_name_a_day_and_a_reason(client: TestClient, ledger: Ledger) -> None:
    """Given by form, shown with who and why, withdrawn again; a wrong one gives back the words."""
    key = key_of(ledger, LAWYERS)
    address = f"/sources/{quote(key, safe='')}"
    bad = client.post(address, data={"grade": "Z", "reason": "a <b>feeling</b>"})
    assert bad.status_code == 400
    assert "a &lt;b&gt;feeling&lt;/b&gt;" in bad.text
    done = client.post(address, data={"grade": "B", "reason": "right five times"})
    assert done.status_code == 200
    assert "right five times" in done.text
    assert "by Ada" in done.text
    (judged,) = ledger.judgements(key)
    assert client.get("/api/v1/sources", params={"name": LAWYERS}).json()["sources"][0][
        "grade"
    ] == "B"  # fmt: skip
    client.post(f"/judgements/{judged.entry}/withdraw", data={"reason": "no", "back": address})
    assert ledger.judgements(key) == ()
    assert "Nobody has graded it" in client.get(address).text


def test_a_source_as_it_was_known(client: TestClient, ledger: Ledger) -> None:
    """Before the first report there is nobody, and nothing can be graded there."""
    address = f"/sources/{quote(key_of(ledger, LAWYERS), safe='')}"
    assert client.get(address, params={"at": "2020-01-01"}).status_code == 404
    past = client.post(address, params={"at": "2020-01-01"}, data={"grade": "A", "reason": "x"})
    assert past.status_code == 409
