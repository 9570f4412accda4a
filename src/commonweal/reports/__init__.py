"""Floor 3: a result becomes a document. Figures are made once, in the core; every format shows the same object."""
