"""Small changes to a Python module that ought to make a test fail: each is one replaced stretch of its source.

Left alone are docstrings, annotations, decorators, `__all__`, and what stands inside f-strings (before Python 3.12 nobody knows
where).
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_NEVER_SWAPPED = frozenset({"isinstance", "cast", "getattr", "setattr"})
_SKIPPED_FIELDS = frozenset({"annotation", "returns", "decorator_list", "type_params"})


@dataclass(frozen=True, order=True)
class Mutant:
    """One change: the bytes of `path` from `start` to `end` become `text`. `line` counts from 1."""

    path: str
    start: int
    end: int
    text: str
    line: int
    what: str

    def applied(self, source: bytes) -> bytes:
        """The module with the change made."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants_of(path: str, source: bytes) -> list[Mutant]:
    """Every mutant of a module that still compiles, in the order of the source."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = set()
    for node, what, text in _changes(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        mutant = Mutant(path, start, end, text, node.lineno, what)
        if source[start:end] != text.encode() and _compiles(mutant.applied(source)):
            found.add(mutant)
    return sorted(found)


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "<mutant>", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


_Located = ast.expr | ast.stmt
_Change = tuple[_Located, str, str]


def _changes(tree: ast.Module) -> Iterator[_Change]:
    for node in _reachable(tree):
        if isinstance(node, ast.expr):
            yield from _of_expression(node)
        elif isinstance(node, ast.stmt):
            yield from _of_statement(node)


def _reachable(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes that may be changed, outermost first."""
    if isinstance(node, ast.JoinedStr) or _is_all(node) or (isinstance(node, ast.Expr) and _is_text(node.value)):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name not in _SKIPPED_FIELDS:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _reachable(child)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_all(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(name, ast.Name) and name.id == "__all__" for name in node.targets
    )


def _of_expression(node: ast.expr) -> Iterator[_Change]:
    for kind, changes in _EXPRESSIONS.items():
        if isinstance(node, kind):
            yield from changes(node)


def _of_comparison(node: ast.Compare) -> Iterator[_Change]:
    for index, operator in enumerate(node.ops):
        for other in _COMPARISONS.get(type(operator), ()):
            new = copy.deepcopy(node)
            new.ops[index] = other()
            yield node, "comparison", f"({ast.unparse(new)})"


def _of_boolean(node: ast.BoolOp) -> Iterator[_Change]:
    new = copy.deepcopy(node)
    new.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield node, "boolean operator", f"({ast.unparse(new)})"


def _of_unary(node: ast.UnaryOp) -> Iterator[_Change]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node, "sign" if isinstance(node.op, ast.USub) else "not dropped", f"({ast.unparse(node.operand)})"


def _of_arithmetic(node: ast.BinOp) -> Iterator[_Change]:
    if type(node.op) in _ARITHMETIC:
        new = copy.deepcopy(node)
        new.op = _ARITHMETIC[type(node.op)]()
        yield node, "arithmetic", f"({ast.unparse(new)})"


def _of_choice(node: ast.IfExp) -> Iterator[_Change]:
    yield node.test, "condition", f"(not ({ast.unparse(node.test)}))"


def _of_constant(node: ast.Constant) -> Iterator[_Change]:
    if isinstance(node.value, bool):
        yield node, "constant", repr(not node.value)
    elif isinstance(node.value, int):
        yield node, "constant", repr(node.value + 1)
        yield node, "constant", f"({node.value - 1})"


def _of_slice(node: ast.Slice) -> Iterator[_Change]:
    for part in (node.lower, node.upper):
        if part is not None:
            yield part, "slice", f"(({ast.unparse(part)}) + 1)"


def _of_call(node: ast.Call) -> Iterator[_Change]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in _NAMES:
        yield node.func, "function", _NAMES[name]
    two = len(node.args) > 1 and not any(isinstance(argument, ast.Starred) for argument in node.args[:2])
    if two and name not in _NEVER_SWAPPED:
        new = copy.deepcopy(node)
        new.args[:2] = new.args[1::-1]
        yield node, "arguments swapped", f"({ast.unparse(new)})"


_EXPRESSIONS: dict[type[ast.expr], Callable[[Any], Iterator[_Change]]] = {
    ast.Compare: _of_comparison,
    ast.BoolOp: _of_boolean,
    ast.UnaryOp: _of_unary,
    ast.BinOp: _of_arithmetic,
    ast.IfExp: _of_choice,
    ast.Constant: _of_constant,
    ast.Slice: _of_slice,
    ast.Call: _of_call,
}


def _of_statement(node: ast.stmt) -> Iterator[_Change]:
    if isinstance(node, ast.If | ast.While):
        yield node.test, "condition", f"(not ({ast.unparse(node.test)}))"
    elif isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        yield node, "return", "return None"
    elif isinstance(node, ast.Continue):
        yield node, "jump", "break"
    elif isinstance(node, ast.Break):
        yield node, "jump", "continue"
    elif _has_only_effect(node):
        yield node, "statement dropped", "pass"


def _has_only_effect(node: ast.stmt) -> bool:
    """Whether a statement can go without leaving a name unbound."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Yield | ast.YieldFrom | ast.Await)
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], ast.Attribute | ast.Subscript)
    return isinstance(node, ast.AugAssign)
