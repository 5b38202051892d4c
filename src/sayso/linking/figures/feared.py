"""What is only feared or foreseen: *dozens are feared dead*, *could rise to 500* count nobody."""

from __future__ import annotations

import re

from sayso.record import Figure, Spans

# Who asked not to be named for fear of reprisals, or fears more attacks, still says how many died;
# "the feared militia" is not what is feared, and people live in fear of what took place.
_FEARS = (
    r"(?:(?<!\bthe )(?<!\ba )(?<!\bmost )(?<!\bmuch )\bfeared\b"
    r"|(?<!\bfor )(?<!\bin )(?<!\bout of )\bfear(?:s|ing)?\b)"
)
# Behind one of these nothing is feared: "residents who fear more attacks said 12 had died".
_NO_MORE = (
    r"(?!\b(?:said|says?|told|tells?|added|adds|reported|reports|after|since|when|because|following"
    r"|where|who|which|that (?=killed|left|struck|shot)|as (?!many|much|few|high))\b)"
)
# "fears that 30 drowned", "it is feared, the ministry said, that hundreds died"
_THAT = r"\bfear(?:s|ed)?\b(?:, [^,.;!?\n]{1,30},)? that\b(?:(?!\b(?:said|says)\b)[^.;!?\n]){0,40}$"
_BEFORE = re.compile(rf"{_FEARS}(?:{_NO_MORE}[^,:.;!?\n]){{0,60}}$|{_THAT}")
_BE = r"(?:is|are|was|were|be|been) (?:now |still )?"
# "dozens are feared dead"; not of "12 were killed and others are feared trapped"
_OTHER = rf"(?!(?:and|but|while)\b|or (?!more|so)|{_BE}(?!feared))"
_AFTER = re.compile(rf"^ (?:{_OTHER}\w+ ){{0,4}}?{_BE}feared\b|^ (?:\w+ )?feared\b")
_DEATHS = re.compile(rf"{_FEARS}(?: {_NO_MORE}\w+){{0,6}}? (?:dead|died|killed|perished|drowned)\b")
# "could rise to 500", "is expected to climb past 40"
_FORECAST = re.compile(
    r"\b(?:could|may|might|(?:expected|likely|feared|set|bound) to) (?:\w+ ){0,2}?"
    r"(?:rise|climb|grow|increase|reach|exceed|pass|top|surpass|hit)"
    r"(?: (?:further|to|above|past|beyond|as high as)){0,3} (?:(?:at least|about|some|nearly|over"
    r"|more than) )?$"
)


def is_feared(text: str, spans: Spans) -> bool:
    """True where words are of what people only fear: *dozens are feared dead* counts nobody."""
    start, end = spans[0].start, spans[-1].end
    before, after = text[max(0, start - 80) : start].lower(), text[end : end + 80].lower()
    return bool(_BEFORE.search(before) or _AFTER.search(after))


def fears_deaths(text: str) -> bool:
    """True where a text tells of deaths that people fear: nobody knows then whether any died."""
    return _DEATHS.search(text.lower()) is not None


def is_forecast(text: str, figure: Figure) -> bool:
    """True for a count that is only foreseen: *the toll could rise to 500* counts nobody yet."""
    before = text[max(0, figure.span[0].start - 80) : figure.span[0].start].lower()
    return _FORECAST.search(before) is not None
