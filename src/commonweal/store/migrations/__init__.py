"""Changes of the tables, in order. Made by Django, read before they are committed."""
