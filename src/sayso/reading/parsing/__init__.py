"""One paragraph after the other into words, lemmas, names and trees."""
