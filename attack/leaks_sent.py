"""What is sent or answered without being a page: webhooks, Python, and what a model is asked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import sayso
from attack.planted import FIELDS, planted
from attack.search import ALIAS, NAME, look, names_in
from attack.tally import Tally
from sayso.cli.model import make_reader
from sayso.desk.accounts.account import named
from sayso.desk.answers.webhooks import add_webhook
from sayso.desk.live.telling import Teller
from sayso.errors import InputError, SaysoError
from sayso.ledger import Ledger
from sayso.llm.answer import Answer
from sayso.llm.settings import Settings
from sayso.record.marking import Marking
from tests.ledger.conftest import said_by

LEVELS: tuple[Marking, ...] = ("clear", "green", "amber", "amber+strict")


class _Taken:
    """In the place of a fetcher: all that webhooks are sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """Take it."""
        self.bodies.append(repr((url, dict(headers))).encode() + content)


def webhooks(tally: Tally, ledger: Ledger) -> None:
    """All changes from the ledger's first entry on, told to somebody who sees amber."""
    add_webhook(ledger, "https://hook.example/", {}, "asker", named(ledger, "asker").id)
    (hook,) = ledger.kept("webhook")
    taken = _Taken()
    Teller(ledger, taken).tell(  # type: ignore[arg-type]
        ledger.keep("webhook", {**hook.value, "entry": 0}, hook.id)
    )
    tally.expect(bool(taken.bodies), "no webhook was told anything that could be looked through")
    for n, body in enumerate(taken.bodies):
        look(tally, f"webhook {n}", body)
    look(tally, "what is kept of webhooks", repr(ledger.kept("webhook")).encode())


def python(tally: Tally, where: Path) -> None:
    """Rows, tables, what notebooks show, pictures and errors of a ledger opened from Python."""
    for level in LEVELS:
        for unmasked in (False, True):
            with sayso.Ledger(where, clearance=level, unmasked=unmasked) as ledger:
                for what, ask in _asked_from_python(ledger):
                    try:
                        told = str(ask())
                    except (SaysoError, ImportError) as error:
                        told = f"{error!r} {error}"
                    look(tally, f"Python, {level}, {what}", told.encode())


def _asked_from_python(ledger: sayso.Ledger) -> Iterator[tuple[str, Callable[[], Any]]]:
    answers = {"claims": ledger.claims, "figures": ledger.figures, "sources": ledger.sources,
               "reports": ledger.reports, "incidents": ledger.incidents}  # fmt: skip
    for what, answer in answers.items():
        held = answer()
        yield what, lambda h=held: f"{h!r} {h._repr_html_()} {[str(row) for row in h]}"
        yield f"the table of {what}", lambda h=held: h.to_pandas().to_csv()
    yield "the ledger", lambda: repr(ledger)
    yield "claims of nobody", lambda: ledger.claims(speaker="Quillan")
    yield "no incident", lambda: ledger.incident("r0")
    for row in ledger.incidents():
        view = ledger.incident(row.incident)
        yield row.incident, lambda v=view: f"{v!r} {v.to_dict()} {v._repr_html_()}"
        yield f"tables of {row.incident}", lambda v=view: v.to_pandas().to_csv()
        yield f"a picture of {row.incident}", lambda v=view: v.chart().svg
        yield f"the chains of {row.incident}", lambda v=view: v.chains().svg
    for report in ledger.reports():
        yield report.report, lambda r=report: ledger.reading(r.report).to_dict()
        yield f"{report.report} shown", lambda r=report: ledger.reading(r.report)._repr_html_()


class _Model:
    """In the place of a server: an answer that says all of a text again."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def ask(self, name: str, text: str, *_: Any) -> Answer:
        """Note what is sent."""
        self.sent.append(name + text)
        return Answer.model_validate({"claims": [{
            "words": [text[:200]], "certainty": "stated", "speakers": [],
        }]})  # fmt: skip

    def close(self) -> None:
        """It is none."""


def model(tally: Tally, ledger: Ledger, folder: Path) -> None:
    """The planted reports, read by a model here and one elsewhere: what it is sent, what is kept.

    Nothing that names the protected one is sent elsewhere; nothing of it is kept of one here.
    """
    asked, open_ = _Model(), said_by("Maud Ellery", "Six boats sank off Odda on Monday").report
    reports = [planted(n, field, said).report
               for n, (field, said) in enumerate(product(FIELDS, (NAME, ALIAS)))]  # fmt: skip
    for url in ("http://127.0.0.1:9/v1", "https://model.example/v1"):
        asked.sent.clear()
        reader = make_reader(Settings("stub", url, cache=folder), ledger, private=False)
        reader.client = asked  # type: ignore[assignment]
        for report in reports:
            with contextlib.suppress(InputError):
                reader.read(report)
        tally.expect(len(asked.sent) > 5 or "127" not in url, "no model of this machine was asked")
    reader.read(open_)
    tally.expect(bool(asked.sent), "what need not stay was not asked about elsewhere")
    kept = [file for file in folder.rglob("*") if file.is_file()] if folder.exists() else []
    tally.expect(bool(kept), "what need not stay was not kept, so that this shows nothing")
    for text in asked.sent:
        if names_in(text.encode()):
            tally.leaks.append(f"what a model elsewhere is asked: {names_in(text.encode())[:4]}")
    for file in kept:
        look(tally, "what is kept of a model's answers", file.read_bytes())
