"""Answers that were had before: one JSON file each, named by what was asked and of whom.

Those of one report's text stand in a folder of their own, so that they go with it (`forget.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from sayso.llm.answer import LARGEST, Answer
from sayso.llm.forget import place_of
from sayso.llm.prompt import PROMPT_VERSION, instructions
from sayso.llm.settings import Settings


def key_of(settings: Settings, report: str, text: str) -> str:
    """What names an answer: the report's text as given; reader, model, server, prompt, text asked.

    Two names, of a folder and of a file in it.
    """
    said = [
        "llm", settings.model, settings.base_url, settings.output, PROMPT_VERSION, instructions(),
        text,
    ]  # fmt: skip
    asked = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    return f"{place_of(report)}/{hashlib.sha256(asked).hexdigest()}"


class Cache:
    """A folder of answers, for its owner's eyes alone; None keeps nothing.

    What comes out of it is looked up in the text like what a model says: who writes in the folder
    can leave a claim out, and not invent one.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> Answer | None:
        """The answer that is kept; None for none, or for a file that is no answer."""
        if self.folder is None:
            return None
        try:
            with self._path(key).open("rb") as file:
                content = file.read(LARGEST + 1)
            return Answer.model_validate_json(content) if len(content) <= LARGEST else None
        except (OSError, ValueError):
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, whole or not at all. Raises OSError where it cannot be kept."""
        if self.folder is None:
            return
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(answer.model_dump_json())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _path(self, key: str) -> Path:
        assert self.folder is not None  # noqa: S101 - asked before
        return self.folder / key[:2] / f"{key}.json"
