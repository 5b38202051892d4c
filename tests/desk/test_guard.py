"""What every answer carries and what is refused."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sayso.desk.settings import check_host
from sayso.errors import LedgerBusyError, UsageError
from sayso.ledger import Ledger


@pytest.mark.parametrize("path", ["/incidents", "/no", "/api/v1/incidents", "/static/desk.css"])
def test_every_answer_has_the_policy(path: str, client: TestClient) -> None:
    """Errors and files too: nothing inline, nothing from elsewhere, in no other site's frame."""
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")


def test_another_name_for_this_machine_is_refused(client: TestClient) -> None:
    """A page that made its own name lead here (DNS rebinding) reads nothing."""
    answer = client.get("/api/v1/incidents", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "incidents" not in answer.json()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str], client: TestClient) -> None:
    """What changes something must come from the desk's own pages, or from no browser."""
    assert client.post("/views", data={"name": "x"}, headers=headers).status_code == 403
    assert client.get("/api/v1/views").json() == []
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert client.post("/views", data={"name": "x"}, headers=own).status_code == 200


def test_markup_is_shown_as_text(empty_client: TestClient) -> None:
    """A report's own script is words on the page, wherever they are shown."""
    evil = "<script>alert(1)</script>"
    for path in (f"/incidents?q={evil}", f"/incidents?type={evil}", f"/{evil}"):
        assert "<script>alert" not in empty_client.get(path).text


def test_a_way_back_leads_to_no_other_site(client: TestClient) -> None:
    """`back` of the form about oneself stays on the desk."""
    for back in ("https://evil.example", "//evil.example", "/\\evil.example"):
        answer = client.post("/me", data={"by": "Bo", "back": back}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    assert "Bo" in client.get("/incidents").text


def test_problems_have_one_shape(client: TestClient) -> None:
    """JSON under /api, a page elsewhere, both with what is wrong."""
    for path, status in (("no", 404), ("incidents?at=x", 400), ("incidents?limit=0", 422),
                         ("incidents?cursor=x", 400), ("incidents?q=%00", 400)):  # fmt: skip
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == status, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) == {"type", "title", "status", "detail", "mend"}
    assert "<h1>" in client.get("/incidents?at=x").text


def test_a_busy_ledger_is_said_and_nothing_typed_is_lost(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 with what to do, and what was typed stands on the page."""

    def busy(*_: object) -> None:
        raise LedgerBusyError("another writer holds the ledger", "try again")

    monkeypatch.setattr(Ledger, "keep", busy)
    answer = client.post("/views", data={"name": "my precious view", "asks": ""})
    assert answer.status_code == 503
    assert "try again" in answer.text
    assert "my precious view" in answer.text


def test_a_defect_is_said_without_its_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 with the policy and no word of what was being handled."""

    def broken(*_: object, **__: object) -> None:
        raise ValueError("Jane Roe")

    monkeypatch.setattr(Ledger, "incident_list", broken)
    for path in ("/incidents", "/api/v1/incidents"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "Jane Roe" not in answer.text
        assert "content-security-policy" in answer.headers


def test_the_desk_listens_on_this_machine_alone() -> None:
    """Without accounts any other address, and any name from elsewhere, is refused with why."""
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.2"):
        assert "localhost" in check_host(host, (), accounts=False)
    for host in ("0.0.0.0", "192.168.1.4", "desk.example", "::", ""):  # noqa: S104
        with pytest.raises(UsageError, match="no accounts"):
            check_host(host, (), accounts=False)
    with pytest.raises(UsageError, match="no accounts"):
        check_host("127.0.0.1", ("desk.example",), accounts=False)


def test_with_accounts_the_desk_answers_to_the_names_that_it_is_given() -> None:
    """An address is a name; that of all addresses is none, so that one must be said."""
    assert "192.168.1.4" in check_host("192.168.1.4", (), accounts=True)
    assert "[fd00::4]" in check_host("fd00::4", (), accounts=True)
    assert "desk.example" in check_host("0.0.0.0", ("Desk.example",), accounts=True)  # noqa: S104
    for host in ("0.0.0.0", "::"):  # noqa: S104
        with pytest.raises(UsageError, match="--name"):
            check_host(host, (), accounts=True)
