"""Two sides of one matter: a buyer and the suppliers who show where they stand."""
