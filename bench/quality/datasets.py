"""What `make bench` measures: each set of marked text, who predicts on it and who scores it."""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.phenomena import score as score_phenomena
from bench.quality.rows import give_back, prepare
from bench.quality.score import score as score_claims
from bench.quality.where import ROOT, find, of_split, shared

SHARED = shared()
Measures = dict[str, float | int | None]

# NAME of `python -m bench.quality NAME` -> the module whose `predict(gold, out)` serves it
KINDS = {"claims": "bench.quality.claims", "phenomena": "bench.quality.phenomena",
         "attribution": "bench.quality.attribution",
         "calibration": "bench.quality.calibration", "muc4": "bench.quality.muc4",
         "factuality": "bench.quality.factuality", "time": "bench.quality.time",
         "place": "bench.quality.place", "pages": "bench.quality.pages",
         "copies": "bench.quality.copies", "paraphrase": "bench.quality.paraphrase",
         "origins": "bench.quality.origins", "incidents": "bench.quality.incidents",
         "indiapolice": "bench.quality.indiapolice", "re3d": "bench.quality.re3d"}  # fmt: skip
# Scored where they are predicted: their gold lies beside what is read.
SELF_SCORED = frozenset({
    "calibration", "pages", "copies", "origins", "incidents", "indiapolice", "re3d",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of marked text: `kind/name`, where it lies, which of its rows, the scorer's file."""

    kind: str
    name: str
    gold: Path
    scorer: str | None = None
    rows: Callable[[dict[str, Any]], bool] | None = None
    steer_by: tuple[str, ...] = ()
    learned: bool = True  # false: attributions by rules alone, measured beside the model

    @property
    def id(self) -> str:
        """The name under which its floors stand."""
        return f"{self.kind}/{self.name}"

    @property
    def missing(self) -> str | None:
        """Why it can't be measured here, or None."""
        if not self.gold.exists():
            return f"no {self.gold.name} here"
        if self.scorer and not find(f"scorers/{self.scorer}").exists():
            return f"no {self.scorer} here"
        if importlib.util.find_spec(KINDS[self.kind]) is None:
            return f"no {KINDS[self.kind]} yet"
        return None


_CLAIMS = ("claim_P", "claim_R", "claim_F1", "speaker", "chain", "certainty", "quotation", "said",
           "events_F1", "figures_F1", "when", "where", "whole_F1")  # fmt: skip
_MARKED = ROOT / "examples/marked/claims.jsonl"
_PHENOMENA = tuple(f"{half}{part}" for half in ("", "set aside ")
                   for part in ("hard", "source", "chain"))  # fmt: skip
_SUBSETS = ("all", "report")  # of attributions: all that are marked; those with a reporting cue
_ATTRIBUTION = tuple(f"{subset} {part} f" for subset in _SUBSETS
                     for part in ("srccon", "detect", "rel_exact"))  # fmt: skip
_TIME = ("relaxedF", "strictF", "valueF")
_PLACE = ("recognised_F1", "resolved_F1", "accuracy")
_PAGES = tuple(
    f"{reader} {part}"
    for reader in ("ours", "ours (held out)", "trafilatura")
    for part in ("body", "caption", "byline", "date")
)
_INCIDENTS = ("pairs", "CoNLL", "killed exact", "injured exact", "killed in range",
              "injured in range")  # fmt: skip

_MUC4 = tuple(f"{slot} F1" for slot in ("relevant", "type", "perp_ind", "perp_org", "perp_conf",
              "victim", "victim_num", "death_fig", "injury_fig"))  # fmt: skip
_SCORES = {
    kind: (f"{kind} ECE", f"{kind} apart") for kind in ("attributions", "events", "times", "places")
}
_GUIDED = (*_SCORES["events"], *_SCORES["times"], *_SCORES["places"])  # marked by the guide


def datasets() -> tuple[Dataset, ...]:
    """All sets, those of others where `where.py` finds them."""
    return tuple(replace(d, gold=_found(d.gold)) for d in DATASETS)


def _found(gold: Path) -> Path:
    return find(str(gold.relative_to(SHARED))) if gold.is_relative_to(SHARED) else gold


def datasets_of(split: str) -> Iterator[Dataset]:
    """The sets of others in another part than the one that is measured by default.

    Nothing of the project's own has parts. A set's name tells the part, so it has no floors.
    """
    taken = set()
    for dataset in datasets():
        if dataset.gold.is_relative_to(ROOT):
            continue
        gold = of_split(dataset.gold, split)
        if (dataset.kind, dataset.learned, gold) not in taken:  # tst1 and tst2 have one other part
            taken.add((dataset.kind, dataset.learned, gold))
            yield replace(dataset, name=f"{dataset.name}@{split}", gold=gold)


DATASETS = (
    Dataset("claims", "own", _MARKED, None, lambda row: not row["heldout"], _CLAIMS),
    Dataset("claims", "own-set-aside", _MARKED, None, lambda row: row["heldout"], _CLAIMS),
    Dataset("phenomena", "own", ROOT / "examples/marked/phenomena.jsonl", None, None, _PHENOMENA),
    # written before any program had read them; no rule is ever written from what is wrong here
    Dataset("phenomena", "third", ROOT / "examples/marked/phenomena-third.jsonl", None, None,
            ("set aside hard", "set aside chain")),
    Dataset("attribution", "polnear", SHARED / "data/polnear/dev.jsonl", "score_attribution.py",
            None, _ATTRIBUTION),
    Dataset("attribution", "polnear-by-rules", SHARED / "data/polnear/dev.jsonl",
            "score_attribution.py", None, _ATTRIBUTION, learned=False),
    Dataset("calibration", "polnear", SHARED / "data/polnear/dev.jsonl", None, None,
            _SCORES["attributions"]),
    Dataset("calibration", "own", _MARKED, None, None, _GUIDED),
    Dataset("calibration", "dev", SHARED / "gold/dev.jsonl", None, None,
            _GUIDED),
    Dataset("calibration", "timebank", SHARED / "data/time/tbaq_timebank.jsonl", None, None,
            _SCORES["times"]),
    Dataset("calibration", "aquaint", SHARED / "data/time/tbaq_aquaint.jsonl", None, None,
            _SCORES["times"]),
    Dataset("calibration", "lgl", SHARED / "data/place/lgl.jsonl", None, None, _SCORES["places"]),
    Dataset("calibration", "geovirus", SHARED / "data/place/geovirus.jsonl", None, None,
            _SCORES["places"]),
    Dataset("claims", "dev", SHARED / "gold/dev.jsonl", "score_claims.py", None, _CLAIMS),
    Dataset("claims", "seed", SHARED / "seed/expected.jsonl", "score_claims.py", None, _CLAIMS),
    Dataset("time", "timebank", SHARED / "data/time/tbaq_timebank.jsonl", "score_time.py",
            None, _TIME),
    Dataset("time", "aquaint", SHARED / "data/time/tbaq_aquaint.jsonl", "score_time.py",
            None, _TIME),
    Dataset("time", "wikiwars", SHARED / "data/time/wikiwars.jsonl", "score_time.py", None, _TIME),
    Dataset("place", "lgl", SHARED / "data/place/lgl.jsonl", "score_place.py",
            None, _PLACE),
    Dataset("place", "geovirus", SHARED / "data/place/geovirus.jsonl", "score_place.py",
            None, _PLACE),
    Dataset("muc4", "tst1", SHARED / "data/muc4/tst1.jsonl", "score_muc4.py", None, _MUC4),
    Dataset("muc4", "tst2", SHARED / "data/muc4/tst2.jsonl", "score_muc4.py", None, _MUC4),
    Dataset("indiapolice", "dev", SHARED / "data/india_police/dev.jsonl", None, None,
            tuple(f"{act} F1" for act in ("KILL", "ARREST", "FORCE"))),
    Dataset("re3d", "all", SHARED / "data/re3d/docs.jsonl", None, None,
            tuple(f"{kind} F1" for kind in ("Location", "Temporal", "Quantity"))),
    Dataset("factuality", "uw", SHARED / "data/factuality/uw.dev.jsonl", "score_factuality.py",
            None, ("MAE", "pearson", "macroF1")),
    Dataset("pages", "own", ROOT / "examples/pages", None, None, _PAGES),
    Dataset("copies", "fakes", SHARED / "data/fakes/near_copies.dev.jsonl", "score_pairs.py",
            None, ("P", "R")),
    Dataset("paraphrase", "msrp", SHARED / "data/msrp/dev.jsonl", "score_paraphrase.py", None,
            ("accuracy", "F1")),
    Dataset("origins", "own", ROOT / "examples/scenarios", None, None, ("right", "scenarios")),
    Dataset("incidents", "gva", SHARED / "data/gva/dev.jsonl", "score_clusters.py", None,
            _INCIDENTS),
    Dataset("incidents", "portal", SHARED / "data/wcep_portal/dev.jsonl", "score_clusters.py", None,
            ("pairs", "CoNLL")),
)  # fmt: skip


def predict(kind: str, gold: Path, out: Path) -> None:
    """Write predictions of one kind for a gold file; raises GoldError where it can't be read."""
    module = importlib.import_module(KINDS[kind])
    if gold.is_dir():
        module.predict(gold, out)
        return
    with TemporaryDirectory() as folder:
        given, ids = prepare(kind, gold, Path(folder))
        module.predict(given, out)
    give_back(out, ids)


def measure(dataset: Dataset) -> Measures:
    """The measures of a dataset, freshly predicted and scored."""
    module = importlib.import_module(KINDS[dataset.kind])
    if dataset.kind in SELF_SCORED:
        return dict(_flat(module.score(dataset.gold)))
    with TemporaryDirectory() as folder:
        gold, out = _chosen(dataset, Path(folder)), Path(folder) / "found.jsonl"
        module.predict(gold, out, **({} if dataset.learned else {"learned": False}))
        return score_found(dataset, gold, out)


def score_found(dataset: Dataset, gold: Path, out: Path) -> Measures:
    """The measures of predictions that were written to `out`."""
    if dataset.kind == "phenomena":
        return score_phenomena(gold, out)
    if dataset.scorer is None:
        return score_claims(gold, out)
    scorer = find(f"scorers/{dataset.scorer}")
    if dataset.kind == "muc4":
        return dict(_flat(_run_scorer(scorer, gold, out, "--json")))
    if dataset.kind == "attribution":
        return score_attributions(scorer, gold, out)
    return _run_scorer(scorer, gold, out)


def score_attributions(scorer: Path, gold: Path, out: Path) -> Measures:
    """Percent by the program beside the checkout, over each subset; keys like `all srccon f`."""
    runs = {s: _run_scorer(scorer, gold, out, "--json", "--subset", s) for s in _SUBSETS}
    return {key: round(100 * (value or 0), 1) for key, value in _flat(runs) if " n " not in key}


def _flat(measures: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, float | int | None]]:
    for key, value in measures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key} ")
        else:
            yield prefix + key, value


def _chosen(dataset: Dataset, folder: Path) -> Path:
    if dataset.rows is None:
        return dataset.gold
    chosen = folder / "gold.jsonl"
    lines = dataset.gold.read_text(encoding="utf-8").split("\n")  # a text may hold U+2028
    rows = [line for line in lines if line.strip() and dataset.rows(json.loads(line))]
    chosen.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    return chosen


def _run_scorer(scorer: Path, gold: Path, out: Path, *options: str) -> Measures:
    command = [sys.executable, str(scorer), str(gold), str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"{scorer.name} ended with {done.returncode}: {done.stderr.strip()}")
    measures: Measures = json.loads(done.stdout[done.stdout.index("{") :])
    return measures
