"""Who, where, when, how many."""
