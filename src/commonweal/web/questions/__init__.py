"""One question: the answer in words, what shows it, what was remarked, what became of it."""
