"""What a paper for a committee has to say of a programme beside its work, and which headings every council uses.

Source: headings of published cabinet reports; Equality Act 2010, section 149 (equality), Local Government Act 1972,
section 151 (financial), Local Government and Housing Act 1989, section 5 (legal).
"""

from dataclasses import dataclass

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class PaperField:
    """A heading of a paper: its name in tables, its heading, and what is to be said under it."""

    name: str
    label: str
    hint: str


PAPER_FIELDS = (
    PaperField("recommendations", "Recommendations", "What the committee is asked to agree or note."),
    PaperField("background", "Reasons and background", "Why this comes now, and what led to it."),
    PaperField("options", "Options considered", "What else could be done, and why it is not proposed."),
    PaperField("financial", "Financial implications", "What it costs, and from which budget it is paid."),
    PaperField("legal", "Legal implications", "Duties that are met, powers that are used."),
    PaperField("equality", "Equality implications", "What an equality impact assessment found, or why none is needed."),
    PaperField("climate", "Climate implications", "What it does to emissions and to nature."),
    PaperField("risks", "Risks", "What may go wrong, how likely it is, and what is done about it."),
    PaperField("consultation", "Consultation", "Who was asked, what they said, and what came of it."),
    PaperField("wards", "Wards affected", "All wards, or which."),
)
"""The headings, in the order of the paper."""
