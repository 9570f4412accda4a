"""Floor 0: what things mean. Frozen values and pure rules; imports nothing else of ours."""
