"""The examples that are shipped: answers files, and what organisation and round each belongs to."""

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class ShippedExample:
    """An answers file with what a file does not say: the kind and size of the organisation, the round's name."""

    file_name: str
    kind: str
    size: str
    round_name: str

    @property
    def path(self) -> Path:
        """Where the file is."""
        return _FOLDER / self.file_name


EXAMPLES = (
    ShippedExample("aldermere-borough-council-2024.yaml", "borough-council", "small", "2024 assessment"),
    ShippedExample("aldermere-borough-council-2025.yaml", "borough-council", "small", "2025 assessment"),
    ShippedExample("aldermere-borough-council.yaml", "borough-council", "small", "2026 assessment"),
    ShippedExample("aldermere-procurement-2026.yaml", "borough-council", "small", "2026 procurement self-assessment"),
    ShippedExample("hartwell-grounds.yaml", "business", "small", "2026 assessment"),
    ShippedExample("wendlebrook-district-council.yaml", "district-council", "small", "2026 assessment"),
    ShippedExample("walsall-council.yaml", "borough-council", "", "Published plan"),
)
