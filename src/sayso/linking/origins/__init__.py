"""Where lines of say-so end: sources joined by rule, and counted as an interval."""
