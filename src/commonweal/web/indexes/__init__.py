"""Indexes of one's own: begun, written, previewed, published."""
