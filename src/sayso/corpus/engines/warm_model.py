"""Loaded once before processes are forked: the learned reader's weights, which they then share."""

from sayso.pipeline.read import shared_reader

shared_reader(learned=True)
