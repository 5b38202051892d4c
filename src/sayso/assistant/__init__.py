"""A ledger for assistants: what it answers as tools of the Model Context Protocol.

in: Ledger; out: answers with the words and addresses that they rest on.
"""
