"""The tools of `sayso mcp`, and the server that offers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field

from sayso import __version__
from sayso.assistant.answers import DATA, MOST_INCIDENTS, MOST_ROWS, Answers
from sayso.assistant.bounds import Answer
from sayso.assistant.refused import PlainServer
from sayso.errors import SaysoError
from sayso.incidents.deciding import Decision, decide
from sayso.ledger import Filters
from sayso.pipeline.defects import defect_words
from sayso.record.links import Policy

INSTRUCTIONS = f"""\
A ledger of attributed claims read in news reports: who says what, on whose word, how sure, about
which event. Say with every statement who says it and give its claim (c13.4) and report (r12, with
its address). Certainty is the speaker's, never the ledger's: a claim that is "confirmed" is one
that its speaker calls so. Origins are counted as an interval [at least, at most]; many reports may
have one origin. The ledger never says what is true, and nor should you on its account. {DATA}"""

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
Handle = Annotated[str, Field(min_length=1, max_length=200)]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS)]
Few = Annotated[int, Field(ge=1, le=MOST_INCIDENTS)]
Cursor = Annotated[str | None, Field(max_length=500, description="`next` of the page before.")]
Known = Annotated[
    str | None, Field(max_length=40, description="As the ledger knew it then: a day or an instant.")
]
TOOLS = {
    "find_claims": "Claims that fit, the newest first: words and spans, the chain of who says it "
    "on whose word, certainty, events, figures, and the report with its address.",
    "find_incidents": "Incidents that fit, those last told of first: type, time, place, reports, "
    "figures, and origins as an interval [at least, at most].",
    "get_incident": "One incident, by its id or the handle of a report (r12): claims under their "
    "chains, states over time, figures by speaker and how they compare, origins with the ground "
    "of every join, copies, denials, what the grounds exclude, and what people decided.",
    "figures": "What a named policy makes of the figures of incidents that fit: low, best and high "
    "by measure, the figures as stated with their words, and the claims that each rests on.",
    "get_report": "One report (r12): publisher, date, address, 8,000 characters of its text from "
    "`text_from` on, and what was read there; spans are characters of the whole text.",
    "judge": "Accept a claim as read rightly, reject it as misread, or note something about it. "
    "The entry is signed and stays; a person can withdraw it.",
}


class Search(BaseModel):
    """What to look for; what is left out asks for nothing."""

    model_config = ConfigDict(extra="forbid", str_max_length=300)
    words: str | None = Field(
        default=None, description='Words that must all occur; "in this order", captur*.'
    )
    actor: str | None = Field(default=None, description="Who takes part: a name, Kenya or KEN.")
    place: str | None = Field(default=None, description="Where: a name, Kenya or KEN.")
    type: str | None = Field(default=None, description="A type of event: capture, attack, …")
    measure: str | None = Field(default=None, description="What is counted: killed, wounded, …")
    speaker: str | None = Field(default=None, description="Who says it, on any hop of the chain.")
    certainty: str | None = Field(default=None, description="confirmed, stated, denied, …")
    from_day: str | None = Field(default=None, description="The event's first day: 2024-12-27.")
    to_day: str | None = Field(default=None, description="The event's last day.")
    as_known_at: Known = None

    def filters(self) -> Filters:
        """The same as the ledger is asked."""
        return Filters(
            words=self.words, actor=self.actor, place=self.place, type=self.type,
            measure=self.measure, speaker=self.speaker, certainty=self.certainty,
            from_=self.from_day, to=self.to_day, as_known_at=self.as_known_at,
        )  # fmt: skip


ALL = Search()


@dataclass(frozen=True, slots=True)
class Tools:
    """What an assistant may call; `by` is who answers for what it decides."""

    answers: Answers
    by: str = ""

    def find_claims(self, search: Search = ALL, limit: Limit = 20, cursor: Cursor = None) -> Answer:
        """Claims that fit."""
        return _in_words(lambda: self.answers.find_claims(search.filters(), limit, cursor))

    def find_incidents(
        self, search: Search = ALL, limit: Limit = 20, cursor: Cursor = None
    ) -> Answer:
        """Incidents that fit."""
        return _in_words(lambda: self.answers.find_incidents(search.filters(), limit, cursor))

    def get_incident(self, incident: Handle, as_known_at: Known = None) -> Answer:
        """One incident."""
        return _in_words(lambda: self.answers.get_incident(incident, as_known_at))

    def figures(
        self, policy: Policy = "ucdp", search: Search = ALL, limit: Few = 10, cursor: Cursor = None
    ) -> Answer:
        """Figures by policy."""
        return _in_words(lambda: self.answers.figures(search.filters(), policy, limit, cursor))

    def get_report(
        self, report: Handle, text_from: Annotated[int, Field(ge=0)] = 0, as_known_at: Known = None
    ) -> Answer:
        """One report."""
        return _in_words(lambda: self.answers.get_report(report, text_from, as_known_at))

    def judge(
        self, action: Literal["accept", "reject", "note"],
        target: Annotated[str, Field(pattern=r"^c\d{1,18}\.\d{1,9}$", description="c13.4")],
        reason: Annotated[str, Field(min_length=3, max_length=2000)],
    ) -> Answer:  # fmt: skip
        """A decision about a claim."""
        said = Decision(action, target)
        by = f"{self.by}, by an assistant"

        def judged() -> Answer:
            (made,) = decide(self.answers.ledger, said, by=by, reason=reason)
            return self.answers.judged(made)

        return _in_words(judged)


def make_server(answers: Answers, by: str | None = None) -> PlainServer:
    """The server; with `by`, an assistant may also decide about claims, in that name."""
    server = PlainServer("sayso", version=__version__, instructions=INSTRUCTIONS, log_level="ERROR")
    tools = Tools(answers, by or "")
    for name, description in TOOLS.items():
        writes = name == "judge"
        if by is not None or not writes:
            server.add_tool(
                getattr(tools, name), name=name, description=description,
                annotations=_WRITES if writes else _READS,
            )  # fmt: skip
    return server


def _in_words(ask: Callable[[], Answer]) -> Answer:
    """An answer; an error of ours as words, a defect without words of a report."""
    try:
        return ask()
    except SaysoError as error:
        raise ToolError(str(error)) from None
    except Exception as error:  # noqa: BLE001 - its message may hold a report's words
        raise ToolError(defect_words(error)) from None
