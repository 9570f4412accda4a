"""The action plan: grid and list, filters, notes, documents."""
