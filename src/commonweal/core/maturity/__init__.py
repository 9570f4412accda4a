"""Maturity: what an index is, what answers mean, and the plan that follows from them."""
