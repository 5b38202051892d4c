"""What comes in from outside: addresses, servers that lie, files that are bombs."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attack.tally import Size, Tally
from sayso.errors import FetchError, InputError
from sayso.intake import read_captures
from sayso.intake.fetch import Fetcher, is_public

# each leads to this machine, or into somebody's own network
INNER = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
    "017700000001", "0", "0.0.0.0", "localhost", "LOCALHOST.", "[::1]", "[::]",  # noqa: S104
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:1::80ff:fffe]",
    "[fe80::1]", "[fec0::1]", "[fd00:ec2::254]", "[fc00::1]", "[ff02::1]", "10.0.0.1", "172.16.9.9",
    "192.168.0.1", "100.64.0.1", "169.254.169.254", "2852039166", "0xa9fea9fe", "192.0.0.192",
    "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "１２７.０.０.１", "①②⑦.⓪.⓪.①",
    "127。0。0。1",
)  # fmt: skip
MOST_SECONDS = 100  # of the processor, for one hostile file
MOST_MEGABYTES = 2_000  # of memory
ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def server(answer: Callable[[socket.socket], None]) -> Iterator[tuple[int, list[bytes]]]:
    """A server on this machine that answers each connection by a function; what it was asked."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                conn, _ = listener.accept()
            except OSError:
                return
            with conn:
                try:
                    conn.settimeout(5)
                    asked.append(conn.recv(4096))
                    answer(conn)
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.close()


def addresses(tally: Tally) -> None:
    """Each way to write an inner address, outright, as a redirect, and by a name that turns."""
    with server(lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")) as (
        own,
        hit,
    ):
        for host in INNER:
            with Fetcher(whole=3) as plain, tally.refused(f"http://{host}", FetchError):
                plain.fetch(f"http://{host}:{own}/")
            location = f"http://{host}:{own}/"

            def sends_on(conn: socket.socket, to: str = location) -> None:
                conn.sendall(f"HTTP/1.1 302 Go\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
                             .encode())  # fmt: skip

            with server(sends_on) as (port, _):
                inner = [("127.0.0.1", port)]
                with Fetcher(inner=inner, whole=3) as some, tally.refused(
                    f"a redirect to {host}", FetchError
                ):  # fmt: skip
                    some.fetch(f"http://127.0.0.1:{port}/")
        for first in (["192.0.2.1"], ["192.0.2.1", "127.0.0.1"], ["::ffff:127.0.0.1"]):
            answers = iter([first, ["127.0.0.1"], ["127.0.0.1"]])
            with Fetcher(whole=1, resolver=lambda *_, a=answers: next(a)) as plain, tally.refused(
                f"a name that turns from {first}", FetchError
            ):  # fmt: skip
                plain.fetch(f"http://turns.example:{own}/")
        for scheme in ("file:///etc/passwd", "ftp://127.0.0.1/", "unix:///run/x", "data:text/plain,x",
                       "gopher://127.0.0.1/", "http://a:b@127.0.0.1/", "http://x\r\nHost: y/",
                       "jar:http://127.0.0.1!/"):  # fmt: skip
            with Fetcher(whole=1) as plain, tally.refused(scheme, FetchError):
                plain.fetch(scheme)
        tally.expect(hit == [], f"an inner server was asked: {hit[:1]}")
    for address in (
        "192.168.3.4",
        "fe80::1%2",
        "64:ff9b:1::a00:1",
        "fec0::1",
        "3fff::1",
        "5f00::1",
    ):
        tally.expect(not is_public(address), f"{address} counts as public")


def servers(tally: Tally) -> None:
    """Streams without an end, lengths that lie, bombs, heads that never stop."""

    def endless(conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            conn.sendall(b"x" * 65536)

    def chunks(conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\nx")

    def heads(conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            conn.sendall(b"X-Y: " + b"y" * 60000 + b"\r\n")

    def bomb(conn: socket.socket) -> None:
        body = gzip.compress(gzip.compress(b"0" * 30_000_000))
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: %d\r\n\r\n%b"
                     % (len(body), body))  # fmt: skip

    def lies(conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nshort")

    def negative(conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nshort")

    def slow(conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            conn.sendall(b"x")
            time.sleep(0.05)

    def silent(_: socket.socket) -> None:
        time.sleep(2)

    def noise(conn: socket.socket) -> None:
        conn.sendall(b"\0\xff" * 9000)

    for answer in (endless, chunks, heads, bomb, lies, negative, slow, silent, noise):
        with server(answer) as (port, _):
            began = time.monotonic()
            some = Fetcher(inner=[("127.0.0.1", port)], largest=2_000_000, whole=1.5)
            with some, tally.refused(answer.__name__, FetchError):
                some.fetch(f"http://127.0.0.1:{port}/")
            tally.expect(time.monotonic() - began < 10, f"{answer.__name__} held it too long")


def documents(tally: Tally, size: Size) -> None:
    """Each hostile file and text ends in a report, or in words, and in bounded time and memory."""
    if not hasattr(os, "fork"):
        tally.left_out.append("hostile files: this system has no fork, so that none can be ended")
        return
    with subprocess.Popen(
        [sys.executable, "-m", "attack.apart", str(size.whole)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None  # noqa: S101 - it is a pipe
        for line in running.stdout:
            told = json.loads(line)
            what = told["ended"]
            if told["took"] >= MOST_SECONDS:
                what = f"{told['took']:.0f} s of the processor"
            if told["peak"] >= MOST_MEGABYTES:
                what = f"{told['peak']:,} MB of memory"
            tally.expect(not what, f"{told['name']}: {what}")
    tally.expect(running.returncode == 0, f"attack.apart ended with {running.returncode}")


def sources(tally: Tally, folder: Path) -> None:
    """Names that are none: a link to itself, a name too long, a folder; and one that leads out."""
    (folder / "loop").symlink_to(folder / "loop")
    for source in (str(folder / "loop"), "x" * 5000, "a\0b", str(folder), "http://127.0.0.1:9/"):
        found = list(read_captures(source))
        tally.expect(all(isinstance(f, InputError) for f in found), f"{source[:40]!r} was read")
    tally.expect(not Path("/tmp/attack-was-here").exists(), "a name in a ZIP left its folder")  # noqa: S108


def attack(size: Size, folder: Path) -> Tally:
    """All of it."""
    tally = Tally("intake")
    addresses(tally)
    servers(tally)
    documents(tally, size)
    sources(tally, folder)
    return tally
