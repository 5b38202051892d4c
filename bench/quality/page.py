"""docs/quality.md: its tables, written from what was measured, by whom and when.

Four files hold what is shown: `measured.json` beside this one (our figures), `errors.json` (what is
read wrong), `bench/peers/measured.json` (the peers' figures, by `make bench-peers`), and
`comparisons.toml` (targets, what people reach, figures that are quoted). Nothing else gets into the
tables and the picture.
"""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.quality import errors
from bench.quality.datasets import DATASETS, Measures
from bench.quality.reliability import KINDS, draw, pool
from bench.quality.where import ROOT

PAGE = ROOT / "docs/quality.md"
OURS = Path(__file__).with_name("measured.json")
PEERS = ROOT / "bench/peers/measured.json"
_ITEMS = ROOT / "examples/marked/phenomena.jsonl"
_PICTURE = "pictures/reliability.svg"
# The panels of the picture: the score of what, and on which sets it was measured.
_PANELS = (
    ("attributions", "attributions", ("polnear",)),
    ("events", "events", ("own", "dev")),
    ("times", "times", ("own", "dev")),
    ("places", "places", ("own", "dev")),
    ("places on the map", "places", ("lgl", "geovirus")),
)
Record = dict[str, Any]  # set -> {"date", "commit", "measures"}


def record(results: Mapping[str, Measures], ours: Path = OURS, page: Path = PAGE) -> None:
    """Keep what was measured now beside what was measured before, and write the page anew."""
    kept = load(ours)
    day, commit = today(), commit_now()
    for name, measures in results.items():
        if measures:  # a set whose reader or scorer ended badly keeps its older figures
            kept[name] = {"date": day, "commit": commit, "measures": measures}
    save(kept, ours)
    write_page(kept, load(PEERS), page)


def load(path: Path) -> Record:
    """What a file of figures holds; nothing where there is none yet."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def save(kept: Record, path: Path) -> None:
    """Write figures, a set a line, so that a diff says which changed."""
    rows = ",\n".join(f"  {json.dumps(k)}: {json.dumps(kept[k])}" for k in sorted(kept))
    path.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")


def today() -> str:
    """The day of the measurement, ISO 8601."""
    return datetime.now(tz=UTC).date().isoformat()


def commit_now() -> str:
    """The checked-out commit, with a + where the package was changed since."""
    run = [["git", "rev-parse", "--short", "HEAD"], ["git", "status", "--porcelain", "src"]]
    said = [
        subprocess.run(c, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
        for c in run
    ]
    return (said[0] or "unknown") + ("+" if said[1] else "")


def write_page(ours: Record, peers: Record, page: Path = PAGE) -> None:
    """Put the tables between the marks of the page; what stands around them stays."""
    figures = [
        *_reached(ours), "", *_compared(ours, peers), "", _rivals(peers), "", *_all_sets(ours), "",
        *_phenomena(ours, peers),
    ]  # fmt: skip
    text = _between(page.read_text(encoding="utf-8"), "bench", figures)
    text = _between(text, "errors", errors.lines_of(load(errors.TOLD)))
    page.write_text(_between(text, "scores", _scores(ours)), encoding="utf-8")
    picture = page.parent / _PICTURE
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(draw(calibrations(ours)), encoding="utf-8")


def _between(text: str, name: str, lines: Iterable[str]) -> str:
    """A text with new lines between two marks; as it is where it has no such marks."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    head, found, rest = text.partition(begin)
    if not found:
        return text
    return f"{head}{begin}\n" + "\n".join(lines) + f"\n\n{end}{rest.partition(end)[2]}"


def calibrations(ours: Record) -> dict[str, dict[str, float]]:
    """The measured reliability of each kind of score, by the name of its panel."""
    return {
        name: pool(_of_kind(ours, f"calibration/{set_}", kind) for set_ in sets)
        for name, kind, sets in _PANELS
    }


def _of_kind(ours: Record, name: str, kind: str) -> dict[str, float]:
    """What was measured on a set of one kind of score."""
    measures = ours.get(name, {}).get("measures", {})
    begin = f"{kind} "
    return {k.removeprefix(begin): v for k, v in measures.items() if k.startswith(begin)}


def _scores(ours: Record) -> Iterator[str]:
    """The picture, and what was measured of each kind of score on each set."""
    yield f"![Reliability of the scores]({_PICTURE})"
    yield ""
    yield "| score of | set | found | right, % | calibration error, points | told apart, % |"
    yield "|---|---|---|---|---|---|"
    for kind in KINDS:
        for name in (name for name in ours if name.startswith("calibration/")):
            table = _of_kind(ours, name, kind)
            if table:
                tenths = [k.removesuffix(" n") for k in table if k.endswith(" n")]
                count = sum(table[f"{t} n"] for t in tenths)
                right = sum(table[f"{t} n"] * table[f"{t} right"] for t in tenths) / count
                cells = (
                    kind,
                    f"`{name}`",
                    count,
                    round(right, 1),
                    table["ECE"],
                    table.get("apart"),
                )
                yield f"| {' | '.join(c if isinstance(c, str) else _plain(c) for c in cells)} |"


def comparisons() -> list[Record]:
    """The rows of comparisons.toml."""
    text = Path(__file__).with_name("comparisons.toml").read_text(encoding="utf-8")
    rows: list[Record] = tomllib.loads(text)["row"]
    return rows


def is_reached(row: Record, here: float) -> bool:
    """True where a figure is on the right side of its row's target."""
    reach = float(row["reach"])
    return here <= reach if row.get("less") else here >= reach


def _reached(ours: Record) -> Iterator[str]:
    """How many targets are reached, and by how much the others are missed."""
    judged = [
        (row, here) for row in comparisons()
        if "reach" in row and (here := _value(ours, row["set"], row["key"])) is not None
    ]  # fmt: skip
    missed = [(row, here) for row, here in judged if not is_reached(row, here)]
    yield f"**{len(judged) - len(missed)} of {len(judged)} targets are reached.**"
    if missed:
        yield ""
        yield "Missed:"
        yield ""
    for row, here in missed:
        gap, goal = _plain(round(abs(row["reach"] - here), 3)), _plain(row["reach"])
        yield f"- `{row['set']}`, {row['key']}: {_plain(here)}, {gap} short of {goal}"


def _compared(ours: Record, peers: Record) -> Iterator[str]:
    """Ours beside the peers, what two people reach, and the target."""
    yield "| what | sayso | peers, measured here | quoted | two people | target | |"
    yield "|---|---|---|---|---|---|---|"
    for row in comparisons():
        here = _value(ours, row["set"], row["key"])
        if here is not None:
            found = (
                (p, _value(peers, f"{p} {row['set']}", row["key"])) for p in row.get("peers", ())
            )
            beside = "; ".join(f"{p} {v}" for p, v in found if v is not None)
            cells = (row["what"], f"**{here}**", beside, "; ".join(row.get("quoted", ())),
                     row.get("human", ""), row.get("target", ""), _verdict(row, here))  # fmt: skip
            yield f"| {' | '.join(cell or '–' for cell in cells)} |"


def _verdict(row: Record, here: float) -> str:
    if "reach" not in row:
        return ""
    return "reached" if is_reached(row, here) else "missed"


def _rivals(peers: Record) -> str:
    """Which versions of the peers were measured, and when."""
    named = {(name.split(" ")[0], kept["version"], kept["date"]) for name, kept in peers.items()}
    listed = ", ".join(f"{peer} {version} ({day})" for peer, version, day in sorted(named))
    return f"Peers as measured: {listed or 'none yet'}."


def _all_sets(ours: Record) -> Iterator[str]:
    yield "| set | measured | measures |"
    yield "|---|---|---|"
    for dataset in DATASETS:
        if dataset.id in ours:
            kept = ours[dataset.id]
            shown = dataset.steer_by or tuple(kept["measures"])
            line = ", ".join(f"{k} {_plain(kept['measures'].get(k))}" for k in shown)
            yield f"| `{dataset.id}` | {kept['date']}, `{kept['commit']}` | {line} |"


def _phenomena(ours: Record, peers: Record) -> Iterator[str]:
    """Percent right by phenomenon, and the items that are wrong: of those not set aside."""
    name = "phenomena/own"
    if name not in ours:
        return
    items = [json.loads(row) for row in _ITEMS.read_text(encoding="utf-8").splitlines()]
    yield "| phenomenon | items | sayso | sayso, set aside | textacy (both) |"
    yield "|---|---|---|---|---|"
    for kind in dict.fromkeys(item["phenomenon"] for item in items):
        number = sum(item["phenomenon"] == kind for item in items)
        keys = (kind, f"set aside {kind}")
        mine = [_plain(_value(ours, name, key)) for key in keys]
        theirs = [v for k in keys if (v := _value(peers, f"textacy {name}", k)) is not None]
        mean = _plain(sum(theirs) / len(theirs)) if theirs else "–"
        yield f"| {kind.replace('_', ' ')} | {number} | {mine[0]} | {mine[1]} | {mean} |"
    yield ""
    yield from _wrong(items, ours[name]["measures"])


def _wrong(items: Iterable[Record], measures: Measures) -> Iterator[str]:
    wrong = [i for i in items if not i["heldout"] and measures.get(f"item {i['id']}") == 0]
    yield "Items that are read wrong (of the half that is not set aside):"
    yield ""
    for item in wrong:
        speakers = " › ".join(hop or "(nobody named)" for hop in item["resolved"])
        text = " ".join(item["text"].split()).replace("|", "\\|").replace("<", "&lt;")
        kind = item["phenomenon"].replace("_", " ")
        yield f"- *{kind}*: {text} — right: {speakers or 'no speaker'}"
    if not wrong:
        yield "- none"


def _value(record: Record, name: str, key: str) -> float | int | None:
    value: float | int | None = record.get(name, {}).get("measures", {}).get(key)
    return value


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
