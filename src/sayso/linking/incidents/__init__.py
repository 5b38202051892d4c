"""Reports to incidents: mentions, their features, their score, and the linker."""
