"""The form that adds evidence."""

from typing import Any

from django import forms

from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.web.components.requests import DAY_FORMATS

_DAY: dict[str, Any] = {"input_formats": DAY_FORMATS, "required": False}
_NO_DAY = {"invalid": "This is not a date. Enter it like 31/03/2027, or leave it empty."}


class EvidenceForm(forms.Form):
    """What it is, what it shows, how long it holds."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(kind.value, kind.label) for kind in EvidenceKind],
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one from the list."},
    )
    title = forms.CharField(label="Name", required=False)
    file = forms.FileField(label="File", required=False, allow_empty_file=True, max_length=1000)
    link = forms.CharField(label="Address of the page", required=False)
    text = forms.CharField(label="Note", required=False)
    dated = forms.DateField(label="Date of the document", error_messages=_NO_DAY, **_DAY)
    valid_until = forms.DateField(label="Valid until", error_messages=_NO_DAY, **_DAY)
    strength = forms.ChoiceField(
        label="How strong is it?",
        choices=[(one.value, one.label) for one in (Strength.CLAIMED, Strength.DOCUMENTED)],
        error_messages={"required": "Choose how much it shows.", "invalid_choice": "Choose one from the list."},
    )
    questions = forms.MultipleChoiceField(
        label="Which questions does it serve?",
        error_messages={"required": "Choose at least one question.", "invalid_choice": "Choose from the list."},
    )

    def __init__(self, questions: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["questions"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
        field.choices = questions
