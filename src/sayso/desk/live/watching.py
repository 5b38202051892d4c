"""Feeds watched and webhooks told beside the requests, for as long as the desk runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from sayso.desk.asking import Desk
from sayso.desk.live.telling import Teller
from sayso.errors import LedgerError
from sayso.intake.fetch import Fetcher
from sayso.pipeline.defects import defect_words
from sayso.pipeline.watch import Watch

AGAIN = 5.0  # seconds until what the ledger stopped (it was locked) begins again
LOG = logging.getLogger("sayso.desk")


@asynccontextmanager
async def watching(app: FastAPI) -> AsyncIterator[None]:
    """Watch and tell while the desk runs, where it was started so."""
    desk: Desk = app.state.desk
    if not desk.settings.watch:
        yield
        return
    stop = threading.Event()
    threads = [
        threading.Thread(target=work, args=(desk, stop), name=work.__name__, daemon=True)
        for work in (_watch, _tell)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(2.0)


def _watch(desk: Desk, stop: threading.Event) -> None:
    with Fetcher(inner=desk.settings.inner) as fetcher:

        def run() -> None:
            for _ in Watch(desk.ledger, fetcher, stop=stop).run():
                pass

        _keep_going(run, stop)


def _tell(desk: Desk, stop: threading.Event) -> None:
    with Fetcher(inner=desk.settings.inner) as fetcher:
        _keep_going(lambda: Teller(desk.ledger, fetcher).run(stop), stop)


def _keep_going(run: Callable[[], None], stop: threading.Event) -> None:
    """Run till `stop` is set, again where it was broken off: the desk goes on meanwhile."""
    while not stop.is_set():
        try:
            run()
        except LedgerError as error:
            LOG.warning("stopped for a while: %s", error.what)
        except Exception as error:  # noqa: BLE001 - the desk goes on
            LOG.error("stopped for a while: %s", defect_words(error))  # noqa: TRY400
        stop.wait(AGAIN)
