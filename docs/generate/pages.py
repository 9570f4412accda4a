"""Every generated page by its path."""

from pathlib import Path

from docs.generate import (
    access_page,
    assessment_file,
    command_line,
    index_page,
    lifecycle_page,
    register_page,
    results_page,
    route_page,
    scoring,
    settings_page,
)

from commonweal.intake.assessment import schema_text

ROOT = Path(__file__).parents[2]
MADE_BY = "<!-- Made by bin/docs; do not edit. -->\n\n"


def pages() -> dict[Path, str]:
    reference = ROOT / "docs" / "reference"
    return {
        reference / "scoring.md": MADE_BY + scoring.page(),
        reference / "command-line.md": MADE_BY + command_line.page(),
        reference / "assessment-file.md": MADE_BY + assessment_file.page(),
        reference / "assessment.schema.json": schema_text(),
        reference / "example-assessment.yaml": assessment_file.example(),
        reference / "example-results.json": results_page.example(),
        reference / "access.md": MADE_BY + access_page.page(),
        reference / "lifecycle.md": MADE_BY + lifecycle_page.page(),
        reference / "data-register.md": MADE_BY + register_page.page(),
        reference / "settings.md": MADE_BY + settings_page.page(),
        reference / "results.md": MADE_BY + results_page.page(),
        reference / "route.md": MADE_BY + route_page.page(),
        **{reference / name: MADE_BY + text for name, text in index_page.pages().items()},
    }
