"""Verbs that write: keyword-only, with `by` and `now`, one transaction each, recorded in the same transaction."""
