"""When two sources are one, or may be: by name, by institution, by description."""

from __future__ import annotations

import re

from sayso.lexicon.publishers import find_by_name
from sayso.linking.speakers.identity import CAPITAL, STATE, Identity, fold, institution_words
from sayso.record import Tie

BY_HAND = "a person says so"  # the ground of what people joined


def _is_same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True where surnames agree and first names do not differ: *O. Danylko*, *Danylko*."""
    last_a, last_b = _spelled(a[-1]), _spelled(b[-1])
    if last_a != last_b:
        # East Asian names stand surname first, and reports write them either way
        return len(a) > 1 and sorted(a) == sorted(b)
    return all(
        _spelled(x) == _spelled(y)
        or (len(x) == 1 and y.startswith(x))
        or (len(y) == 1 and x.startswith(y))
        for x, y in zip(a[:-1][:1], b[:-1][:1], strict=False)
    )


def _is_surname(bare: Identity, person: Identity) -> bool:
    """True where a lone name is the other's surname: *Zelenskiy said*, his title elsewhere."""
    if not person.person or bare.person or bare.organ or bare.group or " " in bare.name:
        return False
    return bare.form == "institution" and _spelled(fold(bare.name)) == _spelled(person.person[-1])


def _spelled(name: str) -> str:
    """A name as the transliterations of it agree: *Zelensky*, *Zelenskyy*; *Yusuf*, *Youssuf*."""
    flat = _MOHAMMED.sub("mohammed", name)
    for spelling, plain in _SPELLINGS:
        flat = flat.replace(spelling, plain)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<![yij])[yij]+$", "i", flat))


_MOHAMMED = re.compile(r"^m[aou]h?[ae]mm?[aeu][dt]$")
_SPELLINGS = tuple(
    pair.split(">")
    for pair in "kh>h ph>f yu>iu ju>iu ya>ia ja>ia ye>e ie>e yo>io jo>io ou>u q>k w>v tz>ts".split()
)


def agree(a: str | None, b: str | None) -> bool:
    """True where two values are the same or one is not known."""
    return a is None or b is None or a == b


def are_apart(a: Identity, b: Identity) -> bool:
    """True where a person said that these are not one."""
    one, other = a.alias, b.alias
    return one is not None and other is not None and other.group in one.apart


def joined_by_hand(a: Identity, b: Identity) -> tuple[Tie, ...]:
    """The words of people by which two sources are one; none where nobody said so.

    Those on these two, else on each with a third that is one with both. Of one key the rules say
    whether two mentions of it are one.
    """
    one, other = a.alias, b.alias
    if one is None or other is None or one.group != other.group or one.key == other.key:
        return ()
    own = tuple(tie for tie in one.ties if tie.key == other.key)
    return own or tuple({t.entry: t for t in (*one.ties[:1], *other.ties[:1])}.values())


def same_speaker(a: Identity, b: Identity) -> tuple[str, str] | None:
    """The rule and its words by which two sources of different reports are one, or None.

    A person's word is before all rules.
    """
    if are_apart(a, b):
        return None
    if ties := joined_by_hand(a, b):
        return BY_HAND, "; ".join(tie.words for tie in ties)
    return _same_by_rule(a, b)


def _same_by_rule(a: Identity, b: Identity) -> tuple[str, str] | None:
    if not agree(a.country, b.country):
        return None
    if a.person and b.person and _is_same_person(a.person, b.person):
        titles = "" if fold(a.name) == fold(b.name) else f": {a.name}; {b.name}"
        return "same speaker", f"one person by name{titles}"
    surname = (_is_surname(a, b) and a.name) or (_is_surname(b, a) and b.name)
    if surname:
        return "same speaker", f"one person by surname: {surname}"
    if a.form == b.form == "vague":
        return _described_alike(a, b)
    if "vague" in (a.form, b.form):
        return None
    if not a.person and not b.person and _is_one_name(a, b):
        return "same speaker", f"one name: {a.name}; {b.name}"
    return _one_institution(a, b)


def _one_institution(a: Identity, b: Identity) -> tuple[str, str] | None:
    """The rule by which an institution's names, spokespeople and heads are one source, or None."""
    named = _holds_name(a, b) or _holds_name(b, a)
    group = a.group if a.group == b.group and a.organ == b.organ else None
    one = group or (a.organ if a.organ == b.organ else None)
    if not named and one is None:
        return None
    if named or a.person or b.person or a.speaks or b.speaks:
        which = f": the {one}" if one else ""
        return "speaks for", f"{a.name} and {b.name} speak for one institution{which}"
    return "same speaker", f"one institution under two names: {a.name}; {b.name}"


def _holds_name(speaker: Identity, other: Identity) -> bool:
    """True where a speaker's title holds the institution's own name.

    *White House spokesman*; *the director of the Salt Hospital, Ada Holm*, where the name is more
    than one word.
    """
    if other.person or other.form != "institution" or not CAPITAL.search(other.name):
        return False
    name, title = fold(other.name), fold(speaker.name)
    if not name or name == title:
        return False
    if speaker.speaks and title.startswith(f"{name} "):
        return True
    heads = bool(speaker.words & institution_words("speaks_for", "words"))
    return heads and " " in name and f" {name} " in f" {title} "


def _is_one_name(a: Identity, b: Identity) -> bool:
    one, other = fold(a.name), fold(b.name)
    if one == other:
        return True
    if a.actor and b.actor and fold(a.actor.name) == fold(b.actor.name) and a.form == b.form:
        # "Security" alone is no name: a name that was read by half joins nobody
        whole = " " in a.actor.name or a.actor.name.isupper()
        return whole and (a.organ, a.group) == (b.organ, b.group)
    found = find_by_name(a.name), find_by_name(b.name)
    return found[0] is not None and found[0] is found[1]


def _described_alike(a: Identity, b: Identity) -> tuple[str, str] | None:
    if not (a.words and b.words) or a.country != b.country or a.kind != b.kind:
        return None
    if a.apart or b.apart or a.plural != b.plural:
        return None
    shared, all_ = len(a.words & b.words), len(a.words | b.words)
    if shared / all_ < 0.75:
        return None
    return "described alike", f"nothing tells {a.name} and {b.name} apart"


def one_upstream(a: Identity, b: Identity) -> tuple[str, str] | None:
    """As `same_speaker`, for the sources that one speaker names: two wordings of one upstream.

    *An allied country's intelligence agency* and *an allied intelligence agency*: what the shorter
    says, the longer says too.
    """
    if a.person or b.person:
        return None
    if not (agree(a.country, b.country) and agree(a.kind, b.kind)) or a.apart or b.apart:
        return None
    small, large = sorted((a.words, b.words), key=len)
    if small and small <= large and len(small) > 1:
        return "one upstream", f"one upstream under two wordings: {a.name}; {b.name}"
    return None


def fits_lead(lead: Identity, source: Identity) -> bool:
    """True where a vaguer lead may be the source that the same report goes on to quote.

    *South Korean officials said* and *the NIS said*; a lone unnamed source is no lead, and of whom
    no kind is known leads nowhere.
    """
    if lead.form != "vague" or not lead.plural or "source" in lead.words or lead.apart:
        return False
    if not source.is_told_apart or source.form == "medium" or None in (lead.kind, source.kind):
        return False
    return could_be(lead, source)


def describes_lead(lead: Identity, source: Identity) -> bool:
    """True where many are told of twice in one report, the second time more closely.

    *Ukrainian soldiers say* in the headline, *two soldiers of the unit said* below.
    """
    if lead.form != "vague" or source.form != "vague" or lead.name == source.name:
        return False
    if not (lead.plural and source.plural) or lead.apart or source.apart:
        return False
    shared = {w for w in lead.words & source.words if w not in ("source", "people")}
    return bool(shared) and len(lead.words) <= len(source.words) and could_be(lead, source)


def could_be(vague: Identity, other: Identity) -> bool:
    """True where nothing speaks against a vague source's being the other one."""
    if are_apart(vague, other):
        return False
    if other.form == "medium" or not agree(vague.country, other.country):
        return False
    if is_witness(vague) != is_witness(other) and None not in (vague.kind, other.kind):
        return False
    if vague.kind is None or vague.kind == other.kind:
        return True
    if other.kind is None:  # medics may be a woman by name, not an institution of any kind
        return other.form != "institution"
    if vague.kind == "government" and other.kind in STATE:
        return True
    return other.form == "vague" and other.kind == "government" and vague.kind in STATE


def is_witness(who: Identity) -> bool:
    """True where a source speaks as one who was there or lives there."""
    return bool(who.words & {"witness", "eyewitness", "resident", "villager", "survivor", "local"})


def may_be_words(vague: Identity, other: Identity) -> str:
    """What is said of a vague source that may be another; a person is never named."""
    if other.form != "institution":
        return "may be one already counted"
    same = [w for w, x, y in (("country", vague.country, other.country),
                              ("kind", vague.kind, other.kind)) if x and x == y]  # fmt: skip
    if not same:  # that nothing speaks against it is no reason to name anyone
        return "may be one already counted"
    return f"may be {other.name}: {', '.join(f'same {w}' for w in same)}"
