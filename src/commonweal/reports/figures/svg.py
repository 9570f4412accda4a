"""The few SVG elements that our figures need, with every text escaped."""

from html import escape

Attribute = str | int | float


def element(name: str, text: str = "", **attributes: Attribute) -> str:
    """An element with its attributes; `text` is escaped. Underscores become hyphens, so `text_anchor` works.

    >>> element("text", "A & B", x=4, text_anchor="end")
    '<text x="4" text-anchor="end">A &amp; B</text>'
    """
    return group(name, escape(text, quote=False), **attributes)


def group(name: str, *children: str, **attributes: Attribute) -> str:
    """An element around elements that are already made.

    >>> group("g", element("path", d="M0 0"))
    '<g><path d="M0 0"/></g>'
    """
    pairs = "".join(
        [
            f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else value}"'
            for key, value in attributes.items()
        ]
    )
    inner = "".join(children)
    return f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>"
