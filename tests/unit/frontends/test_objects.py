"""Programs that other libraries hold: real ones of MLIR's bindings and of xDSL, and stand-ins with the methods of JAX and Turbine."""

from types import SimpleNamespace
from typing import Any

import iree.compiler.ir
import pytest

from iree_explorer import samples
from iree_explorer.errors import InputError
from iree_explorer.execution import run
from iree_explorer.frontends import load
from iree_explorer.frontends.objects import text_of
from iree_explorer.syntax import print_module

mlir: Any = iree.compiler.ir  # has no types

TEXT = """func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = stablehlo.add %x, %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
"""


class Lowered:
    """As `jax.jit(f).lower(x)` returns it."""

    def as_text(self) -> str:
        return TEXT


class Exported:
    """As `jax.export.export(jax.jit(f))(x)` returns it."""

    def mlir_module(self) -> str:
        return TEXT


def bound(text: str) -> Any:
    with mlir.Context() as context:
        context.allow_unregistered_dialects = True
        return mlir.Module.parse(text)


def turbine() -> SimpleNamespace:
    """As `iree.turbine.aot.export(m, x)` returns it."""
    return SimpleNamespace(mlir_module=bound(TEXT).operation)


@pytest.mark.parametrize(
    "make", [Lowered, Exported, lambda: bound(TEXT), lambda: bound(TEXT).operation, turbine, TEXT.encode]
)
def test_what_is_not_stream_ir_yet_is_compiled_and_runs(make: type[Lowered]) -> None:
    (output,) = run(load(make()), "main", [1.0, 2.0, 3.0, 4.0]).outputs
    assert output.tolist() == [2.0, 4.0, 6.0, 8.0]


def test_a_module_that_was_loaded_is_printed_and_read() -> None:
    op = load(samples.diamond).op
    assert print_module(load(op).op) == print_module(op)


@pytest.mark.parametrize(
    "other",
    [
        Lowered,  # the class, not one of its objects
        SimpleNamespace(as_text=lambda: b"module {}"),
        SimpleNamespace(mlir_module=5),
        SimpleNamespace(mlir_module=lambda: None),
        SimpleNamespace(operation=SimpleNamespace(get_asm=3)),
        SimpleNamespace(operation=None),
    ],
)
def test_what_has_only_the_names_is_no_program(other: object) -> None:
    assert text_of(other) is None
    with pytest.raises(InputError, match=r"^a program is a path, a URL or a text, not "):
        load(other)  # pyright: ignore[reportArgumentType]


def test_a_function_that_is_not_lowered_yet_is_told_what_lacks() -> None:
    with pytest.raises(InputError, match=r"not SimpleNamespace; give its \.lower\(…\)$"):
        load(SimpleNamespace(lower=len))  # pyright: ignore[reportArgumentType]
