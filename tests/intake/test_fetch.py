"""Addresses that somebody named are fetched within bounds, and inner ones never."""

from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

pytest.importorskip("httpx", reason="fetching is part of sayso[desk]")

from sayso.errors import FetchError
from sayso.intake.fetch import Fetcher, Known, is_public

Site = Any  # the fixture of tests/conftest.py


def fetcher(site: Site, **more: object) -> Fetcher:
    """A fetcher that may fetch this site, which is an inner one."""
    return Fetcher(inner=[("127.0.0.1", site.port)], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1%eth0", "fd00:ec2::254",  # noqa: S104
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1",
        "ff02::1", "198.18.0.1", "64:ff9b:1::7f00:1", "fec0::1", "3fff::1", "5f00::1",
    ],
)  # fmt: skip
def test_inner_addresses_are_known(address: str) -> None:
    """Private, loopback, link-local, metadata and multicast, in each way to write them."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_known(address: str) -> None:
    """Those that anybody may reach, also through a translator."""
    assert is_public(address)


def test_an_inner_address_is_refused(site: Site) -> None:
    """Named outright or by a name that stands for it, nothing is asked of it."""
    for url in (site.url, f"http://localhost:{site.port}/", f"http://0x7f.1:{site.port}/"):
        with (
            Fetcher() as plain,
            pytest.raises(FetchError, match=r"inner address|cannot be reached"),
        ):
            plain.fetch(url)
    assert site.asked == []


def test_a_name_with_one_inner_address_is_refused(site: Site) -> None:
    """A name that stands for a public and an inner address could lead to either."""
    both = Fetcher(resolver=lambda *_: ["93.184.215.14", "127.0.0.1"])
    with both, pytest.raises(FetchError, match="inner address"):
        both.fetch(f"http://news.example:{site.port}/")


def test_a_name_is_resolved_once(site: Site) -> None:
    """Where a name answers otherwise a moment later, the address that was looked at is used."""
    answers = iter([["192.0.2.1"], ["127.0.0.1"]])  # the first is nobody's

    def rebinding(*_: object) -> list[str]:
        return next(answers)

    with Fetcher(resolver=rebinding, whole=2) as plain, pytest.raises(FetchError):
        plain.fetch(f"http://news.example:{site.port}/")
    assert next(answers) == ["127.0.0.1"]  # never asked for
    assert site.asked == []


def test_a_redirect_to_an_inner_address_is_refused(site: Site) -> None:
    """Each step is looked at anew."""
    site.say("/", b"", 302, Location="http://169.254.169.254/latest/meta-data/")
    with fetcher(site) as some, pytest.raises(FetchError, match="inner address"):
        some.fetch(site.url + "/")
    site.say("/file", b"", 302, Location="file:///etc/passwd")
    with fetcher(site) as some, pytest.raises(FetchError, match="not an http"):
        some.fetch(site.url + "/file")


def test_redirects_are_followed_and_end(site: Site) -> None:
    """A relative one leads on; a circle ends."""
    site.say("/a", b"", 301, Location="b?x=1")
    site.say("/b?x=1", b"here", Content_Type="text/plain")
    site.say("/round", b"", 302, Location="/round")
    with fetcher(site) as some:
        found = some.fetch(site.url + "/a")
        assert (found.url, found.content, found.content_type) == (
            f"{site.url}/b?x=1", b"here", "text/plain",
        )  # fmt: skip
        with pytest.raises(FetchError, match="more than 5 redirects"):
            some.fetch(site.url + "/round")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/hosts", "gopher://a.example", "http://", "", "//a/b",
            "http://a:b@c.example/", "http://" + "a" * 5_000, "http://[::1", "javascript:1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    """Other schemes, passwords, garbage."""
    with Fetcher() as plain, pytest.raises(FetchError):
        plain.fetch(url)


def test_size_is_bounded_after_decompression(site: Site) -> None:
    """A small answer that unpacks to a large one is cut off."""
    site.say("/", gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")
    with (
        fetcher(site, largest=1_000_000) as some,
        pytest.raises(FetchError, match="more than 0 MB"),
    ):
        some.fetch(site.url + "/")
    with fetcher(site, largest=6_000_000) as some:
        assert len(some.fetch(site.url + "/").content) == 5_000_000


@pytest.mark.parametrize("after_headers", [True, False])
def test_a_slow_drip_ends(site: Site, *, after_headers: bool) -> None:
    """Bytes that come one by one, in body or headers, end with the time for one fetch."""

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if after_headers else b"X: "))
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.05)

    site.paths["/"] = drip
    begun = time.monotonic()
    with fetcher(site, whole=0.5) as some, pytest.raises(FetchError, match="in time"):
        some.fetch(site.url + "/")
    assert time.monotonic() - begun < 3


def test_lying_lengths_are_an_error(site: Site) -> None:
    """An answer that is shorter than it said is no answer."""

    def lie(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "100")
        request.end_headers()
        request.wfile.write(b"short")

    site.paths["/"] = lie
    with fetcher(site) as some, pytest.raises(FetchError, match="cannot be reached"):
        some.fetch(site.url + "/")


def test_what_is_known_is_not_sent_again(site: Site) -> None:
    """ETag and date of the last answer are sent along, and 304 says that nothing is new."""
    site.say("/", b"", 304, ETag='"a"')
    with fetcher(site) as some:
        found = some.fetch(site.url + "/", Known('"a"', "Tue, 06 May 2031 00:00:00 GMT"))
    assert found.unchanged
    assert found.etag == '"a"'
    sent = site.asked[0][1]
    assert sent["If-None-Match"] == '"a"'
    assert sent["If-Modified-Since"] == "Tue, 06 May 2031 00:00:00 GMT"


def test_a_host_that_asks_to_wait_is_heard(site: Site) -> None:
    """Retry-After comes along with the error."""
    site.say("/", b"", 429, Retry_After="120")
    with fetcher(site) as some, pytest.raises(FetchError, match="429") as caught:
        some.fetch(site.url + "/")
    assert caught.value.wait == 120


def test_the_proxy_of_the_environment_is_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would resolve names itself, past the guard."""
    monkeypatch.setenv("HTTP_PROXY", site.url)
    with Fetcher() as plain, pytest.raises(FetchError, match="inner address"):
        plain.fetch(f"http://localhost:{site.port}/")
    assert site.asked == []


def test_a_request_of_ones_own_is_answered(site: Site) -> None:
    """With its headers, sent content or none; no redirect is followed, no answer unbounded."""
    site.say("/desk", "yes")
    site.say("/away", "", 302, Location="/desk")
    site.say("/no", "why not", 409)
    with fetcher(site, largest=100) as own:
        assert own.ask(f"{site.url}/desk", {"Authorization": "Sayso x"}) == b"yes"
        assert own.ask(f"{site.url}/desk", {}, b"words") == b"yes"
        assert site.asked[0][1]["Authorization"] == "Sayso x"
        assert site.asked[1][1]["Content-Length"] == "5"
        for path, words in (("/away", "answered 302"), ("/no", "answered 409")):
            with pytest.raises(FetchError, match=words):
                own.ask(site.url + path, {})
    with Fetcher() as own, pytest.raises(FetchError, match="inner address"):
        own.ask(f"{site.url}/desk", {})


def test_lines_come_as_they_are_said(site: Site) -> None:
    """However the bytes are cut; a line is bounded, and an end in the middle is no line."""
    site.say("/lines", "data: één\r\n\ndata: two\nhalf")
    site.say("/endless", "x" * 1000)
    with fetcher(site, largest=100) as own:
        assert list(own.lines(f"{site.url}/lines", {})) == ["data: één", "", "data: two"]
        with pytest.raises(FetchError, match="a line of more than"):
            list(own.lines(f"{site.url}/endless", {}))
        with pytest.raises(FetchError, match="answered 404"):
            list(own.lines(f"{site.url}/nothing", {}))
