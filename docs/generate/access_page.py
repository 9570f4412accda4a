"""docs/reference/access.md: who may do what, from the table that decides it."""

from commonweal.core.access import FOR_OUTSIDERS, TABLE, Action, Role


def page() -> str:
    roles = "\n".join(f"| {role.label} | {role.purpose} | {'yes' if role in FOR_OUTSIDERS else ''} |" for role in Role)
    heads = " | ".join(role.label for role in Role)
    rows = "\n".join(
        f"| {action.value} | " + " | ".join(TABLE[role, action].value for role in Role) + " |" for action in Action
    )
    return f"""# Who may do what

Every role is held in an organisation, and reaches no further. "Where placed" means the assessments, or the single
themes, on which the person was placed; "what is endorsed" means rounds that a body has endorsed. What somebody may
not see does not exist for them: its address answers like one that never was.

## Roles

| role | what for | also for people of other organisations |
|---|---|---|
{roles}

## Actions

| may they | {heads} |
|---|{"---|" * len(Role)}
{rows}

The table is `core/access.py`; `tests/web/test_matrix.py` asks every page for every role, and holds the answers to it.
"""
