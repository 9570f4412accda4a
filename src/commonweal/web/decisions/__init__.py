"""From draft to endorsed: what was decided on an assessment, and taking the next step."""
