"""When: words of time, and the days that they name."""
