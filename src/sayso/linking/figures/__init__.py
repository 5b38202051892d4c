"""Figures side by side: as stated, compared, made into one cell by a policy, and step by step."""
