"""Proof that the ledger still says what was entered, or where it does not."""
