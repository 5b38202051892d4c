"""Coarse parts of speech and lemmas by table: what two parts of spaCy do, at a tenth of the cost.

spaCy's attribute ruler and lemmatizer take a third of a pipeline's time to derive from the tag
what a table of (word, tag) holds. The tables are the model's own (its lemmatizer's look-ups); each
(word, tag) is worked out once in a process and then looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sayso.reading.parsing.rows import Rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

Hashes = npt.NDArray[np.uint64]

# Penn tags to universal parts of speech; verbs that are auxiliaries are told apart below.
_PARTS = {
    "$": "SYM", "''": "PUNCT", ",": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", ".": "PUNCT",
    ":": "PUNCT", "ADD": "X", "AFX": "ADJ", "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON",
    "FW": "X", "HYPH": "PUNCT", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "LS": "X",
    "MD": "AUX", "NFP": "PUNCT", "NN": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "NNS": "NOUN",
    "PDT": "DET", "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV",
    "RBS": "ADV", "RP": "ADP", "SYM": "SYM", "TO": "PART", "UH": "INTJ", "VB": "VERB",
    "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "WDT": "PRON",
    "WP": "PRON", "WP$": "DET", "WRB": "SCONJ", "XX": "X", "_SP": "SPACE", "``": "PUNCT", "": "X",
}  # fmt: skip
# Forms that no ending tells: clitics, and the verbs whose present is not their base.
_IRREGULAR = {
    "are": "be", "am": "be", "'m": "be", "'re": "be", "'ve": "have", "n't": "not", "'ll": "will",
    "wo": "will", "ca": "can", "sha": "shall", "me": "I", "him": "he", "her": "she",
    "them": "they", "us": "we",
}  # fmt: skip
_BE = {"be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m"}
_BASE = {"NN", "VB", "VBP", "JJ"}  # forms that are their own lemma
_TABLED = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}
# What of a dependency bears on the part of speech; all others are those of a noun.
_ROLES = {"aux": "aux", "auxpass": "aux", "mark": "mark", "neg": "neg", "det": ""}
_PRONOUNS = {"someone", "anyone", "everyone", "nobody", "somebody", "anybody", "everybody",
             "something", "anything", "everything", "nothing", "noone"}  # fmt: skip


class WordTable:
    """Parts of speech and lemmas of one model, worked out once for each word and tag."""

    def __init__(self, model: Language) -> None:
        lemmatizer: Any = model.get_pipe("lemmatizer")
        tables = lemmatizer.lookups
        # plain sets and dictionaries: spaCy's hash the name of the table at every look-up, and its
        # index of 57,000 nouns is a list, searched from its beginning
        names = ("noun", "verb", "adj", "adv")
        self.index = {n: frozenset(tables.get_table("lemma_index").get(n, ())) for n in names}
        self.exceptions = {n: dict(tables.get_table("lemma_exc").get(n, {})) for n in names}
        self.rules = {n: tuple(tables.get_table("lemma_rules").get(n, ())) for n in names}
        self.vocab: Vocab = model.vocab
        strings = self.vocab.strings
        self._roles = {strings.add(dep): role for dep, role in _ROLES.items()}
        self._known: Rows[np.uint64] = Rows(2, np.uint64)

    def find(self, words: Hashes, tags: Hashes, relations: Hashes) -> Hashes:
        """(tokens, 2): part of speech and lemma of each token."""
        codes = np.zeros(len(words), dtype=np.uint64)
        for code, dep in enumerate(self._roles, start=1):
            codes[relations == np.uint64(dep)] = code
        keys = words ^ (tags * np.uint64(3)) ^ (codes << np.uint64(5))
        strings, roles = self.vocab.strings, ("noun", *self._roles.values())

        def make(places: list[int]) -> Hashes:
            pairs = [
                self._work_out(strings[int(words[i])], strings[int(tags[i])], roles[int(codes[i])])
                for i in places
            ]
            return np.array(pairs, dtype=np.uint64)

        return self._known.take(keys.tolist(), make)

    def _work_out(self, word: str, tag: str, role: str) -> tuple[int, int]:
        part = _PARTS.get(tag, "X")
        low = word.lower()
        if part == "VERB" and (role == "aux" or low in _BE):
            part = "AUX"
        elif tag == "IN" and (role == "mark" or low in ("that", "because", "while")):
            part = "SCONJ"  # not a preposition: it opens a clause
        elif (tag == "DT" and role == "noun") or (tag == "NN" and low in _PRONOUNS):
            part = "PRON"
        elif tag == "RB" and role == "neg":
            part = "PART"
        return self.vocab.strings.add(part), self.vocab.strings.add(self._lemma(word, tag, part))

    def _lemma(self, word: str, tag: str, part: str) -> str:
        low = word.lower()
        if low == "'s" and part in ("AUX", "VERB"):
            return "be"
        if low in _IRREGULAR and tag != "PRP$" and part != "PROPN":
            return _IRREGULAR[low]
        table = _TABLED.get(part)
        if table is None:
            return word if part == "PROPN" or word == "I" else low
        return low if tag in _BASE else self._by_rule(low, table)

    def _by_rule(self, low: str, table: str) -> str:
        """The lemma that the model's tables give: its exceptions first, then its endings."""
        exceptions = self.exceptions[table].get(low)
        if exceptions:
            return str(exceptions[0])
        index = self.index[table]
        unknown = None
        for old, new in self.rules[table]:
            if not low.endswith(old):
                continue
            form = low[: len(low) - len(old)] + new
            if form in index:
                return str(form)
            unknown = unknown or form
        return str(unknown or low)
