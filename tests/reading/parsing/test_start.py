"""What a cold start loads."""

from __future__ import annotations

import subprocess
import sys

_WORDS = """
import sys
from sayso.reading.reader import Reader
Reader()
print([name for name in ("sqlalchemy", "sayso.ledger", "sayso.api.reader") if name in sys.modules])
"""


def test_loading_a_reader_loads_no_ledger() -> None:
    """A pipeline that loads brings sayso's component along, which must stay cheap."""
    done = subprocess.run(
        [sys.executable, "-c", _WORDS], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
