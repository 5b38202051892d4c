"""What every answer carries and every request must: headers, host names, origin.

Plain ASGI, so that a stream of events passes through unhindered.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.desk.problem_answers import problem_response
from sayso.desk.problems import Problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Graphviz draws the chains in WebAssembly; a chart is taken along as PNG by way of a blob.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # another site does not learn which incident led to it
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses what comes from elsewhere, and signs every answer with HEADERS."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        problem = self._refused(scope["method"], headers)
        signed = _signing(send)
        if problem is not None:
            await problem_response(scope, problem)(scope, receive, signed)
            return
        await self.app(scope, receive, _worded(scope, receive, signed))

    def _refused(self, method: str, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        if _without_port(host) not in self.hosts:
            return Problem(
                400, f"this desk is not called {host!r:.80}", "open it by the address it printed"
            )
        if method not in SAFE and not _same_origin(headers, host):
            return Problem(
                403, "the request came from a page of another site", "send the form from the desk"
            )
        return None


def _without_port(host: str) -> str:
    """`127.0.0.1` of `127.0.0.1:8477`, `[::1]` of `[::1]:8477`."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def _same_origin(headers: Headers, host: str) -> bool:
    """False where a browser says that a page of another site sent this.

    Every browser says so in one header or the other; what is no browser says neither.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == host


def _signing(send: Send) -> Send:
    async def signed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return signed


TOO_LARGE = Problem(
    413,
    "this is more than one request may hold",
    "go back: what you typed is still there; send fewer reports at a time, or use `sayso add`",
)


def _worded(scope: Scope, receive: Receive, send: Send) -> Send:
    """The bare words of the limit of bodies, which stands outside all else, as a problem."""
    worded = False

    async def sent(message: MutableMapping[str, Any]) -> None:
        nonlocal worded
        if message["type"] == "http.response.start" and message["status"] == TOO_LARGE.status:
            kind = Headers(raw=message["headers"]).get("content-type", "")
            worded = kind.startswith("text/plain")
            if worded:
                await problem_response(scope, TOO_LARGE)(scope, receive, send)
        if not worded:
            await send(message)

    return sent
