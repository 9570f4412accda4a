"""A programme: dated, owned work that comes from a plan or a template, and what finished work does to the levels."""
