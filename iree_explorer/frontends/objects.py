"""Programs that other Python libraries hold in memory → their text. No library is imported for that: each is known by its methods."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias, runtime_checkable

from xdsl.dialects import builtin as xdsl_builtin

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.syntax import print_module


@runtime_checkable
class Lowered(Protocol):
    """What JAX has lowered: `jax.jit(f).lower(x)`."""

    def as_text(self) -> str:
        """The program in StableHLO."""
        ...


@runtime_checkable
class Exported(Protocol):
    """What JAX (`jax.export.export(jax.jit(f))(x)`) or PyTorch (`iree.turbine.aot.export(m, x)`) has exported."""

    @property
    def mlir_module(self) -> Any:
        """The program: JAX has a method that returns its text, Turbine the operation itself."""
        ...


@runtime_checkable
class Bound(Protocol):
    """A module or operation of MLIR's own Python bindings, whichever project they are built into."""

    @property
    def operation(self) -> Any:
        """The operation, which has `get_asm`."""
        ...


ProgramObject: TypeAlias = Lowered | Exported | Bound | ModuleOp | xdsl_builtin.ModuleOp
"""A program that another library holds."""


def text_of(program: object) -> str | None:
    """The text of a program that another library holds; None: it is none."""
    if isinstance(program, ModuleOp):
        return print_module(program)
    if isinstance(program, xdsl_builtin.ModuleOp):
        return str(program)
    if isinstance(program, type):
        return None
    if isinstance(program, Lowered):
        return _checked(program.as_text())
    if isinstance(program, Exported):
        module = program.mlir_module
        return _checked(module()) if callable(module) else text_of(module)
    get_asm = getattr(program.operation, "get_asm", None) if isinstance(program, Bound) else None
    return _checked(get_asm()) if callable(get_asm) else None


def _checked(text: object) -> str | None:
    return text if isinstance(text, str) else None
