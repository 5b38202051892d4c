"""Who may do what: a permission for every route, and the permissions of every role.

A route without a line here keeps the desk from starting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.routing import compile_path

Permission = Literal[
    "read",
    "export",
    "add",
    "judge",
    "save",
    "names",
    "watch",
    "tell",
    "verify",
    "mark",
    "admin",
    "self",
]
WORDS: dict[Permission, str] = {
    "read": "see pages and answers",
    "export": "take lists and tables along as files",
    "add": "add reports",
    "judge": "decide: accept, reject, correct, join, split, grade, note, add a missed claim",
    "save": "save and forget views",
    "names": "take the names of private people along",
    "watch": "add, pause and forget feeds",
    "tell": "make and forget webhooks, which send what is new elsewhere",
    "verify": "have every entry checked",
    "mark": "mark how widely a report may be passed on, protect sources, see partners",
    "admin": "make, change and disable accounts",
    "self": "look after one's own account",
}
ALL: frozenset[Permission] = frozenset(get_args(Permission))
_READER: frozenset[Permission] = frozenset({"read", "self"})
_CODER: frozenset[Permission] = _READER | {"export", "add", "judge", "save"}
_EDITOR: frozenset[Permission] = _CODER | {"names", "watch", "tell", "verify", "mark"}
OF_ROLE: dict[str, frozenset[Permission]] = {
    "reader": _READER, "coder": _CODER, "editor": _EDITOR, "admin": ALL,
}  # fmt: skip
# what a token may be made for: an account is looked after by its owner alone
SCOPES: tuple[Permission, ...] = tuple(p for p in WORDS if p not in ("admin", "self"))

# permission, method, path. `open` needs no sign-in; a partner's request is signed.
TABLE = """
open    GET     /static/{path:path}
open    GET     /sign-in
open    POST    /sign-in
open    GET     /sign-in/oidc
open    GET     /sign-in/oidc/done
open    GET     /api/v1/partners/statements
open    GET     /api/v1/partners/stream
open    POST    /api/v1/partners/compare

read    GET     /openapi.json
read    GET     /api/v1/me
read    GET     /api/v1/incidents
read    GET     /api/v1/incidents/{incident_id}
read    GET     /api/v1/incidents/{incident_id}/chains
export  GET     /api/v1/incidents/{incident_id}/{table}.csv
read    GET     /api/v1/news
read    GET     /api/v1/figures
read    GET     /api/v1/figures/{policy}
read    GET     /api/v1/reports
add     POST    /api/v1/reports
read    GET     /api/v1/reports/{report}
judge   POST    /api/v1/reports/{report}/claims
read    GET     /api/v1/reports/{report}/diff/{old}
read    GET     /api/v1/claims
read    GET     /api/v1/claims/{claim}
read    GET     /api/v1/sources
read    GET     /api/v1/sources/{key:path}
read    GET     /api/v1/judgements
judge   POST    /api/v1/judgements
judge   DELETE  /api/v1/judgements/{entry}
judge   GET     /api/v1/review
judge   GET     /api/v1/review/rows/{incident}
judge   POST    /api/v1/review/decisions
judge   POST    /api/v1/review/presence
read    GET     /api/v1/views
save    POST    /api/v1/views
save    DELETE  /api/v1/views/{id_}
tell    GET     /api/v1/webhooks
tell    POST    /api/v1/webhooks
tell    DELETE  /api/v1/webhooks/{webhook}
read    GET     /api/v1/feeds
watch   POST    /api/v1/feeds
read    GET     /api/v1/feeds.opml
watch   POST    /api/v1/feeds.opml
read    GET     /api/v1/feeds/{feed}
watch   PATCH   /api/v1/feeds/{feed}
watch   DELETE  /api/v1/feeds/{feed}
read    GET     /api/v1/log
export  GET     /api/v1/exports
verify  GET     /api/v1/verify
verify  POST    /api/v1/verify
export  POST    /api/v1/tables/{table}
read    GET     /api/v1/events

read    GET     /
add     GET     /add
add     POST    /add
read    GET     /incidents
read    POST    /incidents/seen
read    GET     /incidents/{incident_id}
judge   POST    /incidents/{incident_id}/decide
read    GET     /incidents.atom
read    GET     /reports/{report}
judge   POST    /reports/{report}/note
mark    POST    /reports/{report}/mark
read    GET     /reports/{report}/diff/{old}
judge   GET     /reports/{report}/add
judge   POST    /reports/{report}/add
read    GET     /claims/{claim}
judge   POST    /claims/{claim}/judge
judge   GET     /claims/{claim}/correct
judge   POST    /claims/{claim}/correct
judge   POST    /judgements/{entry}/withdraw
read    GET     /sources
read    GET     /sources/{key:path}
judge   POST    /sources/{key:path}
judge   GET     /review
judge   GET     /review/rows/{incident}
judge   POST    /review
read    GET     /views
save    POST    /views
save    POST    /views/forget
self    POST    /views/feed
tell    POST    /views/webhook
tell    POST    /views/webhook/forget
read    GET     /watch
watch   POST    /watch
watch   POST    /watch/{feed}
read    GET     /log
export  GET     /exports
mark    GET     /partners
mark    GET     /partners/{partner}
verify  POST    /verify
export  POST    /tables/{table}
read    POST    /me

self    POST    /sign-out
self    GET     /account
self    POST    /account/password
self    POST    /account/sessions
self    POST    /account/tokens
self    POST    /account/tokens/forget
admin   GET     /accounts
admin   POST    /accounts
admin   POST    /accounts/{account}
admin   POST    /accounts/{account}/tokens/forget
"""


def scopes_of(names: Iterable[str]) -> frozenset[Permission]:
    """The permissions that scopes are; a name that none has is nothing."""
    return frozenset(p for p in SCOPES if p in set(names))


def who_may(permission: Permission) -> tuple[str, ...]:
    """The roles that have a permission."""
    return tuple(role for role, held in OF_ROLE.items() if permission in held)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route needs; `permission` is None where nobody need sign in."""

    method: str
    path: str
    permission: Permission | None


def rules() -> Iterator[Rule]:
    """The lines of the table."""
    for line in TABLE.split("\n"):
        if line:
            word, method, path = line.split()
            found = next((p for p in get_args(Permission) if p == word), None)
            if found is None and word != "open":
                raise RuntimeError(f"desk/rights.py: {word!r} is no permission")
            yield Rule(method, path, found)


class Rights:
    """The rule of every route of an application, found as its router finds the route."""

    def __init__(self, routes: Iterable[tuple[str, str]]) -> None:
        """`routes` in the router's order, each a method and a path; raises RuntimeError."""
        held = {(rule.method, rule.path): rule for rule in rules()}
        found = dict.fromkeys(routes)
        if missing := [f"{method} {path}" for method, path in found if (method, path) not in held]:
            raise RuntimeError(f"desk/rights.py has no line for {', '.join(missing)}")
        if stale := [f"{method} {path}" for method, path in held if (method, path) not in found]:
            raise RuntimeError(f"desk/rights.py has a line for no route: {', '.join(stale)}")
        self.rules = [held[key] for key in found]
        self._found = [(compile_path(rule.path)[0], rule) for rule in self.rules]

    def rule_of(self, method: str, path: str) -> Rule | None:
        """The rule of the route that answers; None where none does."""
        wanted = "GET" if method == "HEAD" else method
        for pattern, rule in self._found:
            if rule.method == wanted and pattern.match(path):
                return rule
        return None
