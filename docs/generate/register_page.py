"""docs/reference/data-register.md: what every column holds, from the register that a test keeps complete."""

from commonweal.store.register import REGISTER, Holds

_MEANS = {
    Holds.PUBLIC: "may be read by anybody",
    Holds.ORGANISATION: "the organisation's own; read by its people after the table of roles",
    Holds.SEALED: "secrets, and digests of secrets; shown to nobody",
    Holds.PERSONAL: "about a person; exported to them and erased with them",
}


def page() -> str:
    parts = []
    for holds in Holds:
        tables: dict[str, list[str]] = {}
        for (table, column), found in REGISTER.items():
            if found is holds:
                tables.setdefault(table, []).append(column)
        rows = "\n".join(f"| `{table}` | {', '.join(columns)} |" for table, columns in sorted(tables.items()))
        parts.append(f"## {holds.value.capitalize()}: {_MEANS[holds]}\n\n| table | columns |\n|---|---|\n{rows}\n")
    return (
        "# Register of data\n\nEvery column of the database, by what it holds. Free text (answers, notes, remarks,"
        " reasons)\nbelongs to the organisation; the pages ask to leave out names.\n\n" + "\n".join(parts)
    )
