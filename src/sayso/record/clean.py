"""Text that comes from outside, made safe to show: no character in it acts on the screen.

A report, a file name, a publisher may hold escape sequences (`ESC ] 0 ; …` renames a terminal's
window) or bidirectional overrides (U+202E makes "gnp.exe" look like "exe.png"). They are shown,
not obeyed.
"""

from __future__ import annotations

import re
import unicodedata

# Controls of C0, DEL and C1; bidirectional marks, embeddings, overrides and isolates; zero-width
# and invisible marks; line and paragraph separators; the tag characters, which hide whole texts;
# lone surrogates, which no output can encode.
ODD = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
)
_ODD = re.compile(f"[{ODD}]")
_SPACE = re.compile(r"[\t\r\n]")


def _show(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures: ␛ for ESC
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def make_whole(text: str) -> str:
    """The text with U+FFFD for each half of a character, which JSON and file names can bring.

    Two halves that make one are one.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def clean_line(text: str) -> str:
    """The text on one line, with acting characters made visible (`␛`, `<U+202E>`)."""
    return _ODD.sub(_show, _SPACE.sub(" ", text))


def find_odd(text: str) -> str | None:
    """The first acting character of a text, white space that breaks lines among them."""
    found = _ODD.search(text) or _SPACE.search(text)
    return found[0] if found else None


def name_odd(char: str) -> str:
    """What an acting character is called: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    code = ord(char)
    return f"U+{code:04X} {unicodedata.name(char, 'control')}"
