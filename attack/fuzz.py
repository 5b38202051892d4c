"""Any bytes, and true files broken at random, into each parser: a report, or one of our errors."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from attack.bombs import files
from attack.tally import Size, Tally
from sayso.errors import SaysoError
from sayso.exchange.xlsx_in import read_edits
from sayso.incidents.batch import Linking
from sayso.intake import make_capture
from sayso.intake.feeds import parse_feed, read_feed_list
from sayso.intake.json_lines import read_json_array, read_json_lines
from sayso.ledger import Filters, Ledger
from sayso.lexicon.load import read_toml
from sayso.page import find_reports
from sayso.record import Form
from sayso.record.wire import from_wire, to_wire
from tests.ledger.conftest import said_by

ROOT = Path(__file__).resolve().parents[1]
LEXICON = ROOT / "src" / "sayso" / "lexicon"
STORIES = ROOT / "examples" / "stories"
TOKENS = (b"\0", b"\xff", b"<", b"{", b"[", b"\\", b'"', b"\r\n", b"99999999999", b"-1", b"%PDF",
          b"<!DOCTYPE", b"&#0;", b"\\u0000", b"\\bin9", b"]]>", b"\xed\xa0\x80", b"=", b"'", b"null")  # fmt: skip

Parsers = dict[str, tuple[list[bytes], Callable[[bytes], Any]]]


def broken(seed: bytes, pick: random.Random) -> bytes:
    """A seed with some of its bytes changed, cut, doubled, or a hostile token put in."""
    held = bytearray(seed)
    for _ in range(pick.randint(1, 6)):
        at, to = sorted(pick.choices(range(len(held) + 1), k=2))
        to = min(to, at + 400)
        match pick.randrange(5):
            case 0:
                held[at:at] = pick.choice(TOKENS)
            case 1:
                del held[at:to]
            case 2:
                held[at:at] = held[at:to]
            case 3 if at < len(held):
                held[at] ^= 1 << pick.randrange(8)
            case _:
                held[at : at + 8] = pick.randbytes(pick.randint(0, 8))
    return bytes(held)


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


def parsers(ledger: Ledger) -> Parsers:
    """Each parser with true files to begin with."""
    stories = sorted(p for p in STORIES.rglob("*") if p.is_file())
    own = files(2_000)

    def kept(ending: str) -> list[bytes]:
        held = [p.read_bytes() for p in stories if p.suffix == ending][:6]
        return [*held, *(c for n, c in own.items() if n.endswith(ending))]

    line = json.dumps({"id": "a", "text": "He said so.", "published": "2024-05-01"}).encode()
    wire = json.dumps(to_wire(said_by("Ann Roe", "Four soldiers were killed"))).encode()
    feed = (b"<rss><channel><title>A</title><item><title>B</title><link>http://a/</link>"
            b"<pubDate>Mon, 6 May 2024 10:00:00 GMT</pubDate></item></channel></rss>")  # fmt: skip
    return {
        "html": (kept(".html"), _page("html")), "text": (kept(".txt"), _page("text")),
        "pdf": (kept(".pdf"), _page("pdf")), "docx": (kept(".docx"), _page("docx")),
        "rtf": (kept(".rtf"), _page("rtf")), "json lines": ([line, b"[" + line + b"]"], _lines),
        "feed": ([feed], lambda c: parse_feed(c, "http://a.example/")),
        "feed list": ([b'[[feed]]\nurl = "http://a.example/"\nevery = "15m"\n',
                       b'<opml><body><outline xmlUrl="http://a/"/></body></opml>'],
                      lambda c: read_feed_list("x", c)),
        "wire": ([wire], _wire),
        "lexicon": ([(LEXICON / "cues.toml").read_bytes()[:4_000]], _lexicon),
        "filters": ([b'killed "in Tarn" captur*', b"2024-05-01", b"NEAR(a b) OR -c:d^"], _asked(ledger)),
        "workbook": ([own["path.docx"], own["laughs.docx"]], lambda c: read_edits(c, "x")),
    }  # fmt: skip


def cases(seeds: list[bytes], runs: int, name: str) -> Iterator[bytes]:
    """The inputs of one parser, the same each time."""
    pick = random.Random(name)  # noqa: S311 - the same inputs each time
    for n in range(runs):
        yield (
            pick.randbytes(pick.randint(0, 300))
            if n % 10 == 0
            else broken(pick.choice(seeds), pick)
        )


def attack(size: Size, folder: Path) -> Tally:
    """So many runs for each parser; of files that take longer to read, a tenth of them."""
    tally = Tally("fuzzing")
    with Ledger.open(f"sqlite:///{folder / 'asked.db'}", linking=Linking()) as ledger:
        ledger.add([said_by("Ann Roe", "Four soldiers were killed in Sudzha")])
        _fuzz(tally, size, parsers(ledger))
    return tally


def _fuzz(tally: Tally, size: Size, all_: Parsers) -> None:
    for name, (seeds, parse) in all_.items():
        runs = size.runs // 10 if name in ("pdf", "docx", "workbook") else size.runs
        for content in cases(seeds, runs, name):
            tally.tried += 1
            try:
                parse(content)
            except SaysoError:
                continue
            except Exception as error:  # noqa: BLE001 - that is the finding
                what = f"{name}: {type(error).__name__}: {error} on {content[:60]!r}"
                if what[:60] not in {f[:60] for f in tally.faults}:
                    tally.faults.append(what[:300])
