"""The feeds watched beside the requests, for as long as the desk runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from sayso.desk.asking import Desk
from sayso.errors import LedgerError
from sayso.intake.fetch import Fetcher
from sayso.pipeline.defects import defect_words
from sayso.pipeline.watch import Watch

AGAIN = 5.0  # seconds until a watch that the ledger stopped (it was locked) begins again
LOG = logging.getLogger("sayso.desk")


@asynccontextmanager
async def watching(app: FastAPI) -> AsyncIterator[None]:
    """Watch while the desk runs, where it was started so."""
    desk: Desk = app.state.desk
    if not desk.settings.watch:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(desk, stop), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(2.0)


def _watch(desk: Desk, stop: threading.Event) -> None:
    with Fetcher(inner=desk.settings.inner) as fetcher:
        while not stop.is_set():
            try:
                for _ in Watch(desk.ledger, fetcher, stop=stop).run():
                    pass
            except LedgerError as error:
                LOG.warning("watching stopped for a while: %s", error.what)
            except Exception as error:  # noqa: BLE001 - the desk goes on
                LOG.error("watching stopped for a while: %s", defect_words(error))  # noqa: TRY400
            stop.wait(AGAIN)
