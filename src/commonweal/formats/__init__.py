"""Floor 1: reading and writing. Bytes in, checked plain values with places out; and the other way."""
