"""An incident as a notebook shows it: what, where, on whose word, its chart and its chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.api.pictures.picture import Picture
from sayso.incidents.words import as_sentence, flag_words, state_words
from sayso.record.html import plain
from sayso.record.incident import IncidentView
from sayso.record.words import place_words, when_words


def incident_html(incident: IncidentView, flags: Iterable[str], pictures: Iterable[Picture]) -> str:
    """The fragment of one incident."""
    held = (*_words(incident, flags), *(picture._repr_html_() for picture in pictures))
    return f'<div class="sayso-incident">{"".join(held)}</div>'


def _words(incident: IncidentView, flags: Iterable[str]) -> Iterator[str]:
    what = (incident.type or "incident").replace("_", " ")
    where = (when_words(incident.time), place_words(incident.place))
    yield f"<p><b>{plain(', '.join(p for p in (what, *where) if p))}</b><br>"
    yield f"<small>{plain(incident.id)}: {incident.reports} reports, {incident.texts} texts</small>"
    yield f"<br>{plain(as_sentence(incident.origin_words))}"
    if incident.states:
        yield f"<br>{plain(as_sentence('; '.join(map(state_words, incident.states))))}"
    if told := "; ".join(map(flag_words, flags)):
        yield f"<br><i>{plain(told)}</i>"
    yield "</p>"
