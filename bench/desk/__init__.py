"""The desk on a large ledger: how fast each page is, alone and under many readers."""
