"""Machines that die: the tests of faults at a size, and a link between two ledgers that breaks."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from attack.tally import Size, Tally

ROOT = Path(__file__).resolve().parents[1]
# kills, a full disk, a server stopped in mid-work, clocks set back, links that break
TESTS = ("tests/ledger/test_faults.py", "tests/ledger/test_clocks.py",
         "tests/exchange/partners/test_lasting.py", "tests/desk/test_partners.py")  # fmt: skip


def attack(size: Size, folder: Path) -> Tally:
    """Each test of a fault is one that was survived; skips say what this machine cannot do."""
    tally = Tally("faults")
    told = folder / "faults.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={told}",
         *TESTS],
        cwd=ROOT, env={**os.environ, "SAYSO_KILLS": str(size.kills)}, check=False,
        capture_output=True,
    )  # fmt: skip
    for case in ET.parse(told).iter("testcase"):  # noqa: S314 - pytest wrote it just now
        name = f"{case.get('classname')}.{case.get('name')}"
        if (skip := case.find("skipped")) is not None:
            tally.left_out.append(f"{name}: {skip.get('message')}")
            continue
        broke = case.find("failure") is not None or case.find("error") is not None
        tally.expect(not broke, name)
        killed = size.kills if "sqlite" in name else max(3, size.kills // 10)
        tally.survived += 0 if broke else killed if "killed_at_random" in name else 1
    return tally
