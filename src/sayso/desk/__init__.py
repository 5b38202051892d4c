"""People look and decide: pages and an API of the same answers, over one open ledger."""
