"""Workbooks: given out, taken back, looked at before they change anything."""
