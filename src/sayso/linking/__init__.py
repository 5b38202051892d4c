"""Readings side by side: copies, speakers, figures, acts of saying, incidents, origins.

Linking asks for candidates through `record.links.Postings`, which the ledger implements and
`index.py` in memory: a new report costs the same whether many or few are held.
"""
