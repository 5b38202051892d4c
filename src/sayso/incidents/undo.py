"""What a person who undoes a join has to name beside its id."""

from __future__ import annotations

import re
from typing import Any

from sayso.errors import UsageError
from sayso.record.incident import CopyLine, IncidentView, JoinLine


def about_join(view: IncidentView, join: str) -> dict[str, Any]:
    """The detail of a judgement that undoes a join: where it stands, and the reports it rests on.

    Raises UsageError where the incident has no such join of sources, copies or acts of saying, or a
    person made it: that word holds everywhere, and is taken back by itself.
    """
    made = next((j.entry for j in view.joins if j.id == join), None)
    if made is not None:
        raise UsageError(f"a person joined them, not only here: `sayso judge undo {made}`")
    joins: list[JoinLine | CopyLine] = [*view.joins, *view.copies]
    joins += [each for act in view.utterances for each in act.joins]
    sides = {j.id: f"{j.a} {j.b}" for j in joins}
    if join not in sides:
        raise UsageError(f"{join!r:.60} is no join of that incident; see `sayso incident`")
    reports = sorted(set(re.findall(r"\br\d+\b", sides[join])))  # it goes with any of them
    return {"incident": view.id, "reports": reports}
