"""A report's page, its diff, its claims, and what people decide there."""

from __future__ import annotations

import html as markup
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk.pages.report_text import runs_of_report
from sayso.ledger import Filters, Ledger
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EVIL = "<script>alert(1)</script>"
HOSTILE = {
    "id": f"{EVIL}.txt",
    "title": f"Ferry sinks {EVIL} <b>off Seaport</b>",
    "publisher": '"><img src=x onerror=alert(1)>',
    "url": "javascript:alert(1)",
    "published": "2031-05-06",
    "text": (
        f"Nine people drowned {EVIL} when a ferry sank off Seaport, the <i>guard</i> said.\n\n"
        "“{{ 7*7 }} boats were lost,” harbour master Ida \u202eBerg told “><img src=x> reporters.\n"
    ),
}


def read_lines(tmp_path: Path, *reports: dict[str, str]) -> list[Reading]:
    """The readings of reports given as JSON lines."""
    path = tmp_path / "given.jsonl"
    path.write_text("\n".join(json.dumps(report) for report in reports), "utf-8")
    return [o for o in read_all([str(path)], Ask()) if isinstance(o, Reading)]


def words_of_page(html: str) -> str:
    """The text of the report as its page shows it: the pieces, their markup taken off."""
    pieces = re.findall(r'<span[^>]* data-at="\d+"[^>]*>([^<]*)</span>', html)
    return "".join(markup.unescape(piece) for piece in pieces)


def a_claim(ledger: Ledger, **filters: Any) -> Any:
    """The newest claim that fits and was read in a report that tells of it last."""
    return ledger.claims(Filters(**filters)).rows[0]


def test_every_report_stands_whole_on_its_page(client: TestClient, ledger: Ledger) -> None:
    """No character lost and none twice; each claim has a card, and a link to its words and back."""
    for report in ledger.reports(limit=100).rows:
        page = ledger.report_page(report.report)
        answer = client.get(f"/reports/{report.report}")
        assert answer.status_code == 200
        pieces = [x for run in runs_of_report(page) for p in run.paragraphs for x in p.pieces]
        assert "".join(piece.text for piece in pieces) == page.reading.report.text
        for n, claim in enumerate(page.reading.claims):
            handle = page.handle(n)
            assert answer.text.count(f' id="{handle}"') == 1
            if claim.content:
                assert f'id="w{handle}" href="#{handle}"' in answer.text
                assert f'href="#w{handle}"' in answer.text


def test_markup_in_a_report_shows_as_text(
    empty_ledger: Ledger, empty_client: TestClient, tmp_path: Path
) -> None:
    """In its title, publisher, name, address and words; on every page that tells of it."""
    empty_ledger.add(read_lines(tmp_path, HOSTILE))
    report = empty_ledger.reports().rows[0].report
    claims = [c.claim for c in empty_ledger.claims().rows]
    assert claims
    empty_ledger.judge("note", claims[0], by=f"Bo {EVIL}", reason=f"a note {EVIL}")
    sources = [s.key for s in empty_ledger.sources().rows]
    paths = [f"/reports/{report}", f"/reports/{report}/diff/{report}", "/sources"]
    paths += [f"/claims/{claim}/correct?words={EVIL}" for claim in claims]
    for path in paths + [f"/sources/{key}" for key in sources]:
        html = empty_client.get(path).text
        assert "<script>alert" not in html, path
        assert "<img" not in html, path
        assert 'href="javascript' not in html, path
        assert "\u202e" not in re.sub(r"<[^>]+>", "", html), path
    shown = empty_client.get(f"/reports/{report}").text
    assert EVIL in words_of_page(shown)
    assert "{{ 7*7 }} boats" in words_of_page(shown)
    assert "U+202E" in shown


def test_a_claim_leads_to_its_words(client: TestClient, ledger: Ledger) -> None:
    """/claims/{c} goes to the report at the claim; an unknown one says so."""
    claim = a_claim(ledger)
    answer = client.get(f"/claims/{claim.claim}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/reports/{claim.report.report}#{claim.claim}"
    for path in ("/claims/c999.0", "/claims/x", "/reports/r999", "/reports/x"):
        assert client.get(path).status_code == 404


def test_a_claim_of_an_earlier_reading_leads_there(
    client: TestClient, ledger: Ledger, example_readings: list[Reading]
) -> None:
    """Its page says that it is an earlier one, and offers nothing to decide."""
    claim = a_claim(ledger)
    ledger.add(example_readings, reread=True)
    answer = client.get(f"/claims/{claim.claim}")
    assert "This is an earlier reading" in answer.text
    assert f'id="{claim.claim}"' in answer.text
    assert "/judge" not in answer.text


def test_decisions_about_a_claim(client: TestClient, ledger: Ledger) -> None:
    """Rejected by form: marked with who and why; undone by form; nothing without a reason."""
    claim = a_claim(ledger).claim
    where = f"/claims/{claim}"
    bad = client.post(f"{where}/judge", data={"action": "reject", "reason": " "})
    assert bad.status_code == 400
    done = client.post(f"{where}/judge", data={"action": "reject", "reason": "a <b>mistake</b>"})
    assert done.status_code == 200
    assert "rejected" in done.text
    assert "by Ada" in done.text
    assert "a &lt;b&gt;mistake&lt;/b&gt;" in done.text
    assert f'class="claim rejected" id="{claim}"' in done.text
    (judged,) = ledger.judgements(claim)
    back = client.post(
        f"/judgements/{judged.entry}/withdraw",
        data={"reason": "no mistake", "back": where}, follow_redirects=False,
    )  # fmt: skip
    assert (back.status_code, back.headers["location"]) == (303, where)
    assert ledger.judgements(claim) == ()
    away = client.post(
        f"/judgements/{judged.entry}/withdraw", data={"reason": "x", "back": "//evil.example"}
    )
    assert away.status_code == 400  # it was withdrawn before


def test_a_claim_is_corrected_by_form(client: TestClient, ledger: Ledger) -> None:
    """A count, a certainty, a day and a place at once: each kept with its old value."""
    claim = next(c for c in ledger.claims(Filters(measure="captured"), limit=50).rows if c.events)
    form = client.get(f"/claims/{claim.claim}/correct").text
    names = re.findall(r'name="field" value="([^"]+)"', form)
    held = dict.fromkeys(names, "")
    for name in names:
        field = re.search(rf'id="v-{re.escape(name)}" name="value" value="([^"]*)"', form)
        choice = re.search(
            rf'id="v-{re.escape(name)}" name="value">.*?value="([^"]*)" selected', form, re.DOTALL
        )
        found = field or choice
        assert found, name
        held[name] = markup.unescape(found[1])
    new = {
        **held, "figure.0.best": "2,345", "certainty": "possible", "event.0.time.start":
        "2031-05-01", "event.0.time.end": "2031-05-01", "event.0.place.name": "Oslo",
        "event.0.place.country": "nor",
    }  # fmt: skip
    data = {"field": list(new), "value": list(new.values())}
    missing = client.post(f"/claims/{claim.claim}/correct", data={**data, "reason": ""})
    assert missing.status_code == 400
    assert 'value="2,345"' in missing.text  # what was typed is still there
    assert ledger.judgements(claim.claim) == ()
    done = client.post(f"/claims/{claim.claim}/correct", data={**data, "reason": "as it says"})
    assert done.status_code == 200
    assert "2,345" in done.text
    now = ledger.claim(claim.claim)
    assert (now.certainty, now.figures[0].best) == ("possible", 2345)
    assert now.events[0]["when"]["start"] == "2031-05-01"
    assert now.events[0]["where"]["country"] == "NOR"
    assert now.events[0]["where"]["gazetteer_id"].startswith("geonames:")
    assert len(ledger.judgements(claim.claim)) == 4


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("figure.0.best", "many", "is no number"),
        ("nothing.9", "x", "nothing was changed"),
        ("certainty", "sure", "does not fit"),
        ("figure.0.low", "999999999", "do not go up"),
        ("event.0.place.country", "Russia", "Russia is RUS"),
    ],
)
def test_a_wrong_value_is_said_and_not_lost(
    name: str, value: str, says: str, client: TestClient, ledger: Ledger
) -> None:
    """The form comes back with the words that were typed and what to write."""
    claims = ledger.claims(Filters(measure="captured"), limit=50).rows
    claim = next(c.claim for c in claims if c.events and c.events[0]["where"])
    data = {"field": [name], "value": [value], "reason": "because I say so"}
    answer = client.post(f"/claims/{claim}/correct", data=data)
    assert answer.status_code == 400
    assert says in answer.text
    assert "because I say so" in answer.text


def test_words_that_were_selected_are_offered(client: TestClient, ledger: Ledger) -> None:
    """A number for the figure, digits or words; the reason quotes them."""
    claim = a_claim(ledger, measure="captured").claim
    for words, number in (("nearly 3,000 men", "3000"), ("seventeen", "17")):
        form = client.get(f"/claims/{claim}/correct", params={"words": words}).text
        assert re.search(rf'id="v-figure.0.best" name="value" value="{number}"', form)
        assert f"the text says “{words}”" in form


def test_a_word_about_a_report(client: TestClient, ledger: Ledger) -> None:
    """Kept by form with who, shown as text, taken back; nothing for a report that is not there."""
    report = ledger.reports().rows[0].report
    said = client.post(f"/reports/{report}/note", data={"reason": "missed: “<b>six</b> boats”"})
    assert said.status_code == 200
    assert "missed: “&lt;b&gt;six&lt;/b&gt; boats”" in said.text
    (judged,) = ledger.judgements(report)
    assert (judged.action, judged.by) == ("note", "Ada")
    assert f'action="/judgements/{judged.entry}/withdraw"' in said.text
    assert client.post("/reports/r999/note", data={"reason": "x"}).status_code == 404
    past = client.post(f"/reports/{report}/note", params={"at": "2020-01-01"}, data={"reason": "x"})
    assert past.status_code == 409


def test_nothing_is_decided_in_the_past(client: TestClient, ledger: Ledger) -> None:
    """A replayed page has no forms, and a form that is sent there is refused."""
    claim = a_claim(ledger)
    at = {"at": claim.learnt}
    assert "/judge" not in client.get(f"/reports/{claim.report.report}", params=at).text
    data = {"action": "reject", "reason": "x"}
    assert client.post(f"/claims/{claim.claim}/judge", params=at, data=data).status_code == 409
    assert client.get(f"/reports/{claim.report.report}", params={"at": "2020-01-01"}).is_error


def test_versions_and_what_changed(
    empty_ledger: Ledger, empty_client: TestClient, tmp_path: Path
) -> None:
    """The old version points at the new one; the diff marks words by signs, not colour alone."""
    url, more = "https://paper.example/ferry", "The ferry had left the harbour at dawn. " * 60
    text = "{} people drowned when a ferry sank off Seaport, the coast guard said.\n\n" + more
    six, nine = ({"id": n, "url": url, "text": text.format(n)} for n in ("Six", "Nine"))
    old, new = empty_ledger.add(read_lines(tmp_path, six, nine))
    shown = empty_client.get(f"/reports/{old.report}").text
    assert f'href="/reports/{new.report}/diff/{old.report}"' in shown
    html = empty_client.get(f"/reports/{new.report}/diff/{old.report}").text
    assert "<del>Six</del><ins>Nine</ins>" in html
    assert "unchanged …</summary>" in html
    told = re.sub(r"<summary>.*?</summary>|<[^>]+>", "", html.partition('class="diff">')[2])
    assert told.count("The ferry had left") == 60
    found = empty_client.get(f"/api/v1/reports/{new.report}/diff/{old.report}").json()
    changed = [(c["kind"], c["text"]) for c in found["changes"] if c["kind"] != "same"]
    assert changed == [("gone", "Six"), ("new", "Nine")]


def test_copies_are_marked(empty_ledger: Ledger, empty_client: TestClient, tmp_path: Path) -> None:
    """A paragraph that another report has too says so, with a link; the words carry its handle."""
    text = (
        "Nine people drowned when a ferry sank off Seaport on Monday, the coast guard said.\n\n"
        "Divers searched the hull until dawn and found three lorries and a bus under the mud.\n"
    )
    one, other = ({"id": n, "publisher": n, "text": text, "published": "2031-05-06"}
                  for n in ("Harbour Gazette", "Baltic Ledger"))  # fmt: skip
    a, b = (each.report for each in empty_ledger.add(read_lines(tmp_path, one, other)))
    html = empty_client.get(f"/reports/{a}").text
    assert f'<a href="/reports/{b}" data-shared="{b}">Baltic Ledger</a>' in html
    assert f'data-s="{b}"' in html
    (copy,) = empty_client.get(f"/api/v1/reports/{a}").json()["copies"]
    assert copy["report"]["report"] == b
    assert copy["share"] == 1


def test_reports_by_the_api(client: TestClient, ledger: Ledger) -> None:
    """The list leads on by its cursor; one report holds the wire's reading with the handles."""
    first = client.get("/api/v1/reports", params={"limit": 2}).json()
    second = client.get("/api/v1/reports", params={"limit": 2, "cursor": first["next"]}).json()
    assert len({r["report"] for r in first["reports"] + second["reports"]}) == 4
    handle = first["reports"][0]["report"]
    answer = client.get(f"/api/v1/reports/{handle}")
    shown = answer.json()
    assert shown["reading"]["schema"] == "sayso.reading/1"
    assert [c["id"] for c in shown["claims"]] == [c["id"] for c in shown["reading"]["claims"]]
    mark = answer.headers["etag"]
    again = client.get(f"/api/v1/reports/{handle}", headers={"if-none-match": mark})
    assert again.status_code == 304
    claim = a_claim(ledger)
    ledger.judge("reject", claim.claim, by="Bo", reason="a test")
    found = client.get(f"/api/v1/reports/{claim.report.report}").json()["claims"]
    assert {c["claim"]: c["standing"] for c in found}[claim.claim] == "rejected"


def test_claims_by_the_api(client: TestClient, ledger: Ledger) -> None:
    """Filters and cursor as in the ledger; one claim by its handle; none says why."""
    first = client.get("/api/v1/claims", params={"measure": "captured", "limit": 2}).json()
    second = client.get(
        "/api/v1/claims", params={"measure": "captured", "limit": 2, "cursor": first["next"]}
    ).json()
    handles = [c["claim"] for c in first["claims"] + second["claims"]]
    expected = [c.claim for c in ledger.claims(Filters(measure="captured"), limit=4).rows]
    assert handles == expected
    one = client.get(f"/api/v1/claims/{handles[0]}").json()
    assert one == first["claims"][0]
    assert client.get("/api/v1/claims", params={"q": "zzzz"}).json()["nothing"]
    assert client.get("/api/v1/claims/c999.1").status_code == 404


def test_judgements_by_the_api(client: TestClient, ledger: Ledger) -> None:
    """Made by whoever asks, listed, taken back; a bad one is refused with what to do."""
    claim = a_claim(ledger, measure="captured").claim
    new = {"action": "correct", "target": claim, "field": "figure.0.best", "new": 9, "reason": "r"}
    made = client.post("/api/v1/judgements", json=new)
    assert (made.status_code, made.json()["by"]) == (201, "Ada")
    assert ledger.claim(claim).figures[0].best == 9
    listed = client.get("/api/v1/judgements", params={"target": claim}).json()
    assert [j["entry"] for j in listed] == [made.json()["entry"]]
    gone = client.delete(f"/api/v1/judgements/{listed[0]['entry']}", params={"reason": "no"})
    assert gone.json()["withdrawn"] == listed[0]["entry"]
    assert ledger.claim(claim).figures[0].best != 9
    ends = {**new, "also": {"low": 8, "high": None}}
    assert client.post("/api/v1/judgements", json=ends).status_code == 201
    told = ledger.claim(claim).figures[0]
    assert (told.low, told.best, told.high) == (8, 9, None)
    for wrong, status in (
        ({**new, "field": "nothing"}, 400), ({**new, "target": "c999.0"}, 404),
        ({**new, "action": "praise"}, 422), ({**new, "reason": " "}, 400),
        ({**new, "value": 9}, 422), ({k: v for k, v in new.items() if k != "new"}, 400),
        ({**new, "new": 2.5}, 400), ({**new, "new": -3}, 400),
        ({**new, "new": 7}, 400), ({**new, "also": {"counts": 3}}, 400),
    ):  # fmt: skip
        answer = client.post("/api/v1/judgements", json=wrong)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
    past = client.post("/api/v1/judgements", params={"at": "2020-01-01"}, json=new)
    assert past.status_code == 409
