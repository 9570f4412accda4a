"""docs/reference/assessment-file.md: what an answers file holds, from its schema."""

import json
from pathlib import Path
from typing import Any

from commonweal.formats.files import MAX_TEXT_BYTES
from commonweal.formats.tree import MAX_DEPTH
from commonweal.intake.assessment import schema_text

_EXAMPLES = Path(__file__).parents[2] / "src" / "commonweal" / "standards" / "examples"


def example() -> str:
    return (_EXAMPLES / "aldermere-borough-council.yaml").read_text(encoding="utf-8")


def page() -> str:
    schema = json.loads(schema_text())
    return f"""# The answers file

What `commonweal assess` reads: YAML or JSON, in UTF-8. [A full example](example-assessment.yaml) and
[what comes out of it](example-results.json); the [JSON Schema](assessment.schema.json) for editors and programs.

```yaml
organisation: Example Borough Council
index: svmi-public            # the latest version; or svmi-public@2016.1
horizon_years: 3              # optional
answers:
  A1: {{present: 2, future: 3, note: "Policy agreed in May"}}
  J9: {{present: n/a, future: n/a, reason: "We have no departments"}}
  F3: {{present: 2, future: 1, step_back: "The yearly survey ends"}}
```

| field | needed | what to write |
|---|---|---|
{_rows(schema)}

Each question under `answers`:

| field | what to write |
|---|---|
{_answer_rows(schema)}

- A question that is left out, or a column that is left out, is **not answered yet**. That is not the same as 0, the
  question's lowest answer.
- `n/a` is taken only where the index says that a question may not apply, and only with a `reason`.
- A `future` below `present` is taken only with `step_back`, which says why.
- Unknown fields, fields given twice, and numbers in quotation marks are refused.

## Limits

At most {MAX_TEXT_BYTES / 1_000_000:g} MB, nested at most {MAX_DEPTH} deep, no invisible control characters. In YAML: no
tags, anchors or aliases, one document. Words such as `no` and `yes` are text. In JSON: no `NaN` or `Infinity`.
"""


def _rows(schema: dict[str, Any]) -> str:
    return "\n".join(
        f"| `{name}` | {'yes' if name in schema['required'] else 'no'} | {field['description']} |"
        for name, field in schema["properties"].items()
    )


def _answer_rows(schema: dict[str, Any]) -> str:
    definitions = schema["$defs"]
    meanings = {
        "note": "anything worth remembering; shown in the plan's notes column",
        "reason": "why the question does not apply",
        "step_back": "why the future answer lies below the present one",
    }
    return "\n".join(
        f"| `{name}` | {meanings.get(name) or definitions[field['$ref'].rpartition('/')[2]]['description']} |"
        for name, field in definitions["answer"]["properties"].items()
    )
