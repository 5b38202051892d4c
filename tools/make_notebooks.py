"""Writes the outputs of examples/notebooks anew, from their cells: run them after a change.

usage: python tools/make_notebooks.py            all of them
       python tools/make_notebooks.py --check    write nothing; 1 where an output is another now

What differs from run to run (ids that are drawn by chance, the ledger's own clock) is not compared.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "examples/notebooks"
SECONDS = 300  # that one cell may take
_VARIES = re.compile(r"incident-[0-9a-f]{16}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z?|0x[0-9a-f]+")


def run(path: Path) -> Any:
    """The notebook with its outputs as they are now; raises where a cell fails."""
    os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as sockets:
        # no port is opened
        manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/k")
        folder = {"metadata": {"path": FOLDER}}
        NotebookClient(notebook, km=manager, timeout=SECONDS, resources=folder).execute()
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [bare(output) for output in cell.outputs]
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def bare(output: Any) -> Any:
    """An output without the instants and numbers that a run leaves in it."""
    kept = nbformat.from_dict(output)
    kept.pop("transient", None)
    if "metadata" in kept:
        kept["metadata"] = {}
    return kept


def shown(notebook: Any) -> list[list[tuple[str, str]]]:
    """What each cell shows, by kind, without what differs from run to run."""
    return [
        [
            (kind, _VARIES.sub("…", "".join(words)))
            for output in cell.get("outputs", ())
            for kind, words in sorted(_parts(output).items())
        ]
        for cell in notebook.cells
    ]


def _parts(output: Any) -> dict[str, Any]:
    if output.output_type == "stream":
        return {output.name: output.text}
    return dict(output.get("data", {}))


def main(args: list[str]) -> int:
    """0, or 1 where an output is another."""
    wrong = 0
    for path in sorted(FOLDER.glob("*.ipynb")):
        held, now = nbformat.read(path, as_version=4), run(path)
        same = shown(held) == shown(now)
        print(f"{path.relative_to(ROOT)}: {'the same' if same else 'another'}")
        if not same:
            wrong = 1
            if "--check" not in args:
                nbformat.write(now, path)
    return wrong if "--check" in args else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
