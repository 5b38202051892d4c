"""Contents and sentences to claims: one unit each, with its certainty, events and figures."""
