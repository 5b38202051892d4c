"""An incident as a notebook shows it: what, where, on whose word, its chart and its chains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.incidents.words import as_sentence, flag_words, state_words
from sayso.record.html import plain
from sayso.record.words import place_words, when_words

if TYPE_CHECKING:
    from sayso.api.incident import Incident


def incident_html(incident: Incident) -> str:
    """The fragment of one incident."""
    return f'<div class="sayso-incident">{"".join(_parts(incident))}</div>'


def _parts(incident: Incident) -> Iterator[str]:
    what = (incident.type or "incident").replace("_", " ")
    where = (when_words(incident.time), place_words(incident.place))
    yield f"<p><b>{plain(', '.join(p for p in (what, *where) if p))}</b><br>"
    yield f"<small>{plain(incident.id)}: {incident.reports} reports, {incident.texts} texts</small>"
    yield f"<br>{plain(as_sentence(incident.origin_words))}"
    if incident.states:
        yield f"<br>{plain(as_sentence('; '.join(map(state_words, incident.states))))}"
    if incident.flags:
        yield f"<br><i>{plain('; '.join(map(flag_words, incident.flags)))}</i>"
    yield "</p>"
    if incident.figures:
        yield incident.chart()._repr_html_()
    if incident.origins:
        yield incident.chains()._repr_html_()
