"""Reading takes one thread, and leaves those of others as they were."""

from __future__ import annotations

import numpy as np
import pytest
import threadpoolctl

from sayso.reading.parsing.threads import one_thread


def _threads() -> set[int]:
    return {
        each["num_threads"]
        for each in threadpoolctl.threadpool_info()
        if each["user_api"] == "blas"
    }


def test_one_thread_and_then_as_before() -> None:
    """Whatever else computes here keeps its threads."""
    assert np.ones((2, 2)).dot(np.ones((2, 2))).sum() == 8
    if not _threads():
        pytest.skip("numpy's library of linear algebra takes no number of threads")
    with threadpoolctl.threadpool_limits(2, "blas"):
        before = _threads()
        with one_thread():
            assert _threads() == {1}
        assert _threads() == before
