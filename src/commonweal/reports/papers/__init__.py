"""Papers made of blocks: text, points, marks and tables in sections, each format placing them in its own way."""
