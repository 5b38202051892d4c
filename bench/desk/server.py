"""`python -m bench.desk.server URL`: a desk that says how long each answer took it.

Prints its address. `Server-Timing` has the milliseconds by the clock and by the processor until the
answer began; the processor's are the whole process's, so they tell something where one asks alone.
"""

from __future__ import annotations

import gc
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.datastructures import MutableHeaders

from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Timed:
    """Notes the time that an answer took."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        wall, cpu = time.perf_counter(), time.process_time()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = (time.perf_counter() - wall) * 1000
                worked = (time.process_time() - cpu) * 1000
                said = f"clock;dur={took:.2f}, processor;dur={worked:.2f}"
                MutableHeaders(scope=message)["server-timing"] = said
            await send(message)

        await self.app(scope, receive, timed)


def main() -> None:
    """Serve until the process is ended."""
    with Ledger.open(sys.argv[1], maker="bench", create=False, linking=Linking()) as ledger:
        listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        app: Any = Timed(create_app(ledger, Settings(by="bench")))
        gc.freeze()  # as `sayso serve` does
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


if __name__ == "__main__":
    main()
