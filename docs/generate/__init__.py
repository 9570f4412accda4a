"""Makes the pages of docs/reference/ from the product itself; tests/repository/test_reference.py compares them."""
