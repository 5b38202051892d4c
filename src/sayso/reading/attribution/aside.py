"""What tells of a speaker rather than of the world: no claim stands in it.

*A doctor, who asked not to be named for fear of reprisals, said …* and *a group that documents
abuses* are attributions to those who count acts of saying; nobody claims anything by them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.reading.attribution.hops import Hop, Scene

_UNNAMED = re.compile(
    r"(?:that )?(?:(?:his|her|their) (?:(?:full|real|last|first) )?(?:names?|identity) )?"
    r"(?:not (?:to )?be|to (?:not )?be|to remain|remain)"
    r" (?:named|identified|quoted|anonymous|unnamed|published|used|made public)\b"
    r"|(?:to (?:speak|talk) on condition of )?anonymity\b",
    re.IGNORECASE,
)


def mark_asides(scene: Scene, hops: list[Hop]) -> None:
    """Let hops say nothing whose content is how to name the speaker, or what the speaker is for."""
    for hop in hops:
        if _is_about_naming(scene, hop) or _is_a_habit(scene, hop):
            hop.says = False


def _is_about_naming(scene: Scene, hop: Hop) -> bool:
    return bool(hop.content) and _UNNAMED.match(scene.parse.words(hop.content[0])) is not None


def _is_a_habit(scene: Scene, hop: Hop) -> bool:
    """True for *a group that documents abuses*: the present tense in a clause on the speaker."""
    verb = hop.verb
    if verb.dep_ != "relcl" or verb.tag_ not in ("VBZ", "VBP"):
        return False
    told = any(t.like_num for t in verb.subtree) or any(c.dep_ == "ccomp" for c in verb.children)
    return not told and verb.lemma_.lower() in scene.cues.objects["habit"]
