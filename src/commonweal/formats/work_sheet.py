"""Where what stands in a workbook of a programme's work: written by reports/programme_list.py, read by intake."""

SHEET = "Work"
LAYOUT = "commonweal work 1"
LAYOUT_CELL = (0, 1)
HEAD_ROW = 3
"""Rows count from 0; the first piece of work stands in the row below the heads."""

COLUMNS = (
    ("number", "No.", 7),
    ("part_of", "Part of no.", 8),
    ("group", "Belongs to", 24),
    ("topic", "Topic", 18),
    ("title", "What is to be done", 48),
    ("state", "State", 14),
    ("owner", "Owner", 20),
    ("role", "Role", 20),
    ("department", "Department", 18),
    ("start", "Start", 12),
    ("due", "Due", 12),
    ("planned_due", "Planned", 12),
    ("year", "Year", 7),
    ("is_milestone", "Milestone", 10),
    ("priority", "Priority", 10),
    ("cost", "Cost in pounds", 12),
    ("price_year", "At prices of", 9),
    ("spent", "Spent", 12),
    ("effort_days", "Days of work", 9),
    ("funding", "Paid from", 18),
    ("needs", "Needs no.", 12),
    ("detail", "Details", 36),
    ("measurable", "Done when", 36),
    ("achievable", "Achievable because", 28),
    ("relevant", "It matters because", 28),
    ("links", "Links", 36),
    ("step", "Action of the index", 14),
    ("version", "Version", 8),
)
"""Each column: its name, its head, its width in characters."""

NAMES = tuple(name for name, _, _ in COLUMNS)
READ_ONLY = ("state", "planned_due", "step", "version")
"""What is told and not taken in. The version says whether work was changed on the pages since it was taken out."""
