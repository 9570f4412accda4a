"""The tables: one Django app."""
