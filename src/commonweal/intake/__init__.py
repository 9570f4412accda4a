"""Floor 3: a file from outside becomes a checked value, or every reason why not. Judges, never writes."""
