"""Loaded once before processes are forked: the reader by rules, without any weights."""

from sayso.pipeline.read import shared_reader

shared_reader(learned=False)
