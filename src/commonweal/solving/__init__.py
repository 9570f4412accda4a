"""Exact solvers, behind what the core asks (core/programme/yes_no.py)."""
