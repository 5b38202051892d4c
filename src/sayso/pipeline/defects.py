"""What to say of an error that nobody foresaw."""

from __future__ import annotations

import os
import traceback


def is_debugging() -> bool:
    """True where SAYSO_DEBUG asks for the whole trace of a defect."""
    return os.environ.get("SAYSO_DEBUG", "") not in ("", "0")


def defect_words(error: BaseException) -> str:
    """What to report of an unexpected error: its kind and where it rose.

    Not its message, which may hold words of a report that is nobody else's business.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "sayso" in frame.filename] or frames
    place = ""
    if ours:
        path = ours[-1].filename.replace("\\", "/").rpartition("/sayso/")[2]
        place = f" in {path}, line {ours[-1].lineno}"
    return (
        f"a defect in sayso ({type(error).__name__}{place}); please report this line and what "
        "`sayso doctor` prints; SAYSO_DEBUG=1 shows the whole trace"
    )


def trace_of(error: BaseException) -> str:
    """The whole trace where SAYSO_DEBUG asks for it, else nothing."""
    return "".join(traceback.format_exception(error)) if is_debugging() else ""
