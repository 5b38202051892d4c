"""PDF: bounded, in lines, and the report among them."""
