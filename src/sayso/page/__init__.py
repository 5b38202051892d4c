"""Find the article in a capture: text, typed blocks, publisher, credit, date."""
