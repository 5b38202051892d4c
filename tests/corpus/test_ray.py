"""A cluster of two nodes, one killed while it works: the dataset of a run without it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ray = pytest.importorskip("ray", reason="needs sayso[ray]")

# in a process of its own: Ray's threads, and what it says, are nobody else's
PROGRAM = """
import sys, warnings
warnings.simplefilter("ignore")
import ray
from pathlib import Path
from ray.cluster_utils import Cluster
from sayso.corpus.inputs import list_inputs
from sayso.corpus.engines.on_ray import RayEngine
from sayso.corpus.run import Run
from sayso.corpus.target import Target

lines, out = sys.argv[1:]
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
first = cluster.add_node(num_cpus=1)
second = cluster.add_node(num_cpus=1)
ray.init(address=cluster.address, log_to_driver=False, configure_logging=False)
steps = 0

def tell(state):
    global steps
    steps += 1
    if steps == 4:
        cluster.remove_node(second, allow_graceful=False)
        print("one node killed", flush=True)

inputs = list_inputs([lines])
target = Target(Path(out))
what = {"inputs": [[i.path, i.size] for i in inputs], "reader": "rules", "sayso": "0"}
with target.held(what):
    state = Run(target, inputs, RayEngine(2), reader="rules", tell=tell).run()
print(dict(state.counts), flush=True)
ray.shutdown()
cluster.shutdown()
"""


@pytest.mark.slow
def test_a_node_is_killed_and_nothing_is_lost(
    fill: Callable[..., Any],
    here: Any,
    lines: Path,
    tmp_path: Path,
    dataset: Callable[[Path], Any],
) -> None:
    """Each report once, the rows those of the engine without processes."""
    program = tmp_path / "run.py"
    program.write_text(PROGRAM)
    env = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "RAY_DISABLE_IMPORT_WARNING": "1"}
    command = [sys.executable, program, lines, tmp_path / "ray"]
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=240, check=False
    )
    assert "one node killed" in done.stdout, done.stderr[-2000:]
    assert "{'read': 32, 'copy': 8}" in done.stdout, done.stderr[-2000:]
    fill(tmp_path / "here", lines, engine=here())
    assert dataset(tmp_path / "ray") == dataset(tmp_path / "here")
