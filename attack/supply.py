"""What we are made of, and whether faults of it are known."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from attack.tally import Size, Tally

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
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
    """Each pin has a hash and stands in the bill; known faults are asked for in the full form."""
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
    if size.name == "full":
        _audit(tally)
    return tally


def _audit(tally: Tally) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "-f", "json", "-r",
         str(ROOT / "requirements.lock")], capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    try:
        found = json.loads(asked.stdout)["dependencies"]
    except (ValueError, LookupError):
        last = (asked.stderr.strip().splitlines() or ["no answer"])[-1][:120]
        tally.left_out.append(
            f"known faults of what is pinned: the service did not answer ({last})"
        )
        return
    for each in found:
        for fault in each.get("vulns", ()):
            tally.faults.append(f"{each['name']} {each['version']}: {fault['id']}")
        tally.tried += 1
