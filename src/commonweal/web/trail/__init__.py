"""The audit trail: who did what and when, as a page and as a file, and its head to keep elsewhere."""
