"""What is new in the ledger, told to whoever listens."""
