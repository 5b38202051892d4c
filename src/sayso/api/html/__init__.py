"""HTML that a notebook shows of a reading, an incident, a table; every word escaped."""
