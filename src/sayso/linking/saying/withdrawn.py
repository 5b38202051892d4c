"""Claims that were taken back: by their speaker, or by who published them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sayso.linking.events import day_of
from sayso.linking.saying.withdrawn_words import TakenBack, taken_back
from sayso.linking.speakers.identity import Identity, find_organ, fold, identify
from sayso.linking.speakers.lines import Line, names_of
from sayso.linking.speakers.same import same_speaker
from sayso.record import Reading, When, words_of
from sayso.record.links import ClaimRef, Ground, Spot

# "We retract our report", "This agency has withdrawn its story"
_ITSELF = re.compile(r"\b(?:we|our|(?:this|the) (?:news)?(?:paper|agency|service|site|magazine))\b")
_A_DAY = 1  # by which the day that a report is called by may be off: it came after midnight


def find_withdrawn(
    readings: Mapping[str, Reading], lines: Sequence[Line]
) -> list[tuple[ClaimRef, Ground]]:
    """The claims of the lines that a report says were taken back, each with its ground.

    *The ministry withdrew its statement on the mine*: what the ministry had said before is
    withdrawn. *Meridian has withdrawn its report of 11 June*: all that stands in its report of that
    day is, whoever is quoted there; what they told others stands.
    """
    found: dict[ClaimRef, Ground] = {}
    for reading in readings.values():
        for back in taken_back(reading.report.text):
            publishers = frozenset(_publishers(back, reading, readings))
            for line in lines:
                claimed = readings[line.ref.report]
                if _is_taken(back, reading, claimed, line, publishers):
                    found.setdefault(line.ref, _ground(back, reading, line, publishers))
    return sorted(found.items())


def _ground(back: TakenBack, reading: Reading, line: Line, publishers: frozenset[str]) -> Ground:
    outer = line.hops[0]
    who = outer.who.name if outer.is_voice and publishers else None
    if line.ref.report == reading.report.id and (
        back.this or not publishers.isdisjoint(names_of(reading.report))
    ):
        who = reading.report.publisher
    by = f" by {who}" if who else ""
    words = f"taken back{by}: {words_of(reading.report.text, (back.span,))}"
    spots = (Spot(reading.report.id, (back.span,)), Spot(line.ref.report, line.content))
    return Ground("withdrawn", words, spots)


def _is_taken(
    back: TakenBack, reading: Reading, claimed: Reading, line: Line, publishers: frozenset[str]
) -> bool:
    if claimed.report.id == reading.report.id:
        # the claim that the sentence repeats: *withdrew its statement that six died*
        return back.this or any(back.span.meets(s) for s in line.content)
    if not _is_before(claimed, reading):
        return False
    if back.what == "report" and publishers:
        return _is_of(claimed, line, publishers) and _is_of_day(back, reading, claimed)
    return _is_own(back, reading, line, publishers)


def _is_before(claimed: Reading, taking_back: Reading) -> bool:
    one, other = claimed.report.published, taking_back.report.published
    return not (one and other and (one.start or "") > (other.end or "9"))


def _publishers(
    back: TakenBack, reading: Reading, readings: Mapping[str, Reading]
) -> Iterator[str]:
    """The folded names of the publisher, or the agency, that takes its own text back."""
    own, words = names_of(reading.report), words_of(reading.report.text, back.who)
    if _ITSELF.search(words.lower()):
        yield from own
    who = f" {fold(words)} "
    for held in readings.values():
        for name in names_of(held.report):
            # *the report was wrong*, another says: it takes nothing back
            if (name in own or not back.denied) and f" {name} " in who:
                yield name


def _is_of(claimed: Reading, line: Line, publishers: frozenset[str]) -> bool:
    """True for what stands in a text of the publisher, and where another cites it."""
    cited = (fold(n.who.name) for n in line.hops if n.who.form == "medium")
    return not publishers.isdisjoint(names_of(claimed.report)) or not publishers.isdisjoint(cited)


def _is_of_day(back: TakenBack, reading: Reading, claimed: Reading) -> bool:
    """True unless the sentence names the day of what is taken back and it is another's."""
    text, published = reading.report.text, claimed.report.published
    days = [t for t in reading.times if len(t.span) == 1 and back.holds_day(text, t.span[0])]
    return not days or published is None or any(_is_near(t.start, t.end, published) for t in days)


def _is_near(start: str | None, end: str | None, published: When) -> bool:
    first, last = day_of(start), day_of(end)
    own = day_of(published.start)
    if first is None or last is None or own is None:
        return True
    return first <= own <= last + _A_DAY


def _is_own(back: TakenBack, reading: Reading, line: Line, publishers: frozenset[str]) -> bool:
    """True where who speaks in the line is who takes back: the sentence's subject or publisher."""
    outer = line.hops[0]
    if outer.is_voice:
        return fold(outer.who.name) in publishers
    for source in reading.sources:
        who = identify(source)
        named = any(w.covers(s) for w in back.who for m in source.mentions for s in m)
        if named and _is_one(line, who):
            return True
    words = words_of(reading.report.text, back.who)
    return not back.denied and _is_subject(outer.who, words)


def _is_one(line: Line, who: Identity) -> bool:
    return any(same_speaker(node.who, who) is not None for node in line.hops)


def _is_subject(who: Identity, opening: str) -> bool:
    """True where the sentence opens with the one who spoke, though it quotes nobody."""
    if who.person:
        return who.person[-1] in fold(opening).split()
    if who.organ:
        return find_organ(opening) == who.organ
    name, opens = fold(who.name), fold(opening)
    # "the regional governor" of one report is "Rostov's governor" in the next
    described = who.form == "vague" and not who.plural and name.split()[-1:] == opens.split()[-1:]
    return bool(opens) and (name in opens or described)
