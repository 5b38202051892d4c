"""Every regular expression of the package, found without anybody naming it.

`python -m attack.patterns` prints one JSON object a line: where an expression stands, its pattern
and flags, whether it is of bytes, and how it is used. Found are what modules and their classes
hold, what stands in calls of `re` in their source, and what is compiled while stories are read,
linked and kept.
"""

from __future__ import annotations

import ast
import functools
import importlib
import json
import os
import pkgutil
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "sayso"
ANCHORED = {"match", "fullmatch"}  # of a text's beginning; all else is tried all through it
USES = {"search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split"}


@dataclass(frozen=True)
class Expression:
    """A regular expression, as a line of JSON."""

    where: str
    pattern: str  # of bytes: their characters in Latin-1
    flags: int
    bytes: bool
    ways: tuple[str, ...]


class _Compiled:
    """What `re` compiles for modules of the package, noted with the line that asked for it."""

    def __init__(self) -> None:
        self.found: dict[re.Pattern[Any], str] = {}
        # there is no other place that all of `re` goes by
        self._compile = re._compile  # type: ignore[attr-defined]  # noqa: SLF001
        re._compile = self  # type: ignore[attr-defined]  # noqa: SLF001

    def __call__(self, pattern: Any, flags: Any) -> re.Pattern[Any]:
        made: re.Pattern[Any] = self._compile(pattern, flags)
        frame = sys._getframe(1)  # noqa: SLF001 - who asked is nowhere else
        while frame.f_back and frame.f_globals.get("__name__") == "re":
            frame = frame.f_back
        name = str(frame.f_globals.get("__name__"))
        if f"{name}.".startswith("sayso."):
            self.found.setdefault(made, f"{name}:{frame.f_lineno}")
        return made


def _modules() -> Iterator[ModuleType]:
    import sayso  # noqa: PLC0415 - what it compiles is noted

    for info in pkgutil.walk_packages(sayso.__path__, "sayso."):
        if info.name.endswith(("__main__", "migrations.env")):
            continue
        try:
            yield importlib.import_module(info.name)
        except ImportError:  # of an extra that is not installed
            continue


def _inside(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif not depth:
        return
    elif isinstance(value, Mapping):
        for each in (*value.keys(), *value.values()):
            yield from _inside(each, depth - 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _inside(each, depth - 1)
    elif isinstance(value, type) and value.__module__.startswith("sayso"):
        for each in vars(value).values():
            yield from _inside(each, depth - 1)


@functools.cache
def _trees() -> dict[Path, ast.Module]:
    return {p: ast.parse(p.read_text("utf-8")) for p in sorted(SOURCE.rglob("*.py"))}


@functools.cache
def _uses() -> dict[str, set[str]]:
    """How each name is used: the methods that are called on it, "" for all else.

    A name that is a module's own (`_X`) stands as `MODULE._X`.
    """
    found: dict[str, set[str]] = {}
    for file, tree in _trees().items():
        module = ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)
        called: dict[int, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                # from some place of the text on, there may be many tries
                alone = len(node.args) == 1 and not node.keywords
                called[id(node.func)] = node.func.attr if alone else ""
        owners = {
            id(node.value): called.get(id(node), "")
            for node in ast.walk(tree) if isinstance(node, ast.Attribute)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                name = f"{module}.{node.id}" if node.id.startswith("_") else node.id
                found.setdefault(name, set()).add(owners.get(id(node), ""))
    return found


def _ways(module: str, name: str) -> tuple[str, ...]:
    """How what has a name is used: from a text's beginning alone, or all through it."""
    used = _uses().get(f"{module}.{name}" if name.startswith("_") else name, set())
    return tuple(sorted(used)) if used and used <= ANCHORED else ("finditer",)


def _written() -> Iterator[Expression]:
    """What stands in calls such as `re.sub(r"…", …)`."""
    for file, tree in _trees().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            called = node.func
            if not (isinstance(called.value, ast.Name) and called.value.id == "re"):
                continue
            first = node.args[0] if node.args else None
            if called.attr not in USES or not isinstance(first, ast.Constant):
                continue
            said = ast.unparse(node)
            flags = re.IGNORECASE if "IGNORECASE" in said else 0
            way = called.attr if called.attr in ANCHORED else "finditer"
            where = f"{file.relative_to(SOURCE.parent).as_posix()}:{node.lineno}"
            yield _told(re.compile(first.value, flags), where, (way,))


def _told(pattern: re.Pattern[Any], where: str, ways: tuple[str, ...]) -> Expression:
    source = pattern.pattern
    of_bytes = isinstance(source, bytes)
    said = source.decode("latin-1") if of_bytes else source
    return Expression(where, said, int(pattern.flags & ~re.DEBUG), of_bytes, ways)


def _work() -> None:
    """Read, link, keep, mask and export stories: what is compiled at its first use is compiled."""
    from attack.planted import fill  # noqa: PLC0415 - what its import compiles is noted as well
    from sayso.cli.main import run  # noqa: PLC0415
    from sayso.incidents.batch import Linking  # noqa: PLC0415
    from sayso.ledger import Ledger  # noqa: PLC0415

    stories = sorted(map(str, (ROOT / "examples").glob("stories/*/*.txt")))
    pages = sorted(map(str, (ROOT / "examples" / "pages").glob("*.html")))[:4]
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'a.db'}"
        run(["add", "--ledger", url, *stories, *pages])
        with Ledger.open(url, linking=Linking()) as ledger:
            fill(ledger)
            rows = [row.incident for row in ledger.incidents(limit=3)]
        for row in rows:
            run(["incident", row, "--ledger", url])
        run(["export", "csv", "--ledger", url, "--out", str(Path(name) / "out")])


def collected() -> list[Expression]:
    """All of them, each once."""
    noted = _Compiled()
    found: dict[re.Pattern[Any], Expression] = {}
    for module in _modules():
        for name, value in list(vars(module).items()):
            for pattern in _inside(value, 4):
                where = f"{module.__name__}.{name}"
                found.setdefault(pattern, _told(pattern, where, _ways(module.__name__, name)))
    _work()
    for pattern, where in noted.found.items():
        found.setdefault(pattern, _told(pattern, where, ("finditer",)))
    for each in _written():
        source = each.pattern.encode("latin-1") if each.bytes else each.pattern
        found.setdefault(re.compile(source, each.flags), each)
    return sorted(found.values(), key=lambda each: each.where)


def main() -> None:
    """All of them on standard output; what the stories make commands say goes nowhere."""
    warnings.simplefilter("ignore")
    out = os.dup(1)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - no file of ours
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2) if "-v" not in sys.argv else None
        told = collected()
    sys.stdout.flush()
    with os.fdopen(out, "w") as stdout:
        for each in told:
            print(json.dumps(asdict(each)), file=stdout)


if __name__ == "__main__":
    main()
