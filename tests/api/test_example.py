"""The stories that come with sayso, for whoever has nothing but the package."""

from __future__ import annotations

import pytest

import sayso
from sayso.api.example import find_examples


def test_a_story_is_a_folder_of_reports() -> None:
    """Each of those that `sayso demo` reads; another is an error that offers one."""
    assert len(list(sayso.example().glob("0*"))) == 4
    folders = {path.parent for path in find_examples()}
    assert {sayso.example(folder.name) for folder in folders} == folders
    with pytest.raises(sayso.UsageError, match="no example story 'prisoners'; did you mean priso"):
        sayso.example("prisoners")
