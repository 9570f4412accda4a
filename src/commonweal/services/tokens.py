"""Secrets in links: what is kept of one is a digest, so that a copy of the table opens nothing."""

import hashlib


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
