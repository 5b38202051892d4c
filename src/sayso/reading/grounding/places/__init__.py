"""Where: words that name a place, and the entry that each means."""
