"""The workbook that does offline what the service does: answers in, levels and plan live, by formula."""

from commonweal.reports.workbook.write import write_workbook

__all__ = ["write_workbook"]
