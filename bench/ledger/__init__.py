"""Add cost and question time of a generated ledger, by its size."""
