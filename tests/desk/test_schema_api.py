"""The API against its own description: whatever is asked, it answers as /openapi.json says."""

from __future__ import annotations

import json
import re
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

with warnings.catch_warnings():  # it is not ours to mend
    warnings.simplefilter("ignore")
    schemathesis = pytest.importorskip("schemathesis")
    jsonschema = pytest.importorskip("jsonschema")

from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

EXAMPLES = 6  # of an operation, and as many that break its description
STREAM = "/api/v1/events"  # never ends
HELD = Path(__file__).parent / "operations.txt"
OPERATIONS = [tuple(line.split()) for line in HELD.read_text("utf-8").splitlines()]
ASKED = [(method, path) for method, path, _ in OPERATIONS if path != STREAM]
# beside the chain, or not of it alone: no mark tells whether these changed
UNMARKED = ("feeds", "views", "webhooks", "verify", "events", "judgements", "review", "me",
            "exports")  # fmt: skip
PROBLEM = "application/problem+json"


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    """The description."""
    answer: dict[str, Any] = client.get("/openapi.json").json()
    return answer


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Each operation's method and path, and what is said of it."""
    return [
        (method.upper(), path, said)
        for path, methods in described["paths"].items()
        for method, said in methods.items()
    ]


def test_no_operation_comes_goes_or_is_renamed_unseen(
    described: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    """Method, path and operationId are those of operations.txt (`pytest --regold` rewrites it)."""
    lines = [f"{m} {path} {said['operationId']}" for m, path, said in operations(described)]
    text = "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.split()[1::-1]))
    if request.config.getoption("--regold"):
        HELD.write_text(text, "utf-8")
    assert len({line.split()[2] for line in lines}) == len(lines)
    assert HELD.read_text("utf-8") == text


def test_every_operation_is_described_with_examples(described: dict[str, Any]) -> None:
    """A summary, a tag, words; an example for each body and each id in a path; one error shape."""
    for method, path, said in operations(described):
        where = f"{method} {path}"
        assert said["summary"], where
        assert said["tags"], where
        assert said["description"], where
        for each in said.get("parameters", []):
            if each["in"] == "path":
                schema = each["schema"]
                assert "enum" in schema or "examples" in schema or "example" in each, where
        for form in said.get("requestBody", {}).get("content", {}).values():
            assert "examples" in json.dumps(_resolved(described, form)), where
        for status in ("400", "404", "422", "default"):
            assert list(said["responses"][status]["content"]) == [PROBLEM], where


def test_every_answer_has_an_example_that_holds(described: dict[str, Any]) -> None:
    """Of each route that answers in JSON, in the shape that is described: made by a program."""
    exemplified = 0
    for _, _, said in operations(described):
        for status, answer in said["responses"].items():
            form = answer.get("content", {}).get("application/json")
            if status.startswith("2") and form is not None:
                schema = {**form["schema"], "components": described["components"]}
                jsonschema.validate(form["example"], schema)
                exemplified += 1
    assert exemplified > 30


def _resolved(described: dict[str, Any], form: dict[str, Any]) -> Any:
    """What is said of a body, and of the noun that it is."""
    ref = form["schema"].get("$ref", "").rpartition("/")[2]
    return [form, described["components"]["schemas"].get(ref)]


def test_lists_have_a_cursor_and_everything_an_instant(described: dict[str, Any]) -> None:
    """What has a `next` takes a `cursor` and a `limit`; every question takes `at`."""
    paged = 0
    for method, path, said in operations(described):
        names = {each["name"] for each in said.get("parameters", [])}
        assert "at" in names, path
        content = said["responses"].get("200", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        noun = described["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
        holds = noun.get("properties", {})
        rows = any(each.get("type") == "array" for each in holds.values())
        if method == "GET" and "next" in holds and rows:
            assert {"cursor", "limit"} <= names, path
            paged += 1
    assert paged >= 4


@pytest.mark.parametrize(
    "path", [p for m, p, _ in OPERATIONS
             if m == "GET" and "{" not in p and p.split("/")[3].split(".")[0] not in UNMARKED],
)  # fmt: skip
def test_what_did_not_change_is_not_sent_again(path: str, client: TestClient) -> None:
    """304 for the mark of the same question, until something is entered."""
    answer = client.get(path)
    assert answer.status_code == 200
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    other = client.get(f"{path}?at=2020-01-01", headers={"If-None-Match": answer.headers["etag"]})
    assert other.status_code == 200
    ledger = client.app.state.desk.ledger  # type: ignore[attr-defined]
    claim = ledger.claims(limit=1).rows[0].claim
    ledger.judge("reject", claim, by="Ada", reason="a test")
    changed = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert changed.status_code == 200


@pytest.fixture(scope="module")
def keeps(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description as schemathesis holds an application to it."""
    path = tmp_path_factory.mktemp("held") / "held.db"
    shutil.copyfile(example_file, path)
    with Ledger.open(f"sqlite:///{path}", maker="tests", linking=Linking()) as ledger:
        app = create_app(ledger, Settings(by="Ada", hosts=("testserver",)))
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


def _hold(case: Any) -> None:
    # "no type is called so" is a 400 that a description of strings cannot foresee
    checks = schemathesis.checks
    case.call_and_validate(
        headers={"host": "testserver"},
        excluded_checks=[checks.positive_data_acceptance, checks.negative_data_rejection],
    )


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize(("method", "path"), ASKED)
def test_the_api_keeps_to_its_description(method: str, path: str, mode: Any, keeps: Any) -> None:
    """No 500, no status, type or shape that is not described, for right values and wrong ones."""
    given(case=keeps[path][method].as_strategy(generation_mode=mode))(
        settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(lambda case: _hold(case))  # noqa: PLW0108 - a new one each time: it is marked
    )()


def test_what_there_is_answers_as_described(keeps: Any, client: TestClient) -> None:
    """Each thing that the ledger holds, by its id: 200, in the shape that is described."""
    ids = _ids(client)
    asked = 0
    for method, path, _ in OPERATIONS:
        names = re.findall(r"\{(\w+)\}", path)
        if method == "GET" and names and set(names) <= set(ids):
            for chosen in zip(*(ids[name] for name in names), strict=False):
                case = keeps[path][method].Case(
                    path_parameters=dict(zip(names, chosen, strict=True))
                )
                answer = case.call(headers={"host": "testserver"})
                assert answer.status_code == 200, (path, chosen)
                case.validate_response(answer)
                asked += 1
    assert asked > 20


def _ids(client: TestClient) -> dict[str, list[str]]:
    """By the name of a path's parameter, what can stand there."""

    def held(noun: str, key: str) -> list[str]:
        return [row[key] for row in client.get(f"/api/v1/{noun}?limit=6").json()[noun]]

    incidents, reports = held("incidents", "incident"), held("reports", "report")
    return {
        "incident_id": incidents, "incident": incidents, "report": reports,
        "old": reports[1:], "claim": held("claims", "claim"), "key": held("sources", "key"),
        "table": ["figures", "claims", "states", "policies", "origins", "joins"],
        "policy": ["lowest", "highest", "ucdp", "acled", "majority", "most_recent"],
    }  # fmt: skip
