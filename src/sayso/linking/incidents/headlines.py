"""How many people a headline tells of: "3 killed, 2 hurt in shooting"."""

from __future__ import annotations

import re

from sayso.linking.numerals import NUMBERS

_NUMBER = (
    r"(?<![\d.,:-])(\d{1,3}(?![\d:-])(?! (?:year|month|yr)s? old)"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_TITLE = {
    "killed": re.compile(
        rf"\b{_NUMBER} (?:\w+ ){{0,2}}?(?:killed|dead|die[sd]?|slain)\b"
        rf"|\b(?:kills?|killed|killing) {_NUMBER}\b"
    ),
    "wounded": re.compile(
        rf"\b{_NUMBER} (?:\w+ ){{0,2}}?(?:injured|wounded|hurt|hospitali[sz]ed)\b"
        rf"|\b(?:injures?|wounds?|wounding|injuring|hurts) {_NUMBER}\b"
    ),
    "hit": re.compile(rf"\b{_NUMBER} (?:\w+ ){{0,2}}?(?:shot|struck)\b"),
}
# "Quadruple shooting", "double homicide", "murder-suicide": how many, in a word.
_FOLD = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_FOLDS = {
    "killed": re.compile(
        r"\b(double|triple|quadruple) (?:fatal )?(?:homicide|murder|fatal|slaying|killing)"
    ),
    "hit": re.compile(r"\b(double|triple|quadruple|quintuple) shooting"),
}
# A headline that tells of it without a number tells of one.
_TITLE_ONE = {
    "killed": re.compile(
        r"\b(?:kill(?:s|ed)?|dead|dies|died|deadly|fatal(?:ly)?|homicide"
        r"|(?<!attempted )murder(?:s|ed)?|slain|slaying"
        r"|deaths?(?! (?:threat|penalty|row|sentence)))\b"
    ),
    "wounded": re.compile(r"\b(?:injure[ds]?|wound(?:s|ed)?|hurt|hospitali[sz]ed|critical)\b"),
    "hit": re.compile(
        r"\b(?:shot|shoots|shooting (?:him|her)self)\b(?! (?:at|fired|on|up|into|down)\b)"
    ),
}
# "Man shot dead, boy wounded": beside the dead, somebody lives; not "dies of gunshot wounds".
_TITLE_ALSO = re.compile(
    r"\b(?:wounded|injured|hurts?|injures|injuring|wounding"
    r"|wounds (?:\d|an?\b|man|woman|boy|girl|teen|child|officer|others?))"
)


def count_title(title: str) -> dict[str, int]:
    """What a headline counts: "3 killed, 2 hurt in shooting"."""
    found = {}
    for key, pattern in _TITLE.items():
        numbers = [g for m in pattern.finditer(title.lower()) for g in m.groups() if g]
        if numbers:
            found[key] = max(int(n) if n.isdigit() else NUMBERS[n] for n in numbers)
        elif key in _FOLDS and (fold := _FOLDS[key].search(title.lower())):
            found[key] = _FOLD[fold[1]]
        elif _TITLE_ONE[key].search(title.lower()):
            found[key] = 1
    return found


def tells_of_living(headline: str) -> bool:
    """True where a headline in lower case tells of somebody who was hurt and lives."""
    return _TITLE_ALSO.search(headline) is not None
