"""A claim that was missed, added by its words: by form, by the API, taken back."""

from __future__ import annotations

import html as markup
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk.answers.new_claim import find_words, numbers_in
from sayso.errors import UsageError
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading, Span

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TEXT = (
    "Nine people drowned when a ferry sank off Rostock on Monday, the coast guard said.\n\n"
    "The mayor's list, pinned to the door of the town hall, has\nthirty-one names on it.\n\n"
    "Divers found a lorry. Later the divers found a lorry again.\n"
)


@pytest.fixture
def report(empty_ledger: Ledger, tmp_path: Path) -> str:
    """A report in which one count was said in words that read as none."""
    path = tmp_path / "given.jsonl"
    told = {"id": "ferry", "text": TEXT, "publisher": "Harbour Gazette", "published": "2031-05-06"}
    path.write_text(json.dumps(told), "utf-8")
    readings = [o for o in read_all([str(path)], Ask()) if isinstance(o, Reading)]
    return empty_ledger.add(readings)[0].report


def typed_in(html: str) -> dict[str, str]:
    """The fields of a form as it came, by name."""
    found = {}
    for name, rest in re.findall(r'name="field" value="(\w+)">(.*?)(?=<input type="hidden" name="f|'
                                 r'<label for="reason")', html, re.DOTALL):  # fmt: skip
        value = re.search(r'<option value="([^"]*)" selected', rest) or re.search(
            r'<input [^>]*name="value" value="([^"]*)"', rest
        )
        area = re.search(r"<textarea[^>]*>([^<]*)</textarea>", rest)
        given = area or value
        found[name] = markup.unescape(given[1]) if given else ""
    return found


def form_of(values: dict[str, str], reason: str = "it was missed") -> dict[str, Any]:
    """What a browser sends."""
    return {"field": list(values), "value": list(values.values()), "reason": reason}


def test_a_claim_is_added_by_form(
    empty_client: TestClient, empty_ledger: Ledger, report: str
) -> None:
    """Its words come with where they begin; what is beside them is offered; it counts at once."""
    where = f"/reports/{report}/add"
    words, near = "has thirty-one names on it", TEXT.index("has\nthirty")
    form = empty_client.get(where, params={"words": words, "near": near}).text
    typed = typed_in(form)
    assert typed["words"] == words
    assert (typed["best"], typed["type"], typed["place"]) == ("31", "death", "Rostock")
    typed |= {"speaker": "The mayor", "counts": "killed"}
    unsaid = empty_client.post(where, data=form_of(typed, " "))
    assert unsaid.status_code == 400
    assert typed_in(unsaid.text) == typed  # nothing lost
    done = empty_client.post(where, data=form_of(typed))
    assert done.status_code == 200
    assert "added by hand" in done.text
    assert "it was missed" in done.text
    (row,) = [r for r in empty_ledger.incidents() if r.main]
    stated = {f.best: f for f in view_incident(empty_ledger, row.incident).figures}
    assert stated[31].speaker == "The mayor"
    claim = empty_ledger.claim(stated[31].claim)
    assert claim.content == "has thirty-one names on it"
    assert list(empty_ledger.verify()) == []


def test_an_added_claim_is_taken_back_where_it_stands(
    empty_client: TestClient, empty_ledger: Ledger, report: str
) -> None:
    """Undo marks it rejected; the rejection has its own undo, after which it counts again."""
    said = {"claim": {"words": "Divers found a lorry", "near": 0}, "reason": "told by nobody else"}
    made = empty_client.post(f"/api/v1/reports/{report}/claims", json=said)
    assert made.status_code == 201
    claim, entry = made.json()["target"], made.json()["entry"]
    shown = empty_client.get(f"/reports/{report}").text
    assert f'action="/judgements/{entry}/withdraw"' in shown
    back = {"reason": "no claim", "back": f"/claims/{claim}"}
    gone = empty_client.post(f"/judgements/{entry}/withdraw", data=back)
    assert f'class="claim rejected" id="{claim}"' in gone.text
    (reject,) = [j for j in empty_ledger.judgements(claim) if j.action == "reject"]
    again = empty_client.post(f"/judgements/{reject.entry}/withdraw", data=back)
    assert f'class="claim stands" id="{claim}"' in again.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": "forty names"}, "does not stand in the report"),
        ({"words": " "}, "give the words"),
        ({"counts": "killed"}, "needs a number"),
        ({"counts": "killed", "best": -1}, "from 0 on"),
        ({"counts": "killed", "low": 5, "high": 4}, "go up"),
        ({"best": 9}, "what the number counts"),
        ({"low": 2, "high": 9}, "what the number counts"),
        ({"type": "accident", "country": "DEU"}, "stands with a place"),
        ({"type": "accident", "country": "Narnia", "place": "Cair"}, "no code of ISO 3166-1"),
        ({"place": "Rostock", "country": "Germany"}, "Germany is DEU"),
        ({"type": "praise"}, "is no type"),
        ({"type": "accident", "start": "soon"}, "is no day"),
        ({"type": "accident", "start": "2031-05-06", "end": "2031-05-05"}, "before the first"),
    ],
)
def test_what_makes_no_claim_is_said(
    wrong: dict[str, Any], says: str, empty_client: TestClient, empty_ledger: Ledger, report: str
) -> None:
    """400 with what is wrong; nothing is entered."""
    said = {"claim": {"words": "Divers found a lorry", **wrong}, "reason": "r"}
    before = empty_ledger.head()
    answer = empty_client.post(f"/api/v1/reports/{report}/claims", json=said)
    assert answer.status_code == 400
    assert says in answer.json()["detail"]
    assert empty_ledger.head() == before


def test_one_sentence_may_make_two_claims(empty_client: TestClient, report: str) -> None:
    """What differs in its range or its polarity alone is another claim; the very same is none."""
    killed = {"words": "has thirty-one names on it", "counts": "killed", "best": 31}
    many = [killed, {**killed, "high": 40, "bound": "range"}, {**killed, "polarity": "negative"}]
    answers = [
        empty_client.post(
            f"/api/v1/reports/{report}/claims", json={"claim": claim, "reason": "it was missed"}
        )
        for claim in (*many, killed)
    ]
    assert [a.status_code for a in answers] == [201, 201, 201, 400]
    assert answers[0].json()["target"].startswith("c")
    assert "already: c" in answers[3].json()["detail"]


def test_nothing_is_added_to_the_past_or_to_nothing(empty_client: TestClient, report: str) -> None:
    """409 while looking at the past, 404 for a report that is not there."""
    for method in (empty_client.get, empty_client.post):
        assert method(f"/reports/{report}/add", params={"at": "2020-01-01"}).status_code in (
            409,
            422,
        )
        assert method("/reports/r999/add").status_code in (404, 422)
    said = {"claim": {"words": "x"}, "reason": "r"}
    assert empty_client.post("/api/v1/reports/r999/claims", json=said).status_code == 404


def test_words_are_found_across_lines_and_nearest() -> None:
    """Line breaks count as spaces; of words that stand twice those where they were selected."""
    assert find_words("a b\nc a b c", "b c") == Span(2, 5)
    assert find_words("a b\nc a b c", "b c", 7) == Span(8, 11)
    with pytest.raises(UsageError):
        find_words("abc", "d")


def test_numbers_are_found_in_words() -> None:
    """In digits and in words, each where it stands; `second` and `often` hold none."""
    text = "1,200 men and thirty-one boats, two hundred and five oars, a second often"
    found = [(n, text[s.start : s.end]) for n, s in numbers_in(text, Span(0, len(text)))]
    assert found == [(1200, "1,200"), (31, "thirty-one"), (205, "two hundred and five")]
