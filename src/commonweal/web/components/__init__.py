"""What all journeys share: the page around everything, fields, tables, figures and failures."""
