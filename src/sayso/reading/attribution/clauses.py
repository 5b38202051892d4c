"""Clauses and phrases in a parse: who the subject is, how far a phrase and a content reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
# what a noun phrase loses when it names a speaker: clauses hung on it, asides, list tails
_LOOSE = {"relcl", "advcl", "parataxis", "ccomp", "punct", "dep"}
# where a clause hangs on another, its subject may be the other's
_INHERITS = {
    "advcl", "xcomp", "conj", "acl", "ccomp", "pcomp", "prep", "dep", "parataxis", "acomp",
}  # fmt: skip
_PRONOUNS_RELATIVE = {"who", "which", "that", "whom"}


def subject_of(verb: Token) -> Token | None:
    """The noun that does what a verb says: its own subject, else the one that it inherits.

    `saying` in "He resigned, saying that …" has the subject of `resigned`; `said` in "the minister,
    who said …" has `minister`; the acl in "a statement saying …" has `statement`.
    """
    seen: set[int] = set()
    token = verb
    while token.i not in seen:
        seen.add(token.i)
        own = own_subject(token)
        if own is not None:
            if own.lower_ in _PRONOUNS_RELATIVE and token.dep_ == "relcl":
                return token.head
            return own
        quoting = _quoting(token)
        if quoting is not None:
            return quoting
        if token.dep_ == "acl" and agent_of(token.head) is not None:
            return agent_of(token.head)  # "an order by the admiral directing ships to …"
        if token.dep_ in ("relcl", "acl") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            # "officials reporting …": the noun. "posted a note on the site blaming …": who posted
            return _poster(token.head) or token.head
        if token.dep_ in _INHERITS and token.head.i != token.i:
            token = token.head
            continue
        return None
    return None


def _quoting(verb: Token) -> Token | None:
    """Who is quoted: the mayor of "quoted the mayor as saying", "he was quoted as saying"."""
    preposition = verb.head
    if verb.dep_ != "pcomp" or preposition.lower_ != "as" or preposition.head.lemma_ not in QUOTES:
        return None
    for child in preposition.head.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            return child
    return None


QUOTES = {"quote", "cite"}


def _poster(noun: Token) -> Token | None:
    """Who published what a noun is or stands on: of "issued a note on its site", the issuer."""
    token = noun
    while token.dep_ in ("pobj", "prep", "compound") and token.head.pos_ != "VERB":
        token = token.head
    verb = token.head
    if token.dep_ in ("dobj", "prep") and verb.lemma_ in _PUBLISHES:
        return own_subject(verb)
    return None


_PUBLISHES = {"post", "issue", "publish", "release", "write", "send", "share", "tweet", "make"}


def noun_before(verb: Token) -> Token | None:
    """The noun right before a verb group, where the parser gave the verb no subject.

    "Minister Holm (Lab.) said": the full stop in the brackets ended the parser's sentence.
    """
    tokens = verb.doc
    i = verb_group(verb)[0].i - 1
    while i >= 0 and tokens[i].pos_ == "ADV":
        i -= 1
    if i >= 0 and tokens[i].text == ")":
        while i >= 0 and tokens[i].text != "(" and verb.i - i < 8:
            i -= 1
        i -= 1
    if i < 0 or tokens[i].pos_ not in ("PROPN", "NOUN", "PRON"):
        return None
    noun = tokens[i]
    while (
        noun.dep_ in ("compound", "flat", "nmod") and noun.head.i > noun.i and noun.head.i < verb.i
    ):
        noun = noun.head
    return _of_which_it_is(noun)


def _of_which_it_is(noun: Token) -> Token:
    """The head of a name that ends in this noun: ", the Observatory for Human Rights said"."""
    whole = noun
    while whole.dep_ == "pobj" and whole.head.head.pos_ in ("NOUN", "PROPN"):
        whole = whole.head.head
        if whole.left_edge.i and whole.left_edge.nbor(-1).text == ",":
            return whole
    return noun


def role_and_name(verb: Token) -> list[Token]:
    """The speaker of ", the mayor of Oxhill, Ada Holm, said": a role, then a name; else nothing.

    The parser hangs the role on the last noun of what was said, and leaves the verb no subject.
    """
    tokens, comma = verb.doc, verb_group(verb)[0].i - 1
    begin = verb.sent.start
    if comma <= begin or tokens[comma].text != ",":
        return []
    name = comma
    while name > begin and tokens[name - 1].pos_ == "PROPN":
        name -= 1
    role = name - 1
    if name == comma or role <= begin or tokens[role].text != ",":
        return []
    while role > begin and name - role < _LONGEST_ROLE and tokens[role - 1].text != ",":
        role -= 1
    words = tokens[role : name - 1]
    # no list of names: "in Oxhill, Stow, Wold, said"
    held = any(t.dep_ == "poss" or t.pos_ == "DET" for t in words)
    if not held or role == begin or tokens[role - 1].text != "," or words[0].pos_ == "ADP":
        return []
    if any(t.pos_ in ("VERB", "AUX", "SCONJ") and t.dep_ != "amod" for t in words):
        return []
    return list(tokens[role:comma])


_LONGEST_ROLE = 14


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on this verb itself, the expletive `it` and `there` included."""
    found = [c for c in verb.children if c.dep_ in _SUBJECTS]
    active = [c for c in found if c.dep_ in ("nsubj", "csubj")]
    return next(iter(active or found), None)


def agent_of(verb: Token) -> Token | None:
    """The noun after `by` in a passive: "was claimed by the movement"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def is_passive(verb: Token) -> bool:
    """True for a passive verb group, and for a past participle that hangs on a noun."""
    if any(c.dep_ in ("auxpass", "nsubjpass") or _is_agent(c) for c in verb.children):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def _is_agent(child: Token) -> bool:
    """True for "by the movement"; "a witness said by telephone" is no passive."""
    return child.dep_ == "agent" and not any(n.lemma_.lower() in _MEANS for n in child.children)


_MEANS = {"telephone", "phone", "email", "e-mail", "radio", "letter", "text", "video", "satellite"}


def phrase(head: Token) -> list[Token]:
    """The noun phrase of a speaker, longest that names who speaks, contiguous, without clauses.

    "Sharif Odeh, of the district council, who fled" keeps the council and loses the clause.
    """
    kept: list[Token] = []
    _gather(head, kept, top=True)
    kept.sort(key=lambda t: t.i)
    run = [head]
    members = {t.i for t in kept}
    tokens = head.doc
    i = head.i - 1
    while i >= head.sent.start and (i in members or (tokens[i].is_punct and i - 1 in members)):
        run.insert(0, tokens[i])
        i -= 1
    i = head.i + 1
    while i < head.sent.end and (
        i in members or (tokens[i].is_punct and _joins(tokens[i]) and i + 1 in members)
    ):
        run.append(tokens[i])
        i += 1
    for n, token in enumerate(run):
        # "Holm, also on the radio, said": an aside about the saying, not the speaker
        if (
            token.text == ","
            and n + 1 < len(run)
            and token.i > head.i
            and (run[n + 1].lower_ in _ASIDES)
        ):
            run = run[:n]
            break
    run = _without_kind(run, head)
    # an appositive between commas leaves its closing comma outside
    while run and run[0].is_punct and run[0].text not in '("[':
        run.pop(0)
    while run and run[-1].is_punct and run[-1].text not in ')"]':
        run.pop()
    if run and run[-1].text == ")" and not any(t.text == "(" for t in run):
        run.pop()
    elif any(t.text == "(" for t in run) and not any(t.text == ")" for t in run):
        after = run[-1].i + 1
        if after < len(tokens) and tokens[after].text == ")":
            run.append(tokens[after])
    return run or [head]


_KINDS = {"activist", "association", "charity", "group", "monitor", "network", "organisation",
          "organization", "watchdog"}  # fmt: skip


def _without_kind(run: list[Token], head: Token) -> list[Token]:
    """Without what a clause goes on to describe: the group of "The Watch, a group that counts"."""
    last = run[-1]
    after = last.nbor(1) if last.i + 1 < len(last.doc) else last
    if after.tag_ not in ("WDT", "WP", "WP$") and after.lower_ != "that":
        return run
    at = max((n for n, t in enumerate(run) if t.text == "," and t.i > head.i), default=0)
    tail = run[at + 1 :]
    is_kind = any(t.lemma_.lower() in _KINDS for t in tail)
    of_more = bool(tail) and tail[0].dep_ == "cc"  # "the army, and a group that counts"
    return run[:at] if at and len(tail) <= 4 and is_kind and not of_more else run


_ASIDES = {"also", "speaking", "writing", "on", "in", "at", "during", "meanwhile", "however", "too",
           "including", "as", "while", "again"}  # fmt: skip


def _joins(token: Token) -> bool:
    return token.text in {",", "-", "–", "—", "(", ")", "/", "'", "’"}


def _gather(token: Token, kept: list[Token], *, top: bool) -> None:
    kept.append(token)
    for child in token.children:
        if child.dep_ in _LOOSE or (child.dep_ == "acl" and child.i > token.i + 6):
            if child.dep_ == "punct" and child.text in "-–'()":
                kept.append(child)
            continue
        if child.dep_ == "acl" and child.tag_ == "VBG" and top:
            continue
        if child.dep_ == "prep" and child.lower_ == "on" and _is_day(child):
            continue  # "reported by the governor on Sunday": when, not who
        if child.dep_ == "cc" and not any(c.dep_ == "conj" for c in token.children):
            continue
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            continue
        _gather(child, kept, top=False)


def _is_day(preposition: Token) -> bool:
    return any(n.dep_ == "pobj" and n.ent_type_ == "DATE" for n in preposition.children)


def verb_group(verb: Token) -> list[Token]:
    """A cue verb with its auxiliaries, negation and particle, contiguous ("has been confirmed")."""
    first = verb.i
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i:
            first = min(first, child.i)
    tokens = verb.doc
    # not over a subject: "Has the minister said" keeps to the verb
    if any(t.dep_ in _SUBJECTS for t in tokens[first : verb.i]):
        first = verb.i
    if any(t.is_punct for t in tokens[first : verb.i]):
        first = verb.i
    last = verb.i
    for child in verb.children:
        if child.dep_ == "prt" and child.i == verb.i + 1:
            last = child.i
    return list(tokens[first : last + 1])
