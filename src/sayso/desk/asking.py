"""What every request may carry: the instant that it looks at, who acts, a list's filters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import unquote, urlencode

from fastapi import Depends, Query, Request, Response
from pydantic import AfterValidator

from sayso import __version__
from sayso.desk.accounts.door import Door
from sayso.desk.accounts.who import NOBODY, Who
from sayso.desk.answers.log import Checker
from sayso.desk.live.presence import Presence
from sayso.desk.live.tail import Tail
from sayso.desk.problems import Problem
from sayso.desk.rights import Permission, Rights, who_may
from sayso.desk.settings import Settings
from sayso.errors import UsageError
from sayso.ledger import Filters, Head, Ledger

THEMES = ("light", "dark")
BY_COOKIE, THEME_COOKIE = "sayso_by", "sayso_theme"
COOKIE_DAYS = 365


@dataclass(frozen=True, slots=True)
class Desk:
    """What a running desk holds."""

    ledger: Ledger
    settings: Settings
    tail: Tail
    checker: Checker
    door: Door
    rights: Rights
    presence: Presence = field(default_factory=Presence)


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: the desk that it is put to, the instant that it looks at, who puts it."""

    request: Request
    desk: Desk
    at: str | None  # ISO 8601 in UTC; None is now
    by: str
    theme: str | None
    who: Who

    @property
    def ledger(self) -> Ledger:
        """The open ledger, as who asks may see it: the only door to it for a request."""
        return self.desk.ledger.seen_by(self.who.clearance, marks=self.may("mark"))

    def may(self, permission: Permission) -> bool:
        """True where who asks may do this."""
        return permission in self.who.permissions

    @property
    def may_decide(self) -> bool:
        """True where who asks may decide here: nobody may in the past."""
        return not self.at and self.may("judge")

    def need(self, permission: Permission, what: str) -> None:
        """Refuse what not only the route, but also what is asked of it makes a permission need."""
        if not self.may(permission):
            roles = " or ".join(who_may(permission))
            raise Problem(403, f"you may not {what}", f"it needs the role {roles}")

    def link(self, path: str, **asked: Any) -> str:
        """An address of the desk that looks at the same instant; what is not asked for is left out.

        `link("/incidents", q="dam")`; `at=None` leads to now.
        """
        asked = {"at": self.at, **asked}
        left = {k.rstrip("_"): v for k, v in asked.items() if v not in (None, "")}
        return f"{path}?{urlencode(left)}" if left else path

    def here(self, **changed: Any) -> str:
        """This page's address with some of what it asks for changed."""
        held = {k: v for k, v in self.request.query_params.items() if v}
        changed = {k.rstrip("_"): v for k, v in changed.items()}
        return self.link(self.request.url.path, **{**held, "at": self.at, **changed})

    def table(self, table: str, of: str | None) -> str:
        """The address that takes along what this page lists, or a table `of` one thing."""
        held = {} if of else {k: v for k, v in self.request.query_params.items() if v}
        return self.link(f"/tables/{table}", **{**held, "at": self.at, "of": of})


def desk_of(request: Request) -> Desk:
    """The desk that a request is put to."""
    desk: Desk = request.app.state.desk
    return desk


def ask(
    request: Request,
    at: Annotated[
        str | None,
        Query(
            max_length=40,
            description="As known at: a day, or a time in UTC; the ledger as it was then.",
            examples=["2024-12-27T12:00"],
        ),
    ] = None,
) -> Asking:
    """What a request carries; raises UsageError where its instant is none or yet to come."""
    desk = desk_of(request)
    theme = request.cookies.get(THEME_COOKIE)
    who: Who = request.scope.get("state", {}).get("who", NOBODY)
    return Asking(
        request,
        desk,
        desk.ledger.instant(at) if at else None,
        who.name or unquote(request.cookies.get(BY_COOKIE, "")) or desk.settings.by,
        theme if theme in THEMES else None,
        who,
    )


Asked = Annotated[Asking, Depends(ask)]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=200, description="`next` of the page before."),
    AfterValidator(lambda said: said or None),
]


def _words(description: str, **more: Any) -> Any:
    return Query(max_length=400, description=description, **more)


def filters(  # noqa: PLR0913, PLR0917 - FastAPI reads the names of the filters here
    asked: Asked,
    q: Annotated[str | None, _words('Words that all occur; "in quotes" in that order.')] = None,
    place: Annotated[
        str | None,
        _words("A name, a country or its code, a gazetteer id."),
    ] = None,
    actor: Annotated[str | None, _words("Who takes part: a name, a country or its code.")] = None,
    type_: Annotated[
        str | None, _words("What happened, a type of the ontology.", alias="type")
    ] = None,
    measure: Annotated[str | None, _words("What a figure counts: killed, captured, …")] = None,
    speaker: Annotated[str | None, _words("Who says it, on any hop of the chain.")] = None,
    certainty: Annotated[str | None, _words("How sure: stated, confirmed, denied, …")] = None,
    from_: Annotated[str | None, _words("The event's first day.", alias="from")] = None,
    to: Annotated[str | None, _words("The event's last day.")] = None,
) -> Filters:
    """The filters that a request's address holds; an empty field of a form asks for nothing."""
    said = {
        "words": q, "place": place, "actor": actor, "type": type_, "measure": measure,
        "speaker": speaker, "certainty": certainty, "from_": from_, "to": to,
    }  # fmt: skip
    kept: dict[str, Any] = {n: v.strip() for n, v in said.items() if v and v.strip()}
    for name, value in kept.items():
        if not value.isprintable():
            raise UsageError(f"{name.rstrip('_')}: a sign that no word holds; write it without")
    return Filters(as_known_at=asked.at, **kept)


def flag_of(
    flag: Annotated[
        str | None,
        _words("What to look at: disagreement, differs, denied, only_parties, one_origin, …"),
    ] = None,
) -> str | None:
    """The flag that a list is asked for."""
    return flag.strip() or None if flag else None


Flag = Annotated[str | None, Depends(flag_of)]
Filtered = Annotated[Filters, Depends(filters)]


def etag(asked: Asking, head: Head) -> str:
    """The mark of an answer: the same as long as nothing was entered into the ledger."""
    who = asked.who  # one browser may be several people's, one after another
    seen_by = f"{who.account} {who.role} {who.clearance}"
    made_of = f"{__version__} {head.hash} {head.entries} {asked.request.url} {seen_by}"
    return f'"{hashlib.sha256(made_of.encode()).hexdigest()[:24]}"'


class Unchanged(Exception):  # noqa: N818 - nothing went wrong
    """The asker holds this answer already."""

    def __init__(self, mark: str) -> None:
        super().__init__(mark)
        self.mark = mark


def fresh(asked: Asked, response: Response) -> None:
    """Mark an answer that rests on the chain alone; ends with Unchanged where the asker has it.

    Not for what lies beside the chain: feeds, saved views.
    """
    mark = etag(asked, asked.ledger.head())
    if mark in asked.request.headers.get("if-none-match", ""):
        raise Unchanged(mark)
    response.headers["etag"] = mark
    response.headers["cache-control"] = "private, no-cache"


def not_modified(_: Request, error: Exception) -> Response:
    """304 for Unchanged."""
    assert isinstance(error, Unchanged)  # noqa: S101 - for the type checker
    return Response(status_code=304, headers={"etag": error.mark})


def no_past(asked: Asking) -> None:
    """Refuse to decide while looking at the past: what is decided holds from now on."""
    if asked.at:
        raise Problem(409, "you look at the past here", "go back to now, then decide")
