"""How large things are, and how large they may be."""

import ast
from collections.abc import Iterator
from pathlib import Path

LOWER_HALF = ("core", "formats", "standards", "intake", "reports")
HARD = {"lower module": 250, "module": 400, "function": 50, "template": 130, "test module": 500}
TEMPLATES = {".html", ".typ"}


def oversized(root: Path) -> Iterator[str]:
    """Everything past its hard size, as a sentence."""
    for path in sorted((root / "src").rglob("*")):
        parts = path.relative_to(root / "src").parts
        if path.suffix == ".py":
            kind = "lower module" if parts[1] in LOWER_HALF else "module"
            yield from _module(path, root, kind)
        elif path.suffix in TEMPLATES:
            yield from _file(path, root, "template")
    for folder in ("tests", "bench", "docs"):
        for path in sorted((root / folder).rglob("*.py")):
            yield from _module(path, root, "test module" if folder == "tests" else "module")


def _module(path: Path, root: Path, kind: str) -> Iterator[str]:
    yield from _file(path, root, kind)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > HARD["function"]:
                yield f"{path.relative_to(root)}: function {node.name} has {lines} lines, {HARD['function']} at most"


def _file(path: Path, root: Path, kind: str) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").count("\n")
    if lines > HARD[kind]:
        yield f"{path.relative_to(root)}: {kind} has {lines} lines, {HARD[kind]} at most"
