"""Whoever holds a ledger is attacked, and its machines die: `make attack` tries what happens then."""
