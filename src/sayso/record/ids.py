"""Ids are hashes of what makes a thing that thing."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def make_id(kind: str, *parts: Any) -> str:
    """A stable id, `kind` and 16 hex digits: SHA-256 over the JSON-encoded parts.

    JSON, so that fields cannot run together: ("ab", "c") and ("a", "bc") differ.
    """
    code = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"), default=list)
    return f"{kind}-{hashlib.sha256(code.encode()).hexdigest()[:16]}"
