"""What comes in from outside: addresses, servers that lie, files that are bombs."""

from __future__ import annotations

import gzip
import io
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attack.tally import Size, Tally
from sayso.errors import FetchError, InputError
from sayso.exchange.xlsx_in import read_edits
from sayso.intake import make_capture, read_captures
from sayso.intake.feeds import parse_feed
from sayso.intake.fetch import Fetcher, is_public
from sayso.page import find_reports

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
MARKUP = b"<p>The minister said on Monday that nine people were killed in Tarn.</p>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (c, *[c - 1] * 8)
               for c in range(ord("b"), ord("l")))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:9/">]>'
)  # fmt: skip
MOST_SECONDS = 60.0  # of the processor, for one hostile file


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
            with Fetcher(whole=1, resolver=lambda *_, a=answers: next(a)) as plain, tally.refused(  # type: ignore[misc]
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


def _docx(body: bytes, name: str = "word/document.xml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(name, body)
    return made.getvalue()


_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def files(length: int) -> dict[str, bytes]:
    """Hostile files by name, as long as said."""
    deep = length // 8
    word = b"<w:document %b><w:body>%b</w:body></w:document>"
    return {
        "laughs.html": LAUGHS + b"<html><body>&l;&x;&y;" + MARKUP + b"</body></html>",
        "deep.html": b"<div>" * deep + MARKUP,
        "deep-inline.html": b"<b><i>" * deep + MARKUP,
        "deep-list.html": b"<ul><li>" * deep + MARKUP,
        "deep-table.html": b"<table><tr><td>" * deep + MARKUP,
        "attributes.html": b"<p " + b"a=b " * (length // 4) + b">" + MARKUP,
        "open.html": b"<" * length + MARKUP,
        "comment.html": b"<!--" * (length // 4) + MARKUP,
        "entities.html": MARKUP + b"&#x41" * (length // 5),
        "meta.html": b"<meta name=author content='" + b"By A, " * (length // 6) + b"'>" + MARKUP,
        "ld.html": b'<script type="application/ld+json">' + b"[" * length + b"</script>" + MARKUP,
        "ld-objects.html": b'<script type="application/ld+json">' + b'{"a":' * (length // 5)
        + b"</script>" + MARKUP,
        "laughs.docx": _docx(LAUGHS + word % (_W, b"<w:p><w:r><w:t>&l;&x;</w:t></w:r></w:p>")),
        "deep.docx": _docx(word % (_W, b"<w:p>" * deep)),
        "path.docx": _docx(b"x", "../../../../tmp/attack-was-here"),
        "bomb.docx": _docx(b"0" * (120 * 1024 * 1024)) if length > 500_000 else _docx(b"0" * length),
        "empty-paragraphs.docx": _docx(word % (_W, b"<w:p/>" * (length * 2))),
        "deep.rtf": b"{\\rtf1 " + b"{\\b " * deep + b"said}",
        "bin.rtf": b"{\\rtf1 {\\bin99999999999 x} said \\u-99999999? \\'zz \\ansicpg99999 x}",
        "groups.rtf": b"{\\rtf1 " + b"}" * length,
        "deep.jsonl": b"[" * length,
        "objects.json": b'{"text":' * (length // 8),
        "numbers.jsonl": b'{"text": "x", "id": ' + b"9" * length + b"}",
        "escape.jsonl": b'{"text": "' + b"\\ud800" * 100 + b'"}',
        "pdf.pdf": b"%PDF-1.7\n1 0 obj<</Length 99999999999/Kids[1 0 R]/Type/Pages/Parent 1 0 R>>"
        b"stream\nendstream\nendobj\nxref\n0 1\ntrailer<</Root 1 0 R/Prev 9>>startxref\n9\n%%EOF",
        "arrays.pdf": b"%PDF-1.7\n1 0 obj " + b"[" * length,
        "pdf-and-html.pdf": b"<html><body>" + MARKUP + b"%PDF-1.4 PK\3\4",
        "zip-and-html.html": b"PK\3\4" + MARKUP,
        "gif-and-script.gif": b"GIF89a/*<script>x</script>*/" + MARKUP,
        "rtf-and-text.txt": b"{\\rtf1" + MARKUP + b"\0" * 9,
        "utf16.txt": b"\xff\xfe" + "The minister said. ".encode("utf-16-be") * 20,
        "utf7.html": b"<meta charset=utf-7>+ADw-script+AD4-" + MARKUP,
        "../../etc/passwd": MARKUP,
        "a\0b\r\nX: y.html": MARKUP,
        "con.html:stream": MARKUP,
    }  # fmt: skip


LINES = ("(", '"', "“", "said ", "A. B. ", "Mr. ", "and ", "1,000 ", "killed ", "\n", "\n\n", " ", "—",
         "http://a.b/ ", "LONDON, ", "who said that ", "of the ", "Monday ", "’s ", "a" * 50 + "-",
         "By A B\n", "5 May 2024 ", "’ ‘", "[", "A ", "&lt;", "….", "İ", "e\u0301", "\u202e")  # fmt: skip


def _read(name: str, content: bytes) -> None:
    for report in find_reports(make_capture(name, content)):
        str(report)


def documents(tally: Tally, size: Size, folder: Path) -> None:
    """Each hostile file and text ends in a report, or in words, and in bounded time."""
    cases = files(size.whole)
    for pump in LINES:
        text = pump * (size.whole // len(pump))
        cases[f"{pump[:8]!r}.txt"] = f"{text} the minister said on Monday. {text}".encode()
        cases[f"{pump[:8]!r}.html"] = f"<p>{text} the minister said.</p>".encode()
    for name, content in cases.items():
        began = time.process_time()
        try:
            _read(name, content)
        except InputError:
            pass
        except Exception as error:  # noqa: BLE001 - that is the finding
            tally.faults.append(f"{name}: {type(error).__name__}: {error}"[:300])
        took = time.process_time() - began
        tally.expect(took < MOST_SECONDS, f"{name}: {took:.0f} s of the processor")
    feed = LAUGHS + b"<rss><channel><title>&l;</title><item><title>&x;</title><link>http://a/&y;"
    for content in (feed + b"</link></item></channel></rss>", b"<rss>" * size.whole,
                    b"<rss><channel>" + b"<item><link>http://a/</link></item>" * (size.whole // 35)):  # fmt: skip
        tally.tried += 1
        try:
            told = repr(parse_feed(content, "http://a.example/"))
        except InputError:
            continue
        tally.expect("root:" not in told and "haha" not in told, "a feed expanded an entity")
    for name in ("path.docx", "bomb.docx", "laughs.docx"):
        with tally.refused(f"{name} as a workbook", InputError):
            read_edits(cases[name], name)
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
    documents(tally, size, folder)
    return tally
