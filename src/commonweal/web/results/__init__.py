"""Results of an assessment, and rounds side by side."""
