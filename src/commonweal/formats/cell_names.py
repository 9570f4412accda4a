"""Cells as spreadsheets name them. Rows and columns count from 0 here."""


def cell_name(row: int, column: int) -> str:
    """A cell as people call it, from its row and column counted from 0.

    >>> cell_name(3, 2), cell_name(0, 27)
    ('C4', 'AB1')
    """
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return f"{name}{row + 1}"


def absolute(row: int, column: int) -> str:
    """A cell as formulas of another sheet name it.

    >>> absolute(3, 2)
    '$C$4'
    """
    letters = cell_name(0, column)[:-1]
    return f"${letters}${row + 1}"


def in_sheet(sheet: str, cells: str) -> str:
    """Cells of another sheet, as a formula names them.

    >>> in_sheet("A Policy & Scope", "$C$4")
    "'A Policy & Scope'!$C$4"
    """
    return f"'{sheet}'!{cells}"
