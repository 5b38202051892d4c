"""Bundles of news databases: many reports in one file (Nexis, Factiva and their like)."""

from __future__ import annotations

from sayso.page.found import Found


def split_bundle(text: str) -> list[Found]:
    """The reports of a bundle, empty where the text is one report."""
    return []
