"""Organisations and their rounds: where a journey starts."""
