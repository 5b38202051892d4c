"""Who says it, on whose word, how sure."""
