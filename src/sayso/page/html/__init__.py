"""HTML: its tree, the lines that it shows, their zones and kinds; what the page says of itself."""
