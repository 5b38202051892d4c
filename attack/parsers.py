"""Each parser of what comes in from outside, with small true inputs to begin with."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from attack.bombs import MARKUP, books, feeds, files, lists, pdfs
from attack.bundles import pair, told
from sayso.desk.accounts.oidc_file import read_oidc
from sayso.errors import InputError
from sayso.exchange.coded.read import read_mapping
from sayso.exchange.coded.table import read_tables
from sayso.exchange.partners.bundle import TYPE
from sayso.exchange.partners.dsse import open_envelope, seal_in
from sayso.exchange.partners.inbox import pull
from sayso.exchange.xlsx_in import read_edits
from sayso.intake import make_capture
from sayso.intake.feeds import parse_feed, read_every, read_feed_list
from sayso.intake.json_lines import read_json_array, read_json_lines
from sayso.ledger import Filters, Ledger
from sayso.lexicon.load import read_toml
from sayso.page import find_reports
from sayso.page.dates import read_date, read_iso, split_date
from sayso.page.json_ld import read_stated
from sayso.reading.grounding.times.find import read_times
from sayso.reading.reader import Reader
from sayso.record import Form
from sayso.record.wire import from_wire, to_wire
from tests.ledger.conftest import said_by

ROOT = Path(__file__).resolve().parents[1]
LEXICON = ROOT / "src" / "sayso" / "lexicon"
STORIES = ROOT / "examples" / "stories"
# of a file of theirs takes long to read: a tenth of the runs
SLOW = (
    "pdf",
    "docx",
    "workbook",
    "table",
    "bundle import",
    "amounts and times in a report",
    "warc",
)

# put into files by both fuzzers
TOKENS = (b"\0", b"\xff", b"<", b"{", b"[", b"\\", b'"', b"\r\n", b"99999999999", b"-1", b"%PDF",
          b"<!DOCTYPE", b"&#0;", b"\\u0000", b"\\bin9", b"]]>", b"\xed\xa0\x80", b"=", b"'", b"null", b"http://[x")  # fmt: skip

Parsers = dict[str, tuple[list[bytes], Callable[[bytes], Any]]]


def _page(form: Form) -> Callable[[bytes], Any]:
    return lambda content: find_reports(make_capture("x", content, form))


def _lines(content: bytes) -> None:
    for each in read_json_lines("x", io.BytesIO(content), 100_000):
        str(each)
    for each in read_json_array("x", content):
        str(each)


def _wire(content: bytes) -> None:
    try:
        row = json.loads(content)
    except (ValueError, RecursionError):
        return
    to_wire(from_wire(row))


def _asked(ledger: Ledger) -> Callable[[bytes], Any]:
    def ask(content: bytes) -> None:
        words = content.decode("utf-8", "replace")
        ledger.claims(Filters(words=words), limit=5)
        ledger.incidents(Filters(place=words[:80], speaker=words[:80]), limit=5)
        ledger.claims(cursor=words[:200])

    return ask


def _lexicon(content: bytes) -> None:
    read_toml(content.decode("utf-8", "replace"), "x.toml")


def _dates(content: bytes) -> None:
    words = content.decode("utf-8", "replace")
    read_date(words), read_iso(words), split_date(words)
    read_times(words, None)
    with contextlib.suppress(InputError):
        read_every("x", words)


def _report(reader: Reader) -> Callable[[bytes], Any]:
    def read(content: bytes) -> None:
        for report in find_reports(make_capture("x.txt", content, "text")):
            to_wire(reader.read(report))

    return read


def _tables(content: bytes) -> None:
    for table in read_tables(content, "x"):
        for _ in table.lines:
            pass


def _warc(folder: Path) -> Callable[[bytes], Any]:
    from sayso.corpus.inputs import Input, Meter, read_items  # noqa: PLC0415

    def read(content: bytes) -> None:
        place = folder / "x.warc"
        place.write_bytes(content)
        for item in read_items(Input(str(place), len(content)), Meter()):
            str(item.refused)

    return read


def _settings(folder: Path) -> Callable[[bytes], Any]:
    def read(content: bytes) -> None:
        place = folder / "oidc.toml"
        place.write_bytes(content)
        read_oidc(place, {})

    return read


@contextlib.contextmanager
def imports(folder: Path) -> Iterator[tuple[bytes, Callable[[bytes], Any]]]:
    """A bundle's contents, and a partner's ledger that takes in whatever is signed by its sender."""
    with pair(folder) as (a, b, key, _):
        payload = open_envelope(TYPE, told(a, key), key.public)
        yield payload, lambda content: pull(b, seal_in(TYPE, content, key))


def parsers(ledger: Ledger, folder: Path) -> Parsers:
    """Each parser with true files to begin with; `folder` is theirs to write in."""
    stories = sorted(p for p in STORIES.rglob("*") if p.is_file())
    own = files(2_000)

    def kept(ending: str) -> list[bytes]:
        held = [p.read_bytes() for p in stories if p.suffix == ending][:6]
        return [*held, *(c for n, c in own.items() if n.endswith(ending))]

    line = json.dumps({"id": "a", "text": "He said so.", "published": "2024-05-01"}).encode()
    wire = json.dumps(to_wire(said_by("Ann Roe", "Four soldiers were killed"))).encode()
    feed = (b"<rss><channel><title>A</title><item><title>B</title><link>http://a/</link>"
            b"<pubDate>Mon, 6 May 2024 10:00:00 GMT</pubDate></item></channel></rss>")  # fmt: skip
    bombs = books(400)
    mapping = b'kind = "figures"\n[columns]\n"Killed" = "killed"\n"Place" = "place"\n'
    stated = (b'{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "@id": "#a", '
              b'"datePublished": "2024-05-06T10:00:00Z", "author": [{"@id": "#b"}], "isAccessibleForFree": '
              b'"False"}, {"@id": "#b", "@type": "Person", "name": "Ann Roe"}]}')  # fmt: skip
    days = [b"Monday, 6 May 2024, 10:00 GMT", b"2024-05-06T10:00:00+02:00", b"last Friday", b"15m",
            b"between 3 and 5 January", b"two weeks ago", b"May 6 (Reuters) -"]  # fmt: skip
    counts = [b"At least 1,200 people, 3.5 million euros and two dozen homes, he said on Monday.",
              b"Some 40 to 50 soldiers were killed, the ministry said, up from 12 a day before."]  # fmt: skip
    web = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
    )
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + MARKUP
    return {
        "html": (kept(".html"), _page("html")), "text": (kept(".txt"), _page("text")),
        "pdf": ([*kept(".pdf"), *pdfs(200).values()], _page("pdf")),
        "docx": (kept(".docx"), _page("docx")), "rtf": (kept(".rtf"), _page("rtf")),
        "json-ld": ([stated], lambda c: read_stated([c.decode("utf-8", "replace")], "http://a/")),
        "json lines": ([line, b"[" + line + b"]"], _lines),
        "feed": ([feed, *feeds(80).values()], lambda c: parse_feed(c, "http://a.example/")),
        "feed list": ([b'[[feed]]\nurl = "http://a.example/"\nevery = "15m"\n',
                       b'<opml><body><outline xmlUrl="http://a/"/></body></opml>', *lists(80).values()],
                      lambda c: read_feed_list("x", c)),
        "warc": ([web % (len(page), page)], _warc(folder)),
        "wire": ([wire], _wire),
        "dates and times": (days, _dates),
        "amounts and times in a report": (counts, _report(Reader())),
        "lexicon": ([(LEXICON / "cues.toml").read_bytes()[:4_000]], _lexicon),
        "codebook": ([mapping], lambda c: read_mapping(c.decode("utf-8", "replace"), "x")),
        "settings": ([b'issuer = "https://a.example"\nclient_id = "x"\n'], _settings(folder)),
        "filters": ([b'killed "in Tarn" captur*', b"2024-05-01", b"NEAR(a b) OR -c:d^"], _asked(ledger)),
        "workbook": ([*bombs.values()], lambda c: read_edits(c, "x")),
        "table": ([*bombs.values(), b"Killed,Place\n4,Sudzha\n"], _tables),
    }  # fmt: skip
