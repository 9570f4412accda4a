"""Where the guards of the product stand, which tests reach each, and how each is taken away.

A guard is a scope (`for_actor`, made to see everything), a check (`require...`, not made), the action that either asks
for (weakened to seeing), a refusal (`if ...: raise`, never so, or for one reason less), what else has to hold of a row
(whatever it is), a limit to some methods (a decorator, left out) or a layer that every request passes (left out of the
settings).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PLACES = ("services/actions", "services/queries", "services/allowed.py", "web", "config/settings.py")
CHECKS = {"require", "require_with", "require_open", "require_somewhere"}
ASKING = {"organisation_for", "assessment_for", "open_assessment_for", "require", "require_with", "require_open"}
METHODS = {"require_GET", "require_POST", "require_http_methods"}
CONDITIONS = {
    "accepted_at",
    "ended_at",
    "ends_at__gt",
    "expires_at__gt",
    "is_active",
    "person__is_active",
    "revoked_at",
    "used_at",
    "version",
    "withdrawn_at",
}
"""What else has to hold of a row that is asked for."""
ASKING_FOR_ROWS = {"exclude", "filter", "for_actor", "get", "of"}
CARRYING = ("whitenoise", "django.contrib.sessions", "django.middleware.common", "django.contrib.auth.middleware.Auth")
"""Layers that guard nothing; without them nothing works."""
REACHED = "reached"
"""The function that a copy calls where a guard is passed (see `reaching.py`)."""


@dataclass(frozen=True, order=True)
class Guard:
    """One guard, and what is done to take it away."""

    module: str
    line: int
    column: int
    taken: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}:{self.column} {self.taken}"


def _called(node: ast.AST | None) -> str:
    if not isinstance(node, ast.Call):
        return getattr(node, "id", "")
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_action(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Action"


def _ways(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """What of a piece of code is a guard, and how that is taken away."""
    if isinstance(node, ast.Call) and _called(node) == "for_actor":
        yield node, "unscoped"
    if (
        isinstance(node, ast.Call)
        and _called(node) in {*ASKING, "for_actor"}
        and any(_is_action(one) for one in node.args)
    ):
        yield node, "weakened"
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _called(node.value) in CHECKS:
        yield node.value, "unchecked"
    if isinstance(node, ast.If) and not node.orelse and isinstance(node.body[-1], ast.Raise):
        yield node.test, "unrefused"
        if isinstance(node.test, ast.BoolOp):
            yield from ((one, "one reason less") for one in node.test.values)
    if isinstance(node, ast.Call) and _called(node) in ASKING_FOR_ROWS:
        yield from ((one.value, "whatever it is") for one in node.keywords if one.arg in CONDITIONS)
        yield from (
            (one, "whatever it is") for one in node.args if _called(one) == "held" and isinstance(one, ast.Call)
        )
    if isinstance(node, ast.FunctionDef):
        yield from ((one, "any method") for one in node.decorator_list if _called(one) in METHODS)
    if isinstance(node, ast.Assign) and _called(node.targets[0]) == "MIDDLEWARE" and isinstance(node.value, ast.List):
        layers = [one for one in node.value.elts if isinstance(one, ast.Constant)]
        yield from ((one, "left out") for one in layers if not str(one.value).startswith(CARRYING))


def guards_of(source: Path) -> list[Guard]:
    """Every guard of the package in a folder."""
    paths = [
        path
        for place in PLACES
        for path in ([source / place] if place.endswith(".py") else (source / place).rglob("*.py"))
    ]
    return [
        Guard(path.relative_to(source).as_posix(), guard.lineno, guard.col_offset, taken)
        for path in sorted(paths)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for guard, taken in _ways(node)
    ]


class _Taken(ast.NodeTransformer):
    """The code of a module without one of its guards."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or what stands there once its guard is away."""
        for found, taken in _ways(node):
            if (found.lineno, found.col_offset, taken) == (self.guard.line, self.guard.column, self.guard.taken):
                return self._without(node, found)
        return self.generic_visit(node)

    def _without(self, node: ast.AST, found: ast.expr) -> ast.AST:
        match node:
            case ast.Expr():
                return ast.copy_location(ast.Pass(), node)
            case ast.If(test=ast.BoolOp(values=reasons) as test) if self.guard.taken == "one reason less":
                is_all = ast.Constant(value=isinstance(test.op, ast.And))
                test.values = [ast.copy_location(is_all, one) if one is found else one for one in reasons]
            case ast.If():
                node.test = ast.copy_location(ast.Constant(value=False), node.test)
            case ast.FunctionDef():
                node.decorator_list.remove(found)
            case ast.Assign(value=ast.List(elts=layers)):
                layers.remove(found)
            case ast.Call():
                self._ask_for_less(node, found)
        return node

    def _ask_for_less(self, node: ast.Call, found: ast.expr) -> None:
        if self.guard.taken == "whatever it is":
            node.keywords = [one for one in node.keywords if one.value is not found]
            node.args = [one for one in node.args if one is not found]
        elif self.guard.taken == "unscoped" and isinstance(node.func, ast.Attribute):
            node.func.attr, node.args = "scoped", []
        else:
            for one in node.args:
                if isinstance(one, ast.Attribute) and _is_action(one):
                    one.attr = "SEE" if _called(node) == "organisation_for" else "READ"


class _Told(ast.NodeTransformer):
    """The code of a module that tells when one of its guards is passed."""

    def __init__(self, module: str) -> None:
        self.module = module

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, with its guards told of."""
        names = [str(Guard(self.module, found.lineno, found.col_offset, taken)) for found, taken in _ways(node)]
        self.generic_visit(node)
        if isinstance(node, ast.Call):
            return self._telling(node, names)
        if isinstance(node, ast.If):
            node.test = self._telling(node.test, names)
        if isinstance(node, ast.Expr):
            node.value = self._telling(node.value, names)
        return node

    def _telling(self, node: ast.expr, names: list[str]) -> ast.expr:
        calls = [ast.Call(ast.Name(REACHED, ast.Load()), [ast.Constant(name)], []) for name in names]
        return ast.copy_location(ast.BoolOp(ast.Or(), [*calls, node]), node) if names else node


def take_away(guard: Guard, source: Path) -> None:
    """Write the guard's module without it."""
    _rewrite(source / guard.module, _Taken(guard))


def tell_all(source: Path) -> None:
    """Write every module so that it tells when a guard of it is passed."""
    for module in {guard.module for guard in guards_of(source)}:
        _rewrite(source / module, _Told(module))


def _rewrite(path: Path, change: ast.NodeTransformer) -> None:
    tree = ast.fix_missing_locations(change.visit(ast.parse(path.read_text(encoding="utf-8"))))
    path.write_text(ast.unparse(tree), encoding="utf-8")
