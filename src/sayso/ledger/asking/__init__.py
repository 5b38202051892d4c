"""Answers: claims, reports, sources and incidents, at an instant."""
