"""Readings taken into a ledger and linked there: the one place that `cli` and `desk` share.

The ledger and linking do not know each other; this room hands the one to the other.
"""
