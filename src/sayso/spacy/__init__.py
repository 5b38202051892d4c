"""A component for spaCy: `nlp.add_pipe("sayso")` (docs/spacy.md)."""

# of the labels in displaCy's span view, which asks for them by an entry point
COLOURS = {"SOURCE": "#9cc4f5", "CUE": "#d3b3ee", "CONTENT": "#ffe08a"}
