"""The report, or the bundle of reports, in an RTF file.

The text as given of an RTF is the text that striprtf gives without the addresses of links, fixed
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.errors import CaptureError
from sayso.page.bundle.split import split_bundle
from sayso.page.found import Found
from sayso.page.text import read_text
from sayso.record import Capture, refuse_long
from sayso.record.clean import make_whole

# A link's address, which striprtf would write into the sentence: the ministry("https://…") said.
_LINK = re.compile(r"\{\\\*\\fldinst(?:[^{}\\]|\\.|\{[^{}]{0,2000}\}){0,4000}\}", re.DOTALL)
# what striprtf raised on broken files; ArithmeticError of `\u-9999999999`, no character's number
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


def find_rtf(capture: Capture) -> Iterator[Found]:
    """The report in an RTF file, or all reports of a news database's.

    Raises CaptureError where it is no RTF or breaks off in its head.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - only RTF needs it

    if not capture.content.lstrip().startswith(b"{\\rtf"):
        raise CaptureError(capture.name, "not an RTF file", "save it as RTF, DOCX or text")
    try:
        # RTF is ASCII with escapes; latin-1 maps what stray bytes there are one to one
        source = _LINK.sub("", capture.content.decode("latin-1"))
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except _DAMAGE as error:
        what = f"a damaged RTF ({type(error).__name__})"
        raise CaptureError(capture.name, what, "save it again") from error
    # RTF writes a character beyond 16 bits as two halves; half of one is none
    text = make_whole(text).replace("\0", "")
    if reports := split_bundle(text):
        yield from reports
        return
    refuse_long(capture.name, text)
    yield read_text(text, capture.facts.get("title"))
