"""The words of time: a text as tokens of known kinds, which the grammar of dates is written in.

A rule of the grammar runs over one letter a token, not over the text: that keeps rules short
("MONTH DAY COMMA? YEAR"), and makes a text of any length cost one pass and a few short scans.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from sayso.reading.grounding.amounts.numbers import NUMBER_WORDS, parse_digits, parse_number


class Word(NamedTuple):
    """A token: its kind (a name of KINDS), its value, where it stands, and its words."""

    kind: str
    value: Any
    start: int
    end: int
    text: str


KINDS = (
    "OTHER", "BREAK", "STOP", "COMMA", "DASH", "SLASHMARK", "OPEN", "CLOSE", "APOS", "MONEY",
    "ISO", "SLASH", "NAMED", "CLOCK", "DAY", "ORDINAL", "YEAR", "NUMBER", "COUNT", "VAGUE",
    "SHORTYEAR", "DECADE", "BC", "AMPM", "ZONE", "OCLOCK", "MONTH", "WEEKDAY", "DAYWORD", "UNIT",
    "WEEKEND", "PART", "NOON", "SEASON", "QUARTER", "HALF", "HOLIDAY", "LAST", "PREVIOUS", "THIS",
    "NEXT", "FOLLOWING", "SAME", "THAT", "THE", "A", "OF", "IN", "ON", "AT", "FROM", "SINCE",
    "UNTIL", "BETWEEN", "AND", "TO", "OR", "FOR", "AGO", "EARLIER", "LATER", "AFTER", "BEFORE",
    "EVERY", "EDGE", "BORDER", "HEDGE", "MORE", "REF", "SET", "FISCAL", "NOW", "THEN", "LATEST",
    "PERIOD", "YEARAGO",
)  # fmt: skip
LETTER = {kind: chr(0x100 + i) for i, kind in enumerate(KINDS)}

_MONTHS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
_WEEKDAYS = (
    "monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri",
    "saturday sat", "sunday sun",
)  # fmt: skip
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "F",
    "month": "M", "year": "Y", "decade": "E", "century": "C", "centurie": "C",
}  # fmt: skip
_LISTS: dict[str, str] = {
    "THE": "the its their his her", "A": "a an", "OF": "of", "IN": "in during within throughout",
    "ON": "on", "AT": "at", "FROM": "from", "SINCE": "since", "UNTIL": "until till through by",
    "BETWEEN": "between", "AND": "and", "TO": "to", "OR": "or", "FOR": "for", "AGO": "ago",
    "EARLIER": "earlier", "LATER": "later afterward afterwards thereafter", "AFTER": "after",
    "BEFORE": "before", "EVERY": "every each per", "LAST": "last past", "THIS": "this current",
    "PREVIOUS": "previous preceding prior", "NEXT": "next coming upcoming",
    "FOLLOWING": "following subsequent ensuing", "SAME": "same", "THAT": "that those",
    "MORE": "more additional other further consecutive straight full trading extra",
    "HEDGE": "about around nearly almost approximately roughly over under some only just "
    "exactly barely circa",
    "FISCAL": "fiscal", "PERIOD": "period", "ZONE": "gmt utc est edt cet cest bst pst pdt cst cdt "
    "msk ist", "WEEKEND": "weekend weekends", "QUARTER": "quarter", "HALF": "half",
    "VAGUE": "few several couple many", "LATEST": "latest",
}  # fmt: skip
_VALUED: dict[str, dict[str, Any]] = {
    "DAYWORD": {
        "yesterday": (-1, ""), "today": (0, ""), "tonight": (0, "TNI"), "tomorrow": (1, ""),
        "tonite": (0, "TNI"), "overnight": (-1, "TNI"),
    },
    "PART": {
        "morning": "TMO", "mornings": "TMO", "afternoon": "TAF", "afternoons": "TAF",
        "evening": "TEV", "evenings": "TEV", "night": "TNI", "nights": "TNI", "dawn": "TMO",
        "dusk": "TEV",
    },
    "NOON": {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"},
    "SEASON": {
        "spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI",
        "springtime": "SP", "summertime": "SU", "wintertime": "WI",
    },
    "REF": {
        "now": "PRESENT_REF", "currently": "PRESENT_REF", "presently": "PRESENT_REF",
        "nowadays": "PRESENT_REF", "recently": "PAST_REF", "previously": "PAST_REF",
        "formerly": "PAST_REF", "lately": "PAST_REF", "soon": "FUTURE_REF", "recent": "PAST_REF",
        "future": "FUTURE_REF",
    },
    "SET": {
        "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M",
        "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H",
    },
    "EDGE": {
        "early": "early", "mid": "mid", "middle": "mid", "late": "late", "sometime": "",
        "midway": "mid",
    },
    # "the end of July"; without "of" they are verbs: "talks end on Friday"
    "BORDER": {"end": "end", "beginning": "start", "start": "start", "close": "end",
               "outset": "start"},
}  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_PHRASES = {
    phrase: kind
    for kind, phrases in {
        "HEDGE": "more than, less than, at least, at most, up to, no more than, fewer than",
        "VAGUE": "a couple of, a couple, couple of, a few",
        "NOW": "at present, right now, these days, at the moment",
        "THEN": "at that time, at the time",
        "YEARAGO": "year-ago, year-earlier",
        "OCLOCK": "o'clock",
        "ZONE": "local time",
        "HOLIDAY": "new year's day, new year's eve, christmas day, christmas eve, boxing day, "
        "thanksgiving day",
    }.items()
    for phrase in phrases.split(", ")
}
_HOLIDAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25),
    "christmas eve": (12, 24), "boxing day": (12, 26), "christmas": (12, 25),
    "thanksgiving day": (11, 0), "thanksgiving": (11, 0), "halloween": (10, 31),
}  # fmt: skip
# Read as names of months and days only where they begin with a capital: "may", "march", "sun".
_NAMES = frozenset(("MONTH", "WEEKDAY", "HOLIDAY", "ZONE"))


def _make_vocabulary() -> dict[str, tuple[str, Any]]:
    words: dict[str, tuple[str, Any]] = {}
    for kind, listed in _LISTS.items():
        words |= {word: (kind, word) for word in listed.split()}
    for kind, valued in _VALUED.items():
        words |= {word: (kind, value) for word, value in valued.items()}
    for unit, code in UNITS.items():
        words |= {unit: ("UNIT", code), unit + "s": ("UNIT", code)}
    words |= {"years'": ("UNIT", "Y"), "quarters": ("UNIT", "Q")}
    for number, names in enumerate(_MONTHS, 1):
        words |= dict.fromkeys(names.split(), ("MONTH", number))
    for number, names in enumerate(_WEEKDAYS):
        words |= dict.fromkeys(names.split(), ("WEEKDAY", number))
        words |= {names.split()[0] + "s": ("WEEKDAY", number)}
    for number, name in enumerate(_ORDINALS.split(), 1):
        words |= {name: ("ORDINAL", number)}
    for number, name in enumerate("twenties thirties forties fifties sixties seventies eighties "
                                  "nineties".split(), 2):  # fmt: skip
        words |= {name: ("DECADE", f"19{number}")}
    for phrase, kind in _PHRASES.items():
        words |= {phrase: (kind, _HOLIDAYS.get(phrase, phrase))}
    words |= {name: ("HOLIDAY", day) for name, day in _HOLIDAYS.items()}
    return words


_VOCABULARY = _make_vocabulary()
_MONTH_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_TOKEN = re.compile(
    # words first, told by their letter: most of a text, for which all else would be tried before
    r"(?=[^\W\d_])(?:(?P<AMPM>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)"
    r"|(?P<BC>B\.?C\.?(?:E\b\.?)?(?!\w))"
    rf"|(?P<SHORT>(?:{_MONTH_SHORT})\.)"
    r"|(?P<PHRASE>(?i:(?:no\s)?(?:more|less|fewer)\sthan|at\s(?:least|most|present|the\smoment|that\stime|the\stime)"
    r"|up\sto|a\s(?:couple(?:\sof)?|few)|couple\sof|year-(?:ago|earlier)|o'clock|local\stime|right\snow|these\sdays"
    r"|new\syear's\s(?:day|eve)|christmas\s(?:day|eve)|boxing\sday|thanksgiving\sday)\b)"
    r"|(?P<WORD>[^\W\d_]+(?:'(?=\s))?))"
    r"|(?P<BREAK>\n[^\S\n]*\n\s*)"
    r"|(?P<ISO>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))"
    r"|(?P<SLASH>\d{1,2}(?P<sep>[/.])\d{1,2}(?P=sep)(?:\d{4}|(?<=/)\d\d)(?![\w/]))"
    r"|(?P<NAMED>9/11(?![\w/]))"
    r"|(?P<FRACTION>\d{1,3}\s\d/\d(?![\w/]))"
    r"|(?P<CLOCK>\d{1,2}:\d\d(?::\d\d)?(?![\w:]))"
    r"|(?P<DECADE>\d{3}0'?s\b|'\d0s\b)"
    r"|(?P<ORDINAL>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<DIGITS>\d++(?:,\d{3}){0,9}(?!,\d{3})(?:\.\d++|(?!\.\d))(?![^\W_]))"
    r"|(?P<SHORTYEAR>'\d\d\b)"
    r"|(?P<MIXED>\d\w*)"
    r"|(?P<APOS>'s\b|'++)"
    r"|(?P<MARK>(?P<mark>[.,;:!?()\[\]$£€#/\"%-]|[\u2010-\u2015])(?P=mark)*)"
)
_MARKS = {
    ",": "COMMA", ".": "STOP", "!": "STOP", "?": "STOP", ";": "STOP", "(": "OPEN", ")": "CLOSE",
    "[": "OPEN", "]": "CLOSE", "/": "SLASHMARK", "$": "MONEY", "£": "MONEY", "€": "MONEY",
    "#": "MONEY", "-": "DASH",
}  # fmt: skip


def _read_word(text: str) -> tuple[str, Any]:
    known = _VOCABULARY.get(text.lower())
    if known is None:
        if text.lower() in NUMBER_WORDS:
            return "COUNT", text.lower()
        return "OTHER", None
    kind = known[0]
    if kind in _NAMES and not text[0].isupper():
        return "OTHER", None
    return known


def _read_digits(text: str) -> tuple[str, Any]:
    value = parse_digits(text)
    if value is None:
        return "OTHER", None
    if text.isdigit() and value.is_integer():
        if len(text) == 4 and 1000 <= value < 2200:
            return "YEAR", int(value)
        if len(text) <= 2 and 1 <= value <= 31:
            return "DAY", int(value)
    return "NUMBER", value


def _read_decade(text: str) -> tuple[str, Any]:
    digits = "".join(c for c in text if c.isdigit())
    return "DECADE", digits[:3] if len(digits) == 4 else "19" + digits[:1]


def _read_fraction(text: str) -> tuple[str, Any]:
    whole, part = text.split()
    top, bottom = part.split("/")
    return "NUMBER", int(whole) + int(top) / max(int(bottom), 1)


def _read_phrase(text: str) -> tuple[str, Any]:
    return _VOCABULARY.get(" ".join(text.lower().split()), ("HEDGE", None))


_READERS: dict[str, Callable[[str], tuple[str, Any]]] = {
    "WORD": lambda text: _read_word(text.rstrip("'")),
    "DIGITS": _read_digits,
    "MARK": lambda text: (_MARKS.get(text[0], "DASH" if text >= "\u2010" else "OTHER"), text),
    "SHORT": lambda text: ("MONTH", _VOCABULARY[text[:-1].lower()][1]),
    "PHRASE": _read_phrase,
    "ORDINAL": lambda text: ("ORDINAL", int("".join(c for c in text if c.isdigit()))),
    "DECADE": _read_decade,
    "FRACTION": _read_fraction,
    "SHORTYEAR": lambda text: ("SHORTYEAR", int(text[1:])),
    "MIXED": lambda _text: ("OTHER", None),
}


def _read_token(kind: str, text: str) -> tuple[str, Any]:
    read = _READERS.get(kind)
    return read(text) if read else (kind, text)


_TAKE_A = frozenset({"hundred", "thousand", "dozen"})  # "a hundred"


def _merge_counts(words: list[Word], text: str) -> list[Word]:
    """Runs of number words as one COUNT ("twenty - three"), or a YEAR ("nineteen ninety-six")."""
    merged: list[Word] = []
    done = 0  # words that are in `merged`
    for at, word in enumerate(words):
        if word.kind != "COUNT" or at < done:
            continue
        i = at
        if at > done and words[at - 1].kind == "A" and word.value in _TAKE_A:
            i -= 1
        merged += words[done:i]
        j = at + 1
        while j < len(words) and j - i < 12 and (
            words[j].kind == "COUNT"
            or (words[j].kind in ("DASH", "AND") and j + 1 < len(words)
                and words[j + 1].kind == "COUNT")
        ):  # fmt: skip
            j += 1
        start, end = words[i].start, words[j - 1].end
        value = parse_number(text[start:end])
        year = _spoken_year([w.text for w in words[i:j] if w.kind == "COUNT"])
        if year:
            merged.append(Word("YEAR", year, start, end, text[start:end]))
        elif value is not None:
            merged.append(Word("COUNT", value, start, end, text[start:end]))
        else:
            merged.extend(
                w._replace(kind="COUNT", value=parse_number(w.text)) if w.kind == "COUNT" else w
                for w in words[i:j]
            )
        done = j
    return merged + words[done:]


def _spoken_year(names: list[str]) -> int | None:
    """The year that words speak out ("nineteen ninety-six", "two thousand"), else None."""
    if not 2 <= len(names) <= 3:
        return None
    century = parse_number(names[0])
    rest = parse_number("-".join(names[1:]))
    if century and rest and 13 <= century <= 20 and 10 <= rest <= 99:
        return int(100 * century + rest)
    return None


def read_words(text: str) -> list[Word]:
    """The tokens of a text, each of a known kind."""
    words = []
    known: dict[str, tuple[str, Any]] = {}  # a text says most of its words more than once
    for match in _TOKEN.finditer(text):
        word = match.group()
        read = known.get(word)
        if read is None:
            read = known[word] = _read_token(match.lastgroup or "", word)
        words.append(Word(read[0], read[1], match.start(), match.end(), word))
    counts = any(kind == "COUNT" for kind, _ in known.values())
    return _merge_counts(words, text) if counts else words
