"""Makes a version out of what changed: `python tools/release.py 0.2.0` (`make release`).

The fragments of changelog.d/ become a section of CHANGELOG.md and are deleted; what stands there
under `VERSION (not released yet)` becomes its first words. The version is written where it stands.
Nothing is committed: it says what comes next.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

COMING = re.compile(r"^## (\S+) \(not released yet\)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
# each file with the words around its version
PLACES = {
    "src/sayso/__init__.py": '__version__ = "{}"',
    "CITATION.cff": "version: {}\n",
    "docs/cite.md": "version = {{{}}}",
    "docs/versions.md": "sayso {}\n",
    "docs/team.md": "sayso-{}-py3-none-any.whl",
}


def main(words: list[str]) -> int:
    """0 made; 2 what is in the way, and nothing is changed."""
    wrong = _refuse(words)
    if wrong:
        sys.stderr.write(f"release: {wrong}\n")
        return 2
    (version,), old = words, _current()
    today = datetime.now(UTC).date().isoformat()
    for path, around in PLACES.items():
        _write(Path(path), around.format(old), around.format(version))
    made = [sys.executable, "-m", "towncrier", "build", "--yes", "--version", version]
    subprocess.run([*made, "--date", today], check=True)  # noqa: S603 - ours
    changes = Path("CHANGELOG.md")
    changes.write_text(_joined(changes.read_text("utf-8"), version), encoding="utf-8")
    sys.stdout.write(
        f"{version}: look at CHANGELOG.md, then\n"
        f"  make test && git commit -am 'Version {version}' && git tag v{version} && make dist\n"
    )
    return 0


def _refuse(words: list[str]) -> str | None:
    """What is in the way; None where nothing is."""
    if len(words) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", words[0]):
        return "which version? python tools/release.py 0.2.0"
    changes = Path("CHANGELOG.md").read_text("utf-8")
    if re.search(rf"^## {re.escape(words[0])} \(\d", changes, re.MULTILINE):
        return f"CHANGELOG.md tells of {words[0]} already"
    released = re.findall(r"^## (\S+) \(\d", changes, re.MULTILINE)
    if released and _number(words[0]) <= max(map(_number, released)):
        return f"{words[0]} is not above {released[0]}"
    for path, around in PLACES.items():
        if around.format(_current()) not in Path(path).read_text("utf-8"):
            return f"{path} does not say {around.format(_current()).strip()!r}"
    if not list(Path("changelog.d").glob("*.*.md")):
        return "nothing changed: changelog.d/ has no fragment"
    return None


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _current() -> str:
    """The version that the package has."""
    said = Path("src/sayso/__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', said, re.MULTILINE)
    return found[1] if found else ""


def _write(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def _joined(changes: str, version: str) -> str:
    """The changes with what was said of the coming version under its own head."""
    coming = COMING.search(changes)
    if coming is None or coming[1] != version:
        return changes
    rest = changes[: coming.start()] + changes[coming.end() :]
    head = re.search(rf"^## {re.escape(version)} \([^)]*\)\n", rest, re.MULTILINE)
    assert head is not None  # noqa: S101 - towncrier wrote it
    return f"{rest[: head.end()]}\n{coming[2].strip()}\n{rest[head.end() :]}".rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
