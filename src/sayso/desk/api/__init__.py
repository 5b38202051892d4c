"""The API under /api/v1: the answers as JSON, one router a noun."""
