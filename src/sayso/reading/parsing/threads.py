"""One thread for the products of matrices, whatever whoever calls us has set for others.

The matrices of a sentence are small: several threads of one read nothing sooner, wait for one
another, and beside other work cost many times as much (measured: 2.5 s of processor became 14 and
27 on two cores that were busy).
"""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager
from typing import Any


@functools.cache
def _controller() -> Any:
    """What the libraries that are loaded can be told; asked once numpy is there."""
    import threadpoolctl  # noqa: PLC0415 - the command line must start without it

    return threadpoolctl.ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Within it the libraries of linear algebra take one thread; before and after, as they did."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit
