"""The forms that add evidence and change what is written on it."""

from typing import Any

from django import forms

from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.web.components.requests import DAY_FORMATS

_DAY: dict[str, Any] = {"input_formats": [*DAY_FORMATS, "%d %B %Y"], "required": False}


def _no_day(what: str) -> dict[str, str]:
    return {"invalid": f"{what} is not a date. Enter it like 31/03/2027, or leave it empty."}


Choices = list[tuple[str, str]]


class LabelForm(forms.Form):
    """What evidence is called, when it holds, and what it serves. Criteria are pairs of ids: question and criterion."""

    title = forms.CharField(label="Name", required=False)
    dated = forms.DateField(label="Date of the document", error_messages=_no_day("The date of the document"), **_DAY)
    valid_until = forms.DateField(label="Valid until", error_messages=_no_day("The last day of use"), **_DAY)
    criteria = forms.MultipleChoiceField(
        label="Which criteria does it show?",
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    questions = forms.MultipleChoiceField(
        label="Which questions does it serve?",
        error_messages={"required": "Choose at least one question.", "invalid_choice": "Choose from the list."},
    )

    def __init__(self, questions: Choices, criteria: Choices, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, choices in (("questions", questions), ("criteria", criteria)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
            field.choices = choices

    @property
    def served(self) -> frozenset[str]:
        """The questions that were chosen."""
        return frozenset(self.cleaned_data["questions"])

    @property
    def shown(self) -> frozenset[tuple[str, str]]:
        """The criteria that were chosen, each with its question."""
        pairs = (value.split(" ", 1) for value in self.cleaned_data["criteria"])
        return frozenset((question, criterion) for question, criterion in pairs)

    def clean(self) -> None:
        """A criterion needs its question."""
        chosen = self.cleaned_data.get("questions", [])
        alone = sorted({value.split(" ", 1)[0] for value in self.cleaned_data.get("criteria", [])} - set(chosen))
        if alone and "questions" not in self.errors:
            names = " and ".join(alone)
            words = (
                f"A criterion of {names} is chosen, and {names} is not. Choose the question too, or not the criterion."
            )
            self.add_error("criteria", words)


class EvidenceForm(LabelForm):
    """What it is and what it shows, beside that."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(kind.value, kind.label) for kind in EvidenceKind],
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one from the list."},
    )
    file = forms.FileField(label="File", required=False, allow_empty_file=True, max_length=1000)
    link = forms.CharField(label="Address of the page", required=False)
    text = forms.CharField(label="Note", required=False)
    strength = forms.ChoiceField(
        label="How strong is it?",
        choices=[(one.value, one.label) for one in (Strength.CLAIMED, Strength.DOCUMENTED)],
        error_messages={"required": "Choose how strong it is.", "invalid_choice": "Choose one from the list."},
    )
    field_order = ("kind", "title", "file", "link", "text", "dated", "valid_until", "strength")
