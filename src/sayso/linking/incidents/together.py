"""Mentions linked at once: what comes out depends on what they say, not on who came first.

Linking one report after the other, a borderline mention may stay out because what would have held
it was not yet there. So at the end of a batch what is near is linked anew, in an order of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sayso.linking.incidents.link import IncidentLinker
from sayso.linking.incidents.mentions import Mention
from sayso.linking.incidents.score import Weights
from sayso.linking.incidents.words import Frequencies


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions by their report's day and then by what it says, those of a report as they stand."""
    reports: dict[str, list[Mention]] = {}
    for mention in mentions:
        reports.setdefault(mention.report, []).append(mention)
    ordered = sorted(reports.values(), key=lambda ms: (ms[0].published or 0, ms[0].content_id))
    return [mention for found in ordered for mention in found]


def link_together(linker: IncidentLinker, mentions: Iterable[Mention]) -> None:
    """Link mentions that nobody linked yet: their words known first, each looked at twice."""
    ordered = in_order(mentions)
    linker.add_words(ordered)
    linker.add_mentions(ordered)
    linker.settle()


class _Anew(IncidentLinker):
    """A linker for mentions whose words are known already."""

    def add_words(self, mentions: Iterable[Mention]) -> None:
        """Nothing: whoever asks has learnt them."""


def group_anew(
    mentions: Iterable[Mention],
    held: Mapping[str, str],
    frequencies: Frequencies,
    weights: Mapping[str, Weights],
) -> list[tuple[str | None, list[str]]]:
    """Mentions in groups as `link_together` has them, each by the ids that they came with.

    `held` are mentions that stay where they are, with their incident: the name of their group,
    which no other has; a group without any has None.
    """
    linker = _Anew(frequencies=frequencies, weights=weights)
    given: dict[str, str] = {}
    free = []
    for mention in mentions:
        own = mention.content_id if mention.content_id not in given else mention.id
        given[own] = mention.id
        if mention.id in held:
            linker.hold(replace(mention, id=own), held[mention.id])
        else:
            free.append(replace(mention, id=own))
    link_together(linker, free)
    names = set(held.values())
    return [
        (i.id if i.id in names else None, [given[m.id] for m in i.mentions])
        for i in linker.incidents()
    ]
