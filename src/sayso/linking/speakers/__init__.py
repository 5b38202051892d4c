"""Who a source is, when two are one, and the lines of say-so that lead to them."""
