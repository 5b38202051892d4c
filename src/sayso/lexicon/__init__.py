"""Data that people may edit: cues, event ontology, measures, countries, publishers."""
