"""Pages: one folder a journey, and what they share in components/."""
