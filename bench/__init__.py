"""What is measured: quality on marked text, and speed."""
