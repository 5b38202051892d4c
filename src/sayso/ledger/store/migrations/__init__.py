"""The steps from one schema to the next: small, numbered, never edited after a release."""
