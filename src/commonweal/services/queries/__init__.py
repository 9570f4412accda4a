"""Reads: each takes `by` and answers with frozen values; what belongs to others does not exist."""
