"""How one comes in: the one-time link, and what everybody may read."""
