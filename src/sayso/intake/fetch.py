"""Fetch an address that somebody named: never an inner one, never more than is bounded.

A feed or a page can name any address, and what fetches runs inside somebody's network. So each
name is resolved once, every address that it stands for must be a public one, and the connection
goes to an address that was looked at: a name that answers otherwise a moment later changes nothing.
Redirects are followed here, each looked at anew. Proxies of the environment are not used, since
they would resolve names themselves.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import httpcore
import httpx

from sayso import __version__
from sayso.errors import FetchError
from sayso.intake.receive import LARGEST_TEXT, MEGABYTE

MOST_REDIRECTS = 5
MOST_ADDRESSES = 4  # of a name, tried one after another
WHOLE = 60.0  # seconds that one fetch may take, slow drips included
LONGEST_URL = 4_000
AGENT = f"sayso/{__version__} (reads news reports for the person who runs it)"
_TIMEOUT = httpx.Timeout(20.0, connect=10.0)
# addresses that stand for an IPv4 address: one that is inner must not hide in them
_MAPPED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
# inner ones that Python's table of public addresses passes: translators of one's own, the site's
# own of old, those of documents, those of routers
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(net) for net in ("64:ff9b:1::/48", "fec0::/10", "3fff::/20", "5f00::/16")
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. `content` is empty where `unchanged` says that nothing is new."""

    url: str  # after redirects
    content: bytes
    content_type: str
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    wait: float | None = None  # seconds that the host asked for (Retry-After)


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier answer said of itself, so that the same is not sent again."""

    etag: str | None = None
    modified: str | None = None


def resolve(host: str, port: int) -> list[str]:
    """The addresses that a name stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """True of an address that anybody may reach: not private, loopback, link-local, metadata."""
    ip: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inside is None and any(ip in net for net in _MAPPED):
            inside = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
        if any(ip in net for net in _NOT_PUBLIC):
            return False
    return ip.is_global and not ip.is_multicast


class _Timed(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float) -> None:
        self._stream, self._ends = stream, ends

    def _left(self, timeout: float | None) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for one fetch is over")
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        secure = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Timed(secure, self._ends)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    """Connects to public addresses, and to those of `inner` that whoever runs this named."""

    def __init__(self, inner: Collection[tuple[str, int]], resolver: Resolve, whole: float) -> None:
        self._inner, self._resolve, self._whole = frozenset(inner), resolver, whole
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None,
        local_address: str | None = None, socket_options: Any = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        ends = time.monotonic() + self._whole
        addresses = list(self._resolve(host, port))[:MOST_ADDRESSES]
        if (host, port) not in self._inner:
            inner = next((a for a in addresses if not is_public(a)), None)
            if inner is not None:
                raise FetchError(
                    host, f"stands for {inner}, an inner address", "only public ones are fetched"
                )
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._plain.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
                return _Timed(stream, ends)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise FetchError("a socket of this machine", "not fetched", "give an http(s) address")


class _Transport(httpx.HTTPTransport):
    """httpx's own transport, over connections that the guard makes."""

    def __init__(self, guard: _Guard) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=guard,
            max_keepalive_connections=0,  # a connection is one fetch's, and ends with its time
        )


@dataclass
class Fetcher:
    """Fetches addresses; may be used from several threads, and is closed by `with`.

    `inner` are (host, port) pairs of one's own network that may be fetched although they are inner:
    said by who starts the program, never by a feed. `largest` bounds the bytes after decompression.
    """

    inner: Collection[tuple[str, int]] = ()
    largest: int = LARGEST_TEXT
    whole: float = WHOLE
    resolver: Resolve = resolve
    _client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            transport=_Transport(_Guard(self.inner, self.resolver, self.whole)),
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=_TIMEOUT,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def fetch(self, url: str, known: Known | None = None) -> Fetched:
        """What an address answers, redirects followed.

        Raises FetchError (which address, what, what to do) for all that goes wrong.
        """
        at = _checked(url)
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(at, known or Known())
            if isinstance(answer, Fetched):
                return answer
            at = _checked(answer, at)
        raise FetchError(url, f"more than {MOST_REDIRECTS} redirects", "give the last address")

    def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """Send something to an address, which must take it (2xx); redirects are not followed.

        Raises FetchError as `fetch` does.
        """
        at = _checked(url)
        with self._in_words(at), self._client.stream(
            "POST", at, content=content, headers=dict(headers)
        ) as answer:  # fmt: skip
            if not answer.is_success:
                raise _refused(answer)

    def ask(self, url: str, headers: Mapping[str, str], content: bytes | None = None) -> bytes:
        """What an address answers to a request of one's own; redirects are not followed.

        With `content` it is sent there. Raises FetchError as `fetch` does.
        """
        at = _checked(url)
        method = "GET" if content is None else "POST"
        with self._in_words(at), self._client.stream(
            method, at, content=content, headers=dict(headers)
        ) as answer:  # fmt: skip
            if not answer.is_success:
                raise _refused(answer)
            return b"".join(self._bounded(answer))

    def lines(self, url: str, headers: Mapping[str, str]) -> Iterator[str]:
        """The lines of an answer that goes on, as they come; each is bounded, all are not.

        Raises FetchError as `fetch` does, also where the connection breaks.
        """
        at = _checked(url)
        headers = {**headers, "Accept-Encoding": "identity"}
        with self._in_words(at), self._client.stream("GET", at, headers=headers) as answer:
            if answer.status_code != httpx.codes.OK:
                raise _refused(answer)
            rest = b""
            for chunk in answer.iter_raw():
                *whole, rest = (rest + chunk).split(b"\n")
                if len(rest) > self.largest:
                    most = f"a line of more than {self.largest // MEGABYTE} MB"
                    raise FetchError(str(at), most, "tell whose address it is")
                for line in whole:
                    yield line.removesuffix(b"\r").decode("utf-8", "replace")

    def _once(self, url: httpx.URL, known: Known) -> Fetched | str:
        """The answer, or the address that it sends on to."""
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        headers = {key: value for key, value in asked.items() if value}
        with self._in_words(url), self._client.stream("GET", url, headers=headers) as answer:
            return self._take(answer)

    @staticmethod
    @contextmanager
    def _in_words(url: httpx.URL) -> Iterator[None]:
        """What goes wrong on the way as a FetchError."""
        try:
            yield
        except httpx.TimeoutException as error:
            raise FetchError(str(url), "did not answer in time", "try again later") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            what = f"cannot be reached ({error or type(error).__name__})"
            raise FetchError(str(url), what, "check the address, or try again later") from error

    def _take(self, answer: httpx.Response) -> Fetched | str:
        url, headers = str(answer.url), answer.headers
        if answer.is_redirect and "location" in headers:
            return headers["location"]
        known = {"etag": headers.get("etag"), "modified": headers.get("last-modified")}
        kind = headers.get("content-type", "")[:200]
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return Fetched(url, b"", kind, **known, unchanged=True)
        if answer.status_code != httpx.codes.OK:
            raise _refused(answer)
        content = b"".join(self._bounded(answer))
        return Fetched(url, content, kind, **known, wait=_wait(headers))

    def _bounded(self, answer: httpx.Response) -> Iterator[bytes]:
        size = 0
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > self.largest:
                most = f"more than {self.largest // MEGABYTE} MB"
                raise FetchError(str(answer.url), most, "save what you need and add the file")
            yield chunk


def _checked(url: str, sent_from: httpx.URL | None = None) -> httpx.URL:
    """An address of a kind that is fetched at all; `sent_from` is what redirected to it."""
    shown = url[:200]
    if len(url) > LONGEST_URL:
        raise FetchError(shown, "an address of too many characters", "give a shorter one")
    try:
        found = sent_from.join(url) if sent_from else httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise FetchError(shown, f"no address ({error})", "give http(s)://…") from error
    if found.scheme not in ("http", "https") or not found.host:
        raise FetchError(shown, "not an http(s) address", "give http(s)://…")
    if found.userinfo:
        raise FetchError(found.host, "an address with a password in it", "leave it out")
    return found


def _refused(answer: httpx.Response) -> FetchError:
    """What an answer other than the one hoped for says."""
    what = f"answered {answer.status_code} {answer.reason_phrase}"[:120]
    mend = "check the address in a browser"
    return FetchError(str(answer.url), what, mend, _wait(answer.headers))


def _wait(headers: httpx.Headers) -> float | None:
    """Seconds of a Retry-After that gives a number; at most a day."""
    said = headers.get("retry-after", "")
    return min(float(said), 86_400.0) if said.isdecimal() and len(said) < 10 else None
