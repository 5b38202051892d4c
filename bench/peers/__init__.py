"""Peers measured side by side: in their own environment, by our scorers, on the same files."""
