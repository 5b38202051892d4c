"""A server that answers right, wrong, late, malformed, hostile, or not at all."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from sayso.errors import InputError, ModelError, SaysoError
from sayso.llm import client
from sayso.llm.answer import LARGEST
from sayso.llm.reader import ModelReader
from sayso.llm.settings import Settings
from sayso.reading.reader import Reader
from tests.llm.conftest import RIGHT, Model, claim, complete, make_report, send

Make = Callable[..., ModelReader]


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy server is asked again at once."""
    from openai import _base_client  # noqa: PLC0415

    monkeypatch.setattr(_base_client, "INITIAL_RETRY_DELAY", 0.001)
    monkeypatch.setattr(_base_client, "MAX_RETRY_DELAY", 0.001)


def status(code: int, **heads: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """A server that answers with a code."""
    return lambda request: send(request, b'{"error": {"message": "no"}}', code, **heads)


def test_an_answer_that_does_not_fit_is_asked_for_anew_with_the_errors(
    model: Model, make_reader: Make
) -> None:
    """The second answer stands; the model saw what was wrong with the first."""
    model.answers = [{"claims": [claim("x", certainty="sure")]}, RIGHT]
    assert len(make_reader().read(make_report()).claims) == 2
    assert len(model.asked) == 2
    assert "certainty" in model.said()


def test_invented_words_are_asked_about_once(model: Model, make_reader: Make) -> None:
    """With those words; then what is there is taken."""
    model.answers = [{"claims": [claim("Seven ships were sunk by nobody")]}]
    reading = make_reader().read(make_report())
    assert len(model.asked) == 2
    assert "Seven ships were sunk by nobody" in model.asked[1]["messages"][-1]["content"]
    assert reading.claims == ()


@pytest.mark.parametrize("wrong", ["not JSON", "[]", "{}", '{"claims": 3}', "", "null"])
def test_answers_that_never_fit_are_refused_after_so_many(
    model: Model, make_reader: Make, wrong: str
) -> None:
    """Bounded, with the reason, and the report's name."""
    model.answers = [wrong]
    with pytest.raises(InputError, match=r"pier\.txt: what the model answered is not as asked"):
        make_reader(retries=1).read(make_report())
    assert len(model.asked) == 2


def test_an_unknown_type_of_event_is_named_with_those_near_it(
    model: Model, make_reader: Make
) -> None:
    """The model is told which types there are."""
    event = {"type": "captured", "trigger": "captured"}
    model.answers = [{"claims": [claim("Seven ships stayed in port", events=[event])]}, RIGHT]
    make_reader().read(make_report())
    assert "nearest: capture" in model.said()


def late(request: BaseHTTPRequestHandler) -> None:
    """Says nothing for longer than anybody waits."""
    time.sleep(3)
    request.close_connection = True


def drip(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then: no single wait is long."""
    request.send_response(200)
    request.end_headers()
    for _ in range(30):
        try:
            request.wfile.write(b" ")
            request.wfile.flush()
        except OSError:
            return
        time.sleep(0.1)


@pytest.mark.parametrize("slow", [late, drip])
def test_a_late_answer_is_none(model: Model, make_reader: Make, slow: Any) -> None:
    """One report takes so long and no longer, tries included."""
    model.answers = [slow]
    with pytest.raises(InputError, match=r"no answer in 0\.5 s"):
        make_reader(timeout=0.5).read(make_report())


def large(request: BaseHTTPRequestHandler) -> None:
    """More than any answer is, without saying how much."""
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    try:
        for _ in range(300):
            request.wfile.write(b" " * 65_536)
    except OSError:
        return


def bomb(request: BaseHTTPRequestHandler) -> None:
    """A megabyte of nothing, packed."""
    send(request, gzip.compress(b" " * 1_000_000), Content_Encoding="gzip")


def deep(request: BaseHTTPRequestHandler) -> None:
    """JSON that nests deeper than a parser goes."""
    send(request, b"[" * 200_000)


def deep_inside(request: BaseHTTPRequestHandler) -> None:
    """The same, inside a completion."""
    send(request, complete('{"claims": ' + "[" * 100_000))


def not_json(request: BaseHTTPRequestHandler) -> None:
    """A web page."""
    send(request, b"<html>busy</html>")


def no_choices(request: BaseHTTPRequestHandler) -> None:
    """A completion of nothing."""
    send(request, json.dumps({"id": "x", "object": "chat.completion", "choices": []}).encode())


def odd_usage(request: BaseHTTPRequestHandler) -> None:
    """Tokens that are none."""
    send(request, complete("{}", usage={"prompt_tokens": -5, "completion_tokens": "many"}))


def hang_up(request: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    request.close_connection = True
    request.connection.close()


@pytest.mark.parametrize(
    "hostile",
    [large, bomb, deep, deep_inside, not_json, no_choices, odd_usage, hang_up,
     status(429), status(500), status(400), status(429, Retry_After="0.001")],
)  # fmt: skip
def test_a_hostile_or_broken_server_costs_one_report(
    model: Model, make_reader: Make, hostile: Any
) -> None:
    """Refused with the report's name and no word of it; then the next is read."""
    reader = make_reader(retries=0)
    model.answers = [hostile]
    with pytest.raises(InputError) as refused:
        reader.read(make_report())
    assert str(refused.value).startswith("pier.txt: ")
    assert "Marrow" not in str(refused.value)
    model.answers = [RIGHT]
    assert len(reader.read(make_report(name="next.txt")).claims) == 2


def test_a_busy_server_is_asked_again(model: Model, make_reader: Make) -> None:
    """Twice."""
    model.answers = [status(429), status(500), RIGHT]
    assert len(make_reader().read(make_report()).claims) == 2


@pytest.mark.parametrize(
    ("code", "words"), [(401, "refuses the key"), (403, "refuses the key"), (404, "has no model")]
)
def test_what_fails_for_all_ends_the_run(
    model: Model, make_reader: Make, code: int, words: str
) -> None:
    """No other report would be read."""
    model.answers = [status(code)]
    with pytest.raises(ModelError, match=words):
        make_reader().read(make_report())


def test_a_redirect_is_not_followed(model: Model, make_reader: Make) -> None:
    """The text goes where it was sent, and nowhere else."""
    elsewhere = Model()
    model.answers = [status(307, Location=elsewhere.url + "/chat/completions")]
    with pytest.raises(ModelError, match=r"sends elsewhere \(307\)"):
        make_reader().read(make_report())
    assert elsewhere.asked == []
    elsewhere.server.shutdown()
    elsewhere.server.server_close()


def test_a_server_that_is_gone_ends_the_run(make_reader: Make, model: Model) -> None:
    """After three reports."""
    model.answers = [hang_up]
    reader = make_reader(timeout=5.0)
    for _ in range(2):
        with pytest.raises(InputError):
            reader.read(make_report())
    with pytest.raises(ModelError, match="3 times"):
        reader.read(make_report())


def test_what_a_server_never_read_costs_nothing(make_reader: Make, model: Model) -> None:
    """One that is not there, and one that turns whoever asks away; who hangs up may have read."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    gone = make_reader(timeout=5.0)
    gone.client = client.Client(replace(gone.settings, base_url=f"http://127.0.0.1:{port}/v1"))
    with pytest.raises(InputError, match="gave no answer"):
        gone.read(make_report())
    gone.close()
    assert (gone.spent.total, gone.spent.asked) == (0, 1)
    for answers, least in ((status(401), 0), (hang_up, 500)):
        model.answers = [answers]
        reader = make_reader(timeout=5.0)
        with pytest.raises(SaysoError):
            reader.read(make_report())
        assert reader.spent.total >= least
        assert bool(reader.spent.total) == bool(least)


def test_a_refused_key_is_told_before_anything_is_loaded(model: Model) -> None:
    """So is every other reason for which no report has an answer."""

    def load() -> Reader:
        raise AssertionError("loaded")

    model.answers = [status(401)]
    reader = ModelReader(Settings("stub", model.url), load)
    with pytest.raises(ModelError, match="refuses the key"):
        reader.read(make_report())
    reader.close()


def test_a_closed_reader_leaves_nothing_open(make_reader: Make) -> None:
    """No thread and no connection; who asks it all the same is told, and it is closed but once."""
    reader = make_reader(cache=None)
    reader.read(make_report())
    held = reader.client
    reader.close()
    reader.close()
    assert held._http.is_closed
    assert not held._thread.is_alive()
    assert held._loop.is_closed()
    with pytest.raises(InputError, match="the run was stopped"):
        reader.read(make_report())


def test_who_waits_for_an_answer_when_it_is_closed_waits_no_longer(
    model: Model, make_reader: Make
) -> None:
    """However late the server is."""
    came, done = threading.Event(), threading.Event()

    def never(request: BaseHTTPRequestHandler) -> None:
        came.set()
        done.wait(30)
        request.close_connection = True

    model.answers = [never]
    reader = make_reader()
    ended: list[BaseException] = []

    def ask() -> None:
        try:
            reader.read(make_report())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it came
            ended.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert came.wait(20)
    reader.close()
    asking.join(20)
    done.set()
    assert ended
    assert not reader.client._thread.is_alive()


def test_no_proxy_stands_between_this_machine_and_itself(
    model: Model, make_reader: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy of the environment would read what was to stay here."""
    proxy = Model()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    make_reader().read(make_report())
    assert (len(model.asked), proxy.asked) == (1, [])
    proxy.server.shutdown()
    proxy.server.server_close()


def test_the_key_goes_to_the_server_and_into_no_message(model: Model, make_reader: Make) -> None:
    """Nor is it shown with the settings, nor is another program's key taken."""
    reader = make_reader(key="sesame-1")
    reader.read(make_report())
    assert model.heads[0]["authorization"] == "Bearer sesame-1"
    assert model.heads[0]["accept-encoding"] == "identity"
    assert "sesame" not in repr(reader.settings)
    model.answers = [status(401)]
    with pytest.raises(ModelError) as refused:
        make_reader(key="sesame-1", cache=None).read(make_report())
    assert "sesame" not in str(refused.value)


def test_no_key_is_taken_from_another_program(
    model: Model, make_reader: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OPENAI_API_KEY is for OpenAI, not for whichever server is asked."""
    monkeypatch.setenv("OPENAI_API_KEY", "not-yours")
    monkeypatch.setenv("OPENAI_ORG_ID", "not-yours")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "not-yours")
    make_reader().read(make_report())
    assert "not-yours" not in str(model.heads)


@pytest.mark.parametrize("output", ["tool", "prompted"])
def test_other_ways_to_ask_for_the_form(model: Model, make_reader: Make, output: str) -> None:
    """For servers that know no JSON schema."""
    if output == "tool":
        call = {"id": "t1", "type": "function",
                "function": {"name": "final_result", "arguments": json.dumps(RIGHT)}}  # fmt: skip
        body = json.loads(complete(""))
        body["choices"][0]["message"] = {"role": "assistant", "content": None, "tool_calls": [call]}
        model.answers = [lambda request: send(request, json.dumps(body).encode())]
    assert len(make_reader(output=output).read(make_report()).claims) == 2
    assert ("tools" in model.asked[0]) == (output == "tool")


def test_the_bounds_are_those_of_the_page() -> None:
    """docs/llm.md says them."""
    assert (LARGEST, client.TRIES, client.MENDED) == (4_000_000, 2, 0.25)
    assert Settings("m", "http://127.0.0.1/v1").retries == 2
