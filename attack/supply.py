"""What we are made of, who asked for it, and whether faults of it are known.

`python -m attack.supply` is `make audit`: it prints what the services that know of faults say of what is
pinned. Exit code 0 where all pins were looked up and none has a known fault, 1 where one has, 2 where
some could not be looked up.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from attack.tally import Size, Tally

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
# another service than pip-audit's own: SAYSO_AUDIT="-s osv"
AUDITED = os.environ.get("SAYSO_AUDIT", "").split()
# looked up: fastapi, starlette and mcp ask for the second, by the same maker as the first
LOOKED_UP = {("httpcore", "httpcore2"), ("httpx", "httpx2")}
SHORT_NAME = 5  # letters; shorter names are alike by chance
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)


def bill(place: Path) -> dict[str, object]:
    """A CycloneDX bill of what is pinned for users, with the scripts of pages; written to a file."""
    subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "requirements", str(ROOT / "requirements.lock"),
         "--of", "JSON", "-o", str(place)], check=True, capture_output=True,
    )  # fmt: skip
    held: dict[str, object] = json.loads(place.read_text("utf-8"))
    scripts = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    parts = held.setdefault("components", [])
    assert isinstance(parts, list)  # noqa: S101 - what CycloneDX writes
    for path, each in scripts.items():
        if path and not each.get("dev"):
            name = path.rpartition("node_modules/")[2]
            parts.append({"type": "library", "name": name, "version": each["version"],
                          "purl": f"pkg:npm/{name.replace('@', '%40')}@{each['version']}"})  # fmt: skip
    place.write_text(json.dumps(held, indent=1), "utf-8")
    return held


def attack(size: Size, folder: Path) -> Tally:
    """Each pin has a hash, a reason, and stands in the bill; the full form asks for known faults."""
    tally = Tally("supply chain")
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        for block in re.split(r"\n(?=\S)", text):
            if found := _PIN.match(block):
                tally.expect("--hash=sha256:" in block, f"{lock}: {found[0]} has no hash")
    parts = bill(folder / "bill.json")["components"]
    assert isinstance(parts, list)  # noqa: S101 - what CycloneDX writes
    named = {(p["name"].lower().replace("_", "-"), p.get("version")) for p in parts}
    for name, version in _PIN.findall((ROOT / "requirements.lock").read_text("utf-8")):
        held = (name.lower().replace("_", "-"), version) in named
        tally.expect(held, f"{name} {version} is not in the bill of materials")
    _names(tally)
    if size.name == "full":
        _audit(tally)
    return tally


def pins(lock: str) -> dict[str, str]:
    """The versions that a lock pins, by name."""
    found = _PIN.findall((ROOT / lock).read_text("utf-8"))
    return {canonicalize_name(name): version for name, version in found}


def _names(tally: Tally) -> None:
    """Nothing is pinned that nobody asks for, or that is called almost as something else is.

    A package that takes the place of another by a name like its own (a squat) would be one of these.
    What is installed says what it asks for; what is not installed is not looked at.
    """
    held = pins("requirements.lock")
    wanted = {canonicalize_name(Requirement(each).name) for each in _ours()}
    for name in held:
        try:
            asks = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        wanted |= {canonicalize_name(Requirement(each).name) for each in asks}
    for name in held:
        tally.expect(name in wanted, f"{name} is pinned, and nothing asks for it")
    plain = {name: re.sub(r"[-_.]|py(?:thon)?", "", name) for name in held}
    for one, other in itertools.combinations(sorted(held), 2):
        alike = (one, other) not in LOOKED_UP and _alike(plain[one], plain[other])
        tally.expect(not alike, f"{one} is called almost as {other}")


def _ours() -> list[str]:
    """What pyproject.toml asks for: to run, with its extras, and to be built."""
    held = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, groups = held["project"], held["dependency-groups"]
    extras = itertools.chain.from_iterable(project["optional-dependencies"].values())
    asked = [*project["dependencies"], *extras, *held["build-system"]["requires"], *groups["build"]]
    return [each for each in asked if isinstance(each, str)]


def _alike(one: str, other: str) -> bool:
    """True where a letter is left out, put in, changed, or two have changed places."""
    if min(len(one), len(other)) < SHORT_NAME or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def audited() -> tuple[list[str], list[str], str]:
    """Known faults of what is pinned; the names that could not be looked up; else why none was."""
    faults: list[str] = []
    skipped: list[str] = []
    why = ""
    for lock in LOCKS:
        asked = subprocess.run(
            [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "-f", "json",
             *AUDITED, "-r", str(ROOT / lock)],
            capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        try:
            found = json.loads(asked.stdout)["dependencies"]
        except (ValueError, LookupError):
            why = (asked.stderr.strip().splitlines() or ["no answer"])[-1][:200]
            skipped += pins(lock)
            continue
        for each in found:
            if each.get("skip_reason"):  # the service does not know it: nothing is known of it
                skipped.append(each["name"])
                why = why or each["skip_reason"]
            faults += [
                f"{each['name']} {each['version']}: {v['id']}" for v in each.get("vulns", ())
            ]
    return sorted(set(faults)), sorted(set(skipped)), why


def _audit(tally: Tally) -> None:
    every = {name for lock in LOCKS for name in pins(lock)}
    faults, skipped, _ = audited()
    tally.faults += faults
    tally.tried += len(every) - len(skipped)
    if skipped:
        tally.left_out.append(
            f"known faults of {len(skipped)} of {len(every)} pins, of which the service told nothing"
        )


def main() -> int:
    """What `make audit` prints."""
    faults, skipped, why = audited()
    for fault in faults:
        print(fault)
    if skipped:
        print(f"not looked up: {len(skipped)} of the pins ({why})", file=sys.stderr)
    elif not faults:
        print("no known fault in what is pinned")
    return 1 if faults else 2 if skipped else 0


if __name__ == "__main__":
    raise SystemExit(main())
