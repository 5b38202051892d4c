"""Hostile files read one by one, each in a process of its own that may take only so much.

`python -m attack.apart LENGTH` prints a JSON object a line: the file's `name`, its `size` in bytes,
the seconds of the processor that it `took`, the megabytes of memory at its `peak`, and how it
`ended`: "" where a report or one of our own errors came of it, else what went wrong.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

from attack.bombs import MARKUP, books, feeds, files, lists, pdfs
from sayso.errors import CaptureError, SaysoError
from sayso.exchange.coded.table import read_tables
from sayso.exchange.xlsx_in import read_edits
from sayso.intake import make_capture
from sayso.intake.feeds import parse_feed, read_feed_list
from sayso.intake.json_lines import read_json_array
from sayso.lexicon.load import read_toml
from sayso.page import find_reports
from sayso.page.pdf import bounds as pdf_bounds

MOST_SECONDS = 120  # of the processor, for one hostile file; then it is ended
MOST_MEGABYTES = 4_000  # of addresses; more is a MemoryError
_MEGABYTE = 1024 * 1024
WHOLE = 500_000  # characters, from which on the bounds are the real ones
LINES = ("(", '"', "“", "said ", "A. B. ", "Mr. ", "and ", "1,000 ", "killed ", "\n", "\n\n", " ", "—",
         "http://a.b/ ", "LONDON, ", "who said that ", "of the ", "Monday ", "’s ", "a" * 50 + "-",
         "By A B\n", "5 May 2024 ", "’ ‘", "[", "A ", "&lt;", "….", "İ", "e\u0301", "\u202e")  # fmt: skip
Act = Callable[[str, bytes], Any]


def _report(name: str, content: bytes) -> None:
    for report in find_reports(make_capture(name, content)):
        str(report)


def _feed(name: str, content: bytes) -> None:
    told = repr(parse_feed(content, "http://a.example/"))
    if "root:" in told or "haha" in told:
        raise AssertionError(f"{name}: an entity was expanded")


def _tables(name: str, content: bytes) -> None:
    for table in read_tables(content, name):
        for _ in table.lines:
            pass


def _rows(name: str, content: bytes) -> None:
    for row in read_json_array(name, content):
        if isinstance(row, CaptureError):
            raise row


def cases(length: int) -> Iterator[tuple[str, bytes, Act]]:
    """Each file, and what is done with it."""
    held = files(length)
    for name, content in {**held, **pdfs(length)}.items():
        yield name, content, _report
    for pump in LINES:
        text = pump * (length // len(pump))
        yield f"{pump[:8]!r}.txt", f"{text} the minister said on Monday. {text}".encode(), _report
        yield f"{pump[:8]!r}.html", f"<p>{text} the minister said.</p>".encode(), _report
    for name, content in feeds(length).items():
        yield name, content, _feed
    for name, content in lists(length).items():
        yield name, content, read_feed_list
        if name.endswith(".toml"):
            yield f"{name} as a lexicon", content, lambda n, c: read_toml(c.decode(), n)
    some = ("path.docx", "bomb.docx", "laughs.docx")
    for name, content in {**books(length), **{name: held[name] for name in some}}.items():
        yield f"{name} as edits", content, lambda n, c: read_edits(c, n)
        yield f"{name} as a table", content, _tables
    for name in ("objects.json", "deep.jsonl"):
        yield f"{name} as an array", held[name], _rows


def ended(act: Act, name: str, content: bytes) -> str:
    """What went wrong; "" where nothing did."""
    try:
        act(name, content)
    except SaysoError as error:
        return "" if str(error).strip() else "refused without a reason"
    except MemoryError:
        return f"more than {MOST_MEGABYTES:,} MB"
    except BaseException as error:  # noqa: BLE001 - whatever else it is, it is the finding
        return f"{type(error).__name__}: {error}"[:300]
    return ""


def apart(act: Act, name: str, content: bytes) -> dict[str, Any]:
    """How a file ended in a process of its own, and what it took."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEGABYTES * _MEGABYTE,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.write(into, ended(act, name, content).encode()[:4_000])
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as said:
        words = said.read().decode()
    _, status, used = os.wait4(child, 0)
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
        words = f"more than {MOST_SECONDS} s" if late else f"ended by signal {os.WTERMSIG(status)}"
    elif os.WEXITSTATUS(status):
        words = words or f"exit code {os.WEXITSTATUS(status)}"
    scale = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return {"name": name, "size": len(content), "took": round(used.ru_utime + used.ru_stime, 2),
            "peak": used.ru_maxrss * scale // _MEGABYTE, "ended": words}  # fmt: skip


def main(length: int) -> None:
    """All of them."""
    if length < WHOLE:  # what is tried is that there is an end
        pdf_bounds.MOST_STEPS //= 30
    for name in ("first.html", "first.txt"):
        find_reports(make_capture(name, MARKUP))  # what is loaded once is loaded here
    for name, content, act in cases(length):
        print(json.dumps(apart(act, name, content)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
