"""Machines that die: the tests of faults at a size.

Each says itself how many faults it made (the property `faults`), and is one of those that run with
the other tests, with fewer kills.
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from attack.tally import Size, Tally

ROOT = Path(__file__).resolve().parents[1]
# kills, small disks, a server that goes and comes, clocks set back, links that are cut
TESTS = (
    "tests/ledger/test_faults.py", "tests/ledger/test_faults_machine.py",
    "tests/desk/test_faults.py", "tests/exchange/partners/test_cut_link.py",
    "tests/desk/test_partners.py::test_a_link_that_is_cut_loses_and_doubles_nothing",
)  # fmt: skip


def attack(size: Size, folder: Path) -> Tally:
    """Each test, and how many faults it survived; skips say what this machine cannot do."""
    tally = Tally("faults")
    told = folder / "faults.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={told}",
         "-o", "junit_family=xunit1",  # the one that holds what a test notes
         *TESTS],
        cwd=ROOT, env={**os.environ, "SAYSO_KILLS": str(size.kills)}, check=False,
        capture_output=True,
    )  # fmt: skip
    for case in ET.parse(told).iter("testcase"):  # noqa: S314 - pytest wrote it just now
        name = f"{case.get('classname')}.{case.get('name')}"
        if (skip := case.find("skipped")) is not None:
            tally.left_out.append(f"{name}: {skip.get('message')}")
            continue
        broke = next((each for tag in ("failure", "error") for each in case.iter(tag)), None)
        why = "" if broke is None else " ".join(broke.get("message", "").split())
        tally.expect(broke is None, f"{name}: {why[:200]}")
        made = [
            int(p.get("value", "0")) for p in case.iter("property") if p.get("name") == "faults"
        ]
        tally.survived += 0 if broke is not None else sum(made)
    return tally
