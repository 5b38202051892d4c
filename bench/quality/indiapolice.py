"""IndiaPoliceEvents: which sentences tell that the police kill, arrest or use force.

Of Halterman and others, 2021. Each text is given to sayso whole, its sentences one a line. A
sentence tells of an act where an event in it has the police or the army as its doer, and neither
did not happen nor only may. Beside it the same acts are told by words alone, as a search would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.claims import predict as read_claims

Row = dict[str, Any]
ACTS = ("KILL", "ARREST", "FORCE")  # FAIL (what they left undone) is no event of sayso's
_DEADLY = frozenset({"death", "casualties"})
_FORCE = frozenset({"shooting", "attack", "injury", "strike", "stabbing"}) | _DEADLY
_DOERS = frozenset({"attacker", "killer", "agent", "authority", "captor"})
_POLICE = re.compile(r"(?i)\b(?:police\w*|cops?|constables?|army|jawans?|security forces)\b")
_BY_WORDS = {
    "KILL": re.compile(r"(?i)police.*\b(?:kill|shot|dead)|\b(?:kill|shot|dead).*police"),
    "ARREST": re.compile(r"(?i)\b(?:arrest|detain|custody)"),
    "FORCE": re.compile(r"(?i)\b(?:fir(?:ed|ing)|lathi|tear ?gas)"),
}


def predict(gold: Path, out: Path) -> None:
    """Write the acts of each sentence that tells of one: `{"doc", "sent", "labels"}` a line."""
    rows = [json.loads(row) for row in gold.read_text(encoding="utf-8").split("\n") if row]
    with TemporaryDirectory() as folder, out.open("w", encoding="utf-8") as file:
        for row, reading in zip(rows, _readings(rows, Path(folder)), strict=True):
            for number, labels in enumerate(_labels(row, reading)):
                if labels:
                    line = {"doc": row["doc"], "sent": number, "labels": sorted(labels)}
                    file.write(json.dumps(line) + "\n")


def _readings(rows: list[Row], folder: Path) -> Iterator[Row | None]:
    """The reading of each row, None for one that was refused."""
    given, read = folder / "given.jsonl", folder / "read.jsonl"
    with given.open("w", encoding="utf-8") as file:
        for row in rows:
            line = {"id": str(row["doc"]), "text": _text(row), "published": row.get("date")}
            file.write(json.dumps(line) + "\n")
    read_claims(given, read)
    lines = read.read_text(encoding="utf-8").split("\n")
    known = {r["report"]["name"]: r for r in map(json.loads, filter(None, lines))}
    yield from (known.get(str(row["doc"])) for row in rows)


def _text(row: Row) -> str:
    return "\n".join(s["text"] for s in row["sents"])


def _labels(row: Row, reading: Row | None) -> Iterator[set[str]]:
    """The acts of each sentence."""
    start = 0
    for sentence in row["sents"]:
        end = start + len(sentence["text"])
        inside = [
            e for e in (reading["events"] if reading else ())
            if start <= e["trigger"][0][0] < end and not (e["negated"] or e["hypothetical"])
        ]  # fmt: skip
        yield _acts(inside, reading["report"]["text"] if reading else "")
        start = end + 1


def _acts(events: list[Row], text: str) -> set[str]:
    """What the police do in one sentence: who dies where they shoot is killed by them."""
    acts = set()
    for event in events:
        doers = [_words(p["text"], text) for p in event["participants"] if p["role"] in _DOERS]
        words = " ".join((*doers, _words(event["trigger"], text)))
        by_police = bool(_POLICE.search(words))
        if event["type"] == "arrest" and (by_police or not doers):
            acts.add("ARREST")
        if event["type"] in _FORCE and by_police:
            acts.add("FORCE")
    if "FORCE" in acts and any(e["type"] in _DEADLY for e in events):
        acts.add("KILL")
    return acts


def _words(spans: list[list[int]], text: str) -> str:
    return " ".join(text[a:b] for a, b in spans)


def score(gold: Path) -> dict[str, float | int | None]:
    """F1 of each act over sentences, ours and by words alone."""
    rows = [json.loads(row) for row in gold.read_text(encoding="utf-8").split("\n") if row]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "found.jsonl"
        predict(gold, out)
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    found = {(row["doc"], row["sent"]): set(row["labels"]) for row in lines}
    measures: dict[str, float | int | None] = {}
    for act in ACTS:
        told = {(r["doc"], n) for r in rows for n, s in enumerate(r["sents"]) if act in s["labels"]}
        by_words = {
            (r["doc"], n)
            for r in rows for n, s in enumerate(r["sents"]) if _BY_WORDS[act].search(s["text"])
        }  # fmt: skip
        measures[f"{act} F1"] = f1(told, {key for key, acts in found.items() if act in acts})
        measures[f"{act} F1 by words"] = f1(told, by_words)
    return measures


def f1(gold: AbstractSet[object], found: AbstractSet[object]) -> float:
    """F1 of a set against the right one, in percent."""
    both = len(gold) + len(found)
    return round(200 * len(gold & found) / both, 1) if both else 100.0
