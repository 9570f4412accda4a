"""The alternative: a spreadsheet with the rules as formulas, calculated and saved as PDF by LibreOffice."""
