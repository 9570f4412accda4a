"""Commonweal: from a level in the index to a pound of proven value, and back."""

__version__ = "0.1.0"
