"""How readings are shown: a table for people, JSON Lines, CSV, one HTML page."""
