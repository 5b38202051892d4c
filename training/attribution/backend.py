"""torch, or where it is not installed the few operations of it that the recipe needs, in numpy.

torch makes the weights that ship, faster. It is no dependency of the project: its
Linux wheels from the registry bring gigabytes of a graphics card's libraries. SAYSO_TRAIN=numpy
takes numpy where both are there.
"""

from __future__ import annotations

import importlib.util
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING or (
    os.environ.get("SAYSO_TRAIN") != "numpy" and importlib.util.find_spec("torch") is not None
):
    import torch
    from torch import Tensor, nn
    from torch.nn import functional
else:
    from training.attribution import tape
    from training.attribution import tape_nn as nn
    from training.attribution.tape import Tensor

    torch = SimpleNamespace(**vars(tape), optim=SimpleNamespace(AdamW=nn.AdamW), nn=nn)
    functional = tape

__all__ = ["Tensor", "functional", "nn", "torch"]
