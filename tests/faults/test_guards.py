"""Every guard is taken away in turn, in a copy, and the tests must notice (bin/check).

A guard is a scope (`for_actor` that sees everything), a check (`require...` that is not made), or the action that a
check asks for (weakened to seeing). A survivor is a guard that no test holds: write one.
"""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("services/actions", "services/queries", "services/allowed.py", "web")
CHECKS = {"require", "require_with", "require_open"}
ASKING = {"organisation_for", "assessment_for", "open_assessment_for", "require", "require_with", "require_open"}
NOTICE = (
    "tests/services",
    "tests/web/test_second_guard.py",
    "tests/web/test_routes.py",
    "tests/web/test_workbooks.py",
    "tests/web/test_matrix.py",
)

Mutant = tuple[str, int, int, str]
"""Module, line, column, what is done there."""


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _mutants(path: Path, module: str) -> Iterator[Mutant]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = _called(node)
        if name == "for_actor" and isinstance(node, ast.Call):
            yield module, node.lineno, node.col_offset, "unscoped"
        if isinstance(node, ast.Expr) and _called(node.value) in CHECKS:
            yield module, node.lineno, node.col_offset, "unchecked"
        if name in ASKING and isinstance(node, ast.Call) and any(_is_action(one) for one in node.args):
            yield module, node.lineno, node.col_offset, "weakened"


def _is_action(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Action"


class _Removed(ast.NodeTransformer):
    def __init__(self, mutant: Mutant) -> None:
        _, self.line, self.column, self.what = mutant

    def _here(self, node: ast.expr | ast.stmt) -> bool:
        return (node.lineno, node.col_offset) == (self.line, self.column)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if self.what == "unchecked" and self._here(node) and _called(node.value) in CHECKS:
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if self.what == "unscoped" and self._here(node) and _called(node) == "for_actor":
            assert isinstance(node.func, ast.Attribute)
            node.func.attr, node.args = "scoped", []
        if self.what == "weakened" and self._here(node) and _called(node) in ASKING:
            weak = "READ" if _called(node) != "organisation_for" else "SEE"
            for one in node.args:
                if _is_action(one) and isinstance(one, ast.Attribute):
                    one.attr = weak
        return node


def guards() -> list[Mutant]:
    source = ROOT / "src" / "commonweal"
    paths = [
        path
        for place in PLACES
        for path in ([source / place] if place.endswith(".py") else (source / place).rglob("*.py"))
    ]
    return [mutant for path in sorted(paths) for mutant in _mutants(path, str(path.relative_to(source)))]


def _survives(mutant: Mutant, folder: Path) -> bool:
    copy = folder / f"{mutant[0].replace('/', '-')}-{mutant[1]}-{mutant[2]}-{mutant[3]}"
    for part in ("src", "tests", "pyproject.toml"):
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)
    path = copy / "src" / "commonweal" / mutant[0]
    tree = ast.fix_missing_locations(_Removed(mutant).visit(ast.parse(path.read_text(encoding="utf-8"))))
    path.write_text(ast.unparse(tree), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONWEAL", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *NOTICE],
        cwd=copy,
        env=environment | {"PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(copy)
    assert done.returncode in {0, 1}, done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode == 0


NOTHING: Mutant = ("services/allowed.py", 0, 0, "nothing")


@pytest.mark.slow
def test_the_control_with_every_guard_in_place_survives(tmp_path: Path) -> None:
    """Otherwise what kills the others might be the copy itself."""
    assert _survives(NOTHING, tmp_path)


@pytest.mark.slow
def test_every_guard_is_held_by_a_test(tmp_path: Path) -> None:
    found = guards()
    assert len(found) > 80
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        alive = [
            one
            for one, survives in zip(found, pool.map(lambda one: _survives(one, tmp_path), found), strict=True)
            if survives
        ]
    assert alive == []
