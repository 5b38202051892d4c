"""What enters: links of the chain, and the rows that are kept of readings and incidents."""
