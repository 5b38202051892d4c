"""What people decide, mark, correct and take back, and what follows from it."""
