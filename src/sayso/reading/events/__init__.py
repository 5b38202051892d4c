"""What happened, to whom, how many."""
