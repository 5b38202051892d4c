"""Readings side by side: copies, utterances, incidents, origins, figures.

Linking asks for candidates through `record.links.Postings`, which the ledger implements and
`index.py` in memory: a new report costs the same whether many or few are held.
"""
