"""Words and their traces gone, the chain whole."""
