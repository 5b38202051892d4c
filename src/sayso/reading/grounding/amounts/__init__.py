"""How many: numbers in words and figures, what they count, what bounds them."""
