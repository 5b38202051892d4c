"""What sayso still gets wrong, on sentences of our own: read anew whenever the page is written.

`errors.toml` holds the sentences with how they are right. `told` reads them and keeps what came out
in `errors.json`, from which the page is made; a sentence that is read right by now is counted, not
shown. `carried` says where day and place are lost on our own marked reports.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.claims import predict
from bench.quality.score import Found, dice, pair_claims, place_found, same_speaker
from bench.quality.where import ROOT

Row = dict[str, Any]
CASES = Path(__file__).with_name("errors.toml")
TOLD = Path(__file__).with_name("errors.json")
_MARKED = ROOT / "examples/marked/claims.jsonl"


def cases() -> list[Row]:
    """The sentences, each with how it is right."""
    found: list[Row] = tomllib.loads(CASES.read_text(encoding="utf-8"))["error"]
    return found


def record_errors(told: Path = TOLD) -> None:
    """Read the sentences and our marked reports now, and keep what came out."""
    reports = [json.loads(row) for row in _MARKED.read_text(encoding="utf-8").splitlines()]
    seen = [row for row in reports if not row["heldout"]]
    kept = {"errors": list(read_cases(cases())), "lost": carried(seen, _read(seen))}
    told.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_cases(asked: list[Row]) -> Iterator[Row]:
    """Each sentence with how it is right, how it is read, and whether that is the same."""
    reports = [{**case, "id": str(i)} for i, case in enumerate(asked)]
    found = _read(reports)
    for report in reports:
        answer = found[report["id"]]
        yield {
            "what": report["what"], "text": report["text"], "right": _right(report),
            "read": _as_read(report, answer), "is_right": is_right(report, answer),
        }  # fmt: skip


def _read(reports: Iterable[Row]) -> dict[str, Found]:
    with TemporaryDirectory() as folder:
        given, out = Path(folder) / "given.jsonl", Path(folder) / "found.jsonl"
        given.write_text("".join(json.dumps(r) + "\n" for r in reports), encoding="utf-8")
        predict(given, out)
        rows = [json.loads(r) for r in out.read_text(encoding="utf-8").split("\n") if r]
    return {row["report"]["name"]: Found(row) for row in rows}


def is_right(case: Row, found: Found) -> bool:
    """True where the claim that is asked for has its speakers, and what else is asked."""
    if case.get("silent"):
        return not _speakers(found)
    claim = _claim(case, found)
    if claim is None:
        return False
    hops, wanted = found.chain(claim), case["speakers"]
    events = found.events(claim)
    return (
        len(hops) == len(wanted)
        and all(same_speaker(name, name, hop) for name, hop in zip(wanted, hops, strict=True))
        and case.get("certainty", claim["certainty"]) == claim["certainty"]
        and set(case.get("events", ())) <= {e["type"] for e in events}
        and ("country" not in case or case["country"] in {_country(e) for e in events})
        and ("day" not in case or case["day"] in {_day(e) for e in events})
    )


def _speakers(found: Found) -> list[str]:
    named = (" › ".join(h.words or "(unnamed)" for h in found.chain(c)) for c in found.claims)
    return [words for words in dict.fromkeys(named) if words.strip("(unamed) ›")]


def _claim(case: Row, found: Found) -> Row | None:
    """The claim whose words are most those that are asked for; at least half of them."""
    asked = _bag(case["content"])
    near = [(dice(asked, _bag(_words(claim, found))), claim) for claim in found.claims]
    best, claim = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return claim if best >= 0.5 else None


def _bag(words: str) -> frozenset[str]:
    return frozenset(words.lower().replace(".", " ").replace(",", " ").split())


def _words(claim: Row, found: Found) -> str:
    return " ".join(found.text[start:end] for start, end in claim["content"])


def _day(event: Row) -> str | None:
    return event["time"]["start"][:10] if event["time"] and event["time"]["start"] else None


def _country(event: Row) -> str | None:
    country: str | None = event["place"]["country"] if event["place"] else None
    return country


def _right(case: Row) -> str:
    if case.get("silent"):
        return "nobody speaks"
    parts = (case.get("certainty"), *case.get("events", ()), case.get("country"), case.get("day"))
    said = ", ".join(part for part in parts if part)
    who = " › ".join(case["speakers"]) or "own voice"
    return f"{who}: “{case['content']}”" + (f" ({said})" if said else "")


def _as_read(case: Row, found: Found) -> str:
    if case.get("silent"):
        return "; ".join(f"“{words}” speaks" for words in _speakers(found)) or "nobody speaks"
    claim = _claim(case, found)
    if claim is None:
        others = "; ".join(f"“{_words(c, found)}”" for c in found.claims)
        return f"only {others}" if others else "no claim"
    who = " › ".join(h.words or "(unnamed)" for h in found.chain(claim)) or "own voice"
    events = found.events(claim)
    parts: list[str | None] = [claim["certainty"]] if "certainty" in case else []
    parts += [e["type"] for e in events] or ["no event"] if "events" in case else []
    parts += [", ".join(sorted({_country(e) or "no place" for e in events}))] * ("country" in case)
    parts += [", ".join(sorted({_day(e) or "no day" for e in events}))] * ("day" in case)
    said = ", ".join(part for part in parts if part)
    return f"{who}: “{_words(claim, found)}”" + (f" ({said})" if said else "")


def carried(reports: list[Row], found: dict[str, Found]) -> dict[str, dict[str, int]]:
    """Of marked days and places on paired claims: how many are right, and how the others fail."""
    counts = {"time": Counter[str](), "place": Counter[str]()}
    for report in reports:
        if report["id"] not in found:
            continue
        for gold, claim in pair_claims(report, found[report["id"]]):
            for event in gold["events"]:
                same = [e for e in found[report["id"]].events(claim) if e["type"] == event["type"]]
                for key, count in counts.items():
                    if event.get(key):
                        count[_fate(key, event[key], same)] += 1
    return {key: dict(count) for key, count in counts.items()}


def _fate(key: str, gold: Any, same: list[Row]) -> str:
    if not same:
        return "event not found"
    told = [e[key] for e in same if e[key]]
    if not told:
        return "none"
    return "right" if any(place_found(key, t, gold) for t in told) else "another"


def lines_of(kept: Row) -> Iterator[str]:
    """The table of what is still read wrong, and where days and places are lost."""
    wrong = [row for row in kept["errors"] if not row["is_right"]]
    yield (
        f"Of {len(kept['errors'])} sentences of our own that were read wrong once, {len(wrong)} "
        "still are:"
    )
    yield ""
    yield "| what goes wrong | a sentence | right | read as |"
    yield "|---|---|---|---|"
    for row in wrong:
        words = (row["what"], f"*{row['text']}*", row["right"], row["read"])
        yield f"| {' | '.join(word.replace('|', '/') for word in words)} |"
    yield ""
    yield "On paired claims of our own reports (the half that is not set aside):"
    yield ""
    yield f"| marked | in all | right | {' | '.join(_FATES.values())} |"
    yield f"|{'---|' * (len(_FATES) + 3)}"
    for key, count in kept["lost"].items():
        cells = (count.get(fate, 0) for fate in ("right", *_FATES))
        yield f"| {_NAMES[key]} | {sum(count.values())} | {' | '.join(map(str, cells))} |"


_NAMES = {"time": "days", "place": "places"}
_FATES = {"event not found": "event not found as such",
          "none": "event has none", "another": "another one"}  # fmt: skip
