"""Kernels from text, called on arrays."""

from typing import Any

import numpy as np

from iree_explorer.execution.kernels.compiled import KERNELS
from iree_explorer.execution.kernels.scope import KernelScope
from iree_explorer.syntax import parse


def call(text: str, *arguments: Any) -> list[Any]:
    """Runs the first function of a module text on numpy arrays and scalars; what it returns."""
    function = next(op for op in parse(text).op.walk() if op.name == "func.func")
    code = KernelScope(KERNELS).code(function.regions[0])
    with np.errstate(all="ignore"):
        return code(arguments)


def unary(op: str, value: Any, source: str, target: str | None = None) -> Any:
    """`op` applied to one value of a type."""
    arrow = f"{source} to {target}" if target else source
    text = f"func.func @f(%a: {source}) -> {target or source} {{\n  %0 = {op} %a : {arrow}\n  return %0 : {target or source}\n}}"
    return call(text, value)[0]


def classify(op: str, value: Any, source: str, target: str) -> Any:
    """`op`, whose text tells the type of its operand alone, applied to one value."""
    text = f"func.func @f(%a: {source}) -> {target} {{\n  %0 = {op} %a : {source}\n  return %0 : {target}\n}}"
    return call(text, value)[0]


def binary(op: str, a: Any, b: Any, type_: str, result: str | None = None) -> Any:
    """`op` applied to two values of a type."""
    text = (
        f"func.func @f(%a: {type_}, %b: {type_}) -> {result or type_} {{\n"
        f"  %0 = {op} %a, %b : {type_}\n  return %0 : {result or type_}\n}}"
    )
    return call(text, a, b)[0]
