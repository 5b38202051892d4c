"""Scores on text that people marked, against floors that are not lowered silently."""
