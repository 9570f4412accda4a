"""Figures as SVG, drawn by us: with title and description inside, legible in grey."""
