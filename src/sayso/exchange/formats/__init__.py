"""The formats in which incidents leave, one table of them, and the writers of the open ones."""
