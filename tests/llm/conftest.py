"""A server of a language model that does what a test says, and a report to ask about."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sayso.intake import make_capture
from sayso.llm.reader import ModelReader
from sayso.llm.settings import Settings
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import Report

TEXT = (
    "Dockers flee after raid on Bergen pier\n\n"
    "BERGEN, March 4 (Fjordwire) - The Harbour Patrol Service said on Tuesday that an allied coast "
    "guard had confirmed that armed men captured two guards at Bergen pier on Monday.\n\n"
    "“We counted nearly 40 wounded dockers,” said Ilse Marrow, a port doctor.\n\n"
    "Armed men reportedly killed seven sailors, the Harbour Patrol Service said. The raiders may "
    "have left by boat. Seven ships stayed in port.\n"
)


def claim(*words: str, **said: Any) -> dict[str, Any]:
    """A claim as a model gives it: the words, and what is not as usual."""
    return {"words": list(words), "certainty": "stated", "speakers": [], **said}


def hop(source: str, cue: str) -> dict[str, str]:
    """One speaker as a model gives it."""
    return {"source": source, "cue": cue}


SERVICE, GUARD = "The Harbour Patrol Service", "an allied coast guard"
CAPTURE = claim(
    "armed men captured two guards at Bergen pier on Monday",
    near="The Harbour Patrol Service said on Tuesday that an allied coast guard had confirmed",
    speakers=[hop(SERVICE, "said"), hop(GUARD, "had confirmed")],
    certainty="confirmed", certainty_words="confirmed",
    events=[{
        "type": "capture", "trigger": "captured", "time": "Monday", "place": "Bergen",
        "participants": [{"words": "armed men", "part": "doer"},
                         {"words": "two guards", "part": "undergoer"}],
    }],
    figures=[{"words": "two guards", "counts": "captured"}],
)  # fmt: skip
WOUNDED = claim(
    "We counted nearly 40 wounded dockers",
    speakers=[hop("Ilse Marrow, a port doctor", "said")],
    figures=[{"words": "nearly 40 wounded dockers", "counts": "wounded"}],
)  # fmt: skip
RIGHT = {"claims": [CAPTURE, WOUNDED]}


class Model:
    """An OpenAI-compatible server on this machine: answers from a list, the last for ever."""

    def __init__(self) -> None:
        self.answers: list[Any] = [RIGHT]
        self.asked: list[dict[str, Any]] = []
        self.heads: list[dict[str, str]] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers.get("content-length", 0))
                model.asked.append(json.loads(self.rfile.read(size)))
                model.heads.append({k.lower(): v for k, v in self.headers.items()})
                now = model.answers.pop(0) if len(model.answers) > 1 else model.answers[0]
                if callable(now):
                    now(self)
                else:
                    send(self, complete(now if isinstance(now, str) else json.dumps(now)))

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def said(self, n: int = -1) -> str:
        """All words of a request's messages."""
        return json.dumps(self.asked[n]["messages"], ensure_ascii=False)


def complete(content: str, **more: Any) -> bytes:
    """A chat completion with a content."""
    return json.dumps({
        "id": "c1", "object": "chat.completion", "created": 1, "model": "stub",
        "choices": [{"index": 0, "finish_reason": "stop",
                     "message": {"role": "assistant", "content": content}}],
        "usage": {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500}, **more,
    }).encode()  # fmt: skip


def send(request: BaseHTTPRequestHandler, body: bytes, status: int = 200, **heads: str) -> None:
    """Answer a request; underscores of a header's name stand for hyphens."""
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    for key, value in heads.items():
        request.send_header(key.replace("_", "-"), value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


@pytest.fixture
def model() -> Iterator[Model]:
    """A model's server of this test's own."""
    made = Model()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="session")
def own() -> Reader:
    """The reader by rules, which parses."""
    return Reader(learned=False)


@pytest.fixture
def make_reader(model: Model, own: Reader, tmp_path: Path) -> Iterator[Callable[..., ModelReader]]:
    """A function from settings that differ to a reader that asks the stub, closed at the end."""
    made: list[ModelReader] = []

    def make(**settings: Any) -> ModelReader:
        usual: dict[str, Any] = {"cache": tmp_path / "cache", "timeout": 20.0}
        made.append(ModelReader(Settings("stub", model.url, **{**usual, **settings}), lambda: own))
        return made[-1]

    yield make
    for each in made:
        each.close()


def make_report(text: str = TEXT, name: str = "pier.txt") -> Report:
    """The report of a text."""
    (report,) = find_reports(make_capture(name, text.encode()), published="2025-03-04")
    return report
