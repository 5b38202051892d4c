"""A language model of one's own as reader: it points at words, sayso looks whether they are there.

in: Report; out: Reading. What a model says is kept only where the text says it, too.
"""
