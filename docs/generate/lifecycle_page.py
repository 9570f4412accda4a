"""docs/reference/lifecycle.md: what may become of an assessment, from the table that decides it."""

from commonweal.core.lifecycle import TABLE, State


def page() -> str:
    arrows = "\n".join(f"    {state} --> {move.to}: {step.label}" for (state, step), move in TABLE.items())
    rows = "\n".join(
        f"| {state.label} | {step.label} | {move.to.label} | {move.action.value} |"
        for (state, step), move in TABLE.items()
    )
    frozen = ", ".join(state.label.lower() for state in State if state.is_frozen)
    return f"""# From draft to endorsed

```mermaid
stateDiagram-v2
    [*] --> draft
{arrows}
    superseded --> [*]
```

| from | step | to | who: may they |
|---|---|---|---|
{rows}

Answers, estimates and notes to the plan can be changed in a draft alone. What is {frozen} keeps its documents
byte for byte as they were made at the endorsement. A step of a body names the body, the day of its meeting and the
minute. Of the rounds of one index that were endorsed, the
latest by its date stands and the others are superseded. Evidence comes and changes until the endorsement.
"""
