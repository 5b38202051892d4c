"""A table as a notebook shows it: plain HTML in the notebook's own colours, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.record.html import plain

SHOWN = 60  # rows; the rest is counted
_WRAP = 'style="overflow-x:auto;max-width:100%"'
_WIDE = 'style="width:max-content"'
_CELL = 'style="max-width:24rem;white-space:normal"'
_LEFT = 'style="text-align:left;vertical-align:top"'
_RIGHT = 'style="text-align:right;vertical-align:top;white-space:nowrap"'


def table_html(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]],
    notes: Iterable[str] = (),
) -> str:  # fmt: skip
    """The first rows of a table under its title, with notes below."""
    names = (plain(name.replace("_", " ")) for name in columns)
    head = "".join(f"<th {_LEFT}>{name}</th>" for name in names)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:SHOWN])
    more = [f"… and {len(rows) - SHOWN} more"] if len(rows) > SHOWN else []
    below = "".join(f"<p><small>{plain(note)}</small></p>" for note in (*more, *notes))
    return (
        f'<div class="sayso-table"><p><b>{plain(title)}</b></p><div {_WRAP}>'
        f"<table {_WIDE}><thead><tr>"
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>{below}</div>"
    )


def _cell(value: object) -> str:
    if value is None or value == "":
        return f"<td {_LEFT}></td>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        words = f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"
        return f"<td {_RIGHT}>{words}</td>"
    return f"<td {_LEFT}><div {_CELL}>{plain(str(value))}</div></td>"
