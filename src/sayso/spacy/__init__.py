"""A component for spaCy: `nlp.add_pipe("sayso")` (docs/spacy.md)."""
