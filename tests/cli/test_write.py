"""Where rows go."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sayso.cli.write import Out, make_folder
from sayso.errors import UsageError


def test_a_file_appears_whole(tmp_path: Path) -> None:
    """Until all is written, what stood there stands there."""
    path = tmp_path / "x"
    path.write_text("old")
    with Out(path) as out:
        out.write("new")
        assert path.read_text() == "old"
        out.keep()
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_kept_is_not_there(tmp_path: Path) -> None:
    """Nothing half written stays behind, with or without an error."""
    with Out(tmp_path / "x") as out:
        out.write("half")
    out = Out(tmp_path / "y")
    out.write("half")
    out.keep()
    out.__exit__(RuntimeError, RuntimeError(), None)
    assert list(tmp_path.iterdir()) == []


def test_a_file_has_the_usual_rights(tmp_path: Path) -> None:
    """Not those of a temporary file: a colleague may read it."""
    before = os.umask(0o022)
    try:
        with Out(tmp_path / "x") as out:
            out.keep()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o644


def test_a_device_is_written_to_not_replaced() -> None:
    """/dev/null stays a device."""
    with Out(Path(os.devnull)) as out:
        out.write("x")
        out.keep()
    assert not Path(os.devnull).is_file()


def test_a_link_keeps_its_target(tmp_path: Path) -> None:
    """Through a symbolic link the file it leads to is written; the link stays a link."""
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with Out(tmp_path / "link") as out:
        out.write("new")
        out.keep()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """Before anything is read, in words."""
    with pytest.raises(UsageError, match="cannot be written"):
        Out(tmp_path / "no" / "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be made"):
        make_folder(tmp_path / "file" / "folder")
