"""Floor 2: dated, cited content as data: indexes, and examples. Versions that are published never change."""
