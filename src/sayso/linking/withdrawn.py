"""Claims that were taken back: by their speaker, or by who published them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from sayso.lexicon.load import load_table
from sayso.linking.lines import Line
from sayso.linking.speakers import Identity, find_organ, fold, identify
from sayso.linking.speakers_same import same_speaker
from sayso.record import Reading, Span, words_of
from sayso.record.links import ClaimRef, Ground, Spot

_SENTENCE = re.compile(r"[^.!?\n]+")


@functools.cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = load_table("institutions")["withdrawn"]

    def any_of(key: str, tail: str = "") -> re.Pattern[str]:
        options = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in table[key])
        return re.compile(rf"\b(?:{options}){tail}\b", re.IGNORECASE)

    return any_of("verbs"), any_of("things", "s?"), any_of("errors")


def find_withdrawn(
    readings: Mapping[str, Reading], lines: Sequence[Line]
) -> list[tuple[ClaimRef, Ground]]:
    """The claims of the lines that a later report says were taken back, each with its ground.

    A sentence such as *The ministry withdrew its statement on the mine*: what the one who takes
    back had said before that report is withdrawn.
    """
    found: dict[ClaimRef, Ground] = {}
    for reading in readings.values():
        for span in _takes_back(reading.report.text):
            words = f"taken back: {words_of(reading.report.text, (span,))}"
            for line in lines:
                told_again = _stands_in(line, reading, span)
                before = _is_before(readings[line.ref.report], reading)
                if told_again or (before and _is_own(line, reading, span)):
                    spots = (Spot(reading.report.id, (span,)), Spot(line.ref.report, line.content))
                    found.setdefault(line.ref, Ground("withdrawn", words, spots))
    return sorted(found.items())


def _takes_back(text: str) -> Iterator[Span]:
    """The sentences in which somebody takes a statement back."""
    verbs, things, errors = _words()
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        verb, thing = verbs.search(sentence), things.search(sentence)
        if not thing:
            continue
        took = verb is not None and verb.end() <= thing.start() <= verb.end() + 40
        if took or errors.search(sentence, thing.end()):
            yield Span(match.start() + len(sentence) - len(sentence.lstrip()), match.end())


def _stands_in(line: Line, reading: Reading, span: Span) -> bool:
    """True for the claim that the sentence repeats: *withdrew its statement that six died*."""
    here = line.ref.report == reading.report.id
    return here and any(span.meets(s) for s in line.content)


def _is_before(claimed: Reading, taking_back: Reading) -> bool:
    if claimed.report.id == taking_back.report.id:
        return False
    one, other = claimed.report.published, taking_back.report.published
    return not (one and other and (one.start or "") > (other.end or "9"))


def _is_own(line: Line, reading: Reading, span: Span) -> bool:
    """True where who speaks in the line is who takes back: the sentence's subject or publisher."""
    sentence = reading.report.text[span.start : span.end]
    outer = line.hops[0]
    if outer.is_voice:
        publisher = reading.report.publisher or ""
        names_itself = re.search(r"\b(?:we|our|this newspaper|this agency)\b", sentence.lower())
        named = fold(outer.who.name) in fold(sentence)
        return named or bool(names_itself and fold(publisher) == fold(outer.who.name))
    for source in reading.sources:
        who = identify(source)
        if any(span.covers(s) for m in source.mentions for s in m) and _is_one(line, who):
            return True
    return _is_subject(outer.who, sentence)


def _is_one(line: Line, who: Identity) -> bool:
    return any(same_speaker(node.who, who) is not None for node in line.hops)


def _is_subject(who: Identity, sentence: str) -> bool:
    """True where the sentence opens with the one who spoke, though it quotes nobody."""
    verbs, _, _ = _words()
    verb = verbs.search(sentence)
    opening = sentence[: verb.start()] if verb else ""
    if who.person:
        return who.person[-1] in fold(opening).split()
    if who.organ:
        return find_organ(opening) == who.organ
    name, opens = fold(who.name), fold(opening)
    # "the regional governor" of one report is "Rostov's governor" in the next
    described = who.form == "vague" and not who.plural and name.split()[-1:] == opens.split()[-1:]
    return bool(opens) and (name in opens or described)
