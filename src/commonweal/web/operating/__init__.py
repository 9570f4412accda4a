"""Running the platform: which organisations there are, and being let in where there is reason to."""
