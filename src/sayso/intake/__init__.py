"""Fetch and receive: paths, standard input and (later) addresses become captures."""
