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


def test_two_sources_are_joined_and_parted(client: TestClient, ledger: Ledger) -> None:
    """Found by part of a name, joined with a reason, shown with who and why, and undone there."""
    keys = [s.key for s in ledger.sources("army", limit=10).rows][:2]
    one, other = (f"/sources/{quote(key, safe='')}" for key in keys)
    names = [ledger.source_page(key).source.name for key in keys]
    sought = client.get(one, params={"seek": "army"}).text
    assert f'value="{keys[1]}"' in sought.replace("&#39;", "'")
    assert f'value="{keys[0]}"' not in sought.replace("&#39;", "'")
    nobody = client.post(one, data={"action": "join", "reason": "x", "seek": "army"})
    assert (nobody.status_code, "choose whom" in nobody.text) == (400, True)
    bare = client.post(one, data={"action": "join", "other": keys[1], "seek": "army"})
    assert bare.status_code == 400
    assert " checked" in bare.text
    said = {"action": "join", "other": keys[1], "reason": "a <b>brass plate</b> says so"}
    done = client.post(one, data=said)
    assert "a &lt;b&gt;brass plate&lt;/b&gt; says so" in done.text
    assert "by Ada" in done.text
    assert names[0] in client.get(other).text.split("<h1>")[1].split("</h1>")[0]
    shown = client.get(f"/api/v1{other}").json()["source"]
    assert (shown["key"], shown["joined"]) == (keys[0], [keys[1]])
    (tie,) = shown["ties"]
    log = client.get("/log").text
    assert f"and {keys[1]}".replace("'", "&#39;") in log
    assert f'href="{one}"' in log
    again = client.post(one, data=said)
    assert again.status_code == 400
    assert "they are one already" in again.text
    withdrawn = {"reason": "two plates", "back": f"{one}#one"}
    client.post(f"/judgements/{tie['entry']}/withdraw", data=withdrawn)
    assert client.get(f"/api/v1{other}").json()["source"]["key"] == keys[1]


def test_what_a_rule_takes_for_one_can_be_split(client: TestClient, ledger: Ledger) -> None:
    """The page says whom rules count as one with it, and why; who knows better says so."""
    for row in ledger.sources(limit=200).rows:
        shown = client.get(f"/api/v1/sources/{quote(row.key, safe='')}").json()
        if shown["alike"]:
            break
    alike, address = shown["alike"][0], f"/sources/{quote(row.key, safe='')}"
    assert alike["words"].split(":")[0] in client.get(address).text.replace("&#39;", "'")
    said = {"action": "split", "other": alike["key"], "reason": "two offices"}
    done = client.post(address, data=said)
    assert "two offices" in done.text
    after = client.get(f"/api/v1{address}").json()
    assert alike["key"] not in {a["key"] for a in after["alike"]}
    assert [t["action"] for t in after["source"]["ties"]] == ["split"]
    assert list(ledger.verify()) == []


def test_judgements_on_sources_by_the_api(client: TestClient, ledger: Ledger) -> None:
    """Join and split take keys; an incident's own are told apart by them."""
    keys = [s.key for s in ledger.sources(limit=3).rows]
    said = {"action": "join", "target": keys[0], "other": keys[1], "reason": "one office"}
    made = client.post("/api/v1/judgements", json=said)
    assert made.status_code == 201
    assert made.json()["detail"] == {"other": keys[1]}
    split = {"action": "split", "target": keys[2], "apart": keys[:1], "reason": "another"}
    assert client.post("/api/v1/judgements", json=split).status_code == 201
    wrong = {"action": "join", "target": keys[0], "other": keys[2], "reason": "no"}
    assert client.post("/api/v1/judgements", json=wrong).status_code == 400
    entry = made.json()["entry"]
    gone = client.delete(f"/api/v1/judgements/{entry}", params={"reason": "two offices"})
    assert gone.status_code == 200
    assert ledger.source_page(keys[1]).source.key == keys[1]
