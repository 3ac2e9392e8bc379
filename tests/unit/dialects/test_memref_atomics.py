"""Changes of memory in one step, as iree-opt reads, prints and refuses them."""

import pytest

from iree_explorer.passes.canonicalize import canonicalize
from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.refusals import refusal
from tests.unit.dialects.texts import assert_round_trips

_ARGUMENTS = "%m: memref<4x4xf32>, %n: memref<4x4xi32>, %x: memref<4xindex>, %f: f32, %h: f16, %v: i32, %i: index"


def test_ops_are_printed_as_they_are_read() -> None:
    lines = (
        "%0 = memref.atomic_rmw addf %arg1, %arg0[%arg3, %arg3] : (f32, memref<4x4xf32>) -> f32",
        "%1 = memref.atomic_rmw xori %arg2, %arg4[] {a = 1 : i32} : (i32, memref<i32>) -> i32",
    )
    assert_round_trips("\n".join(lines), "memref<4x4xf32>; f32; i32; index; memref<i32>")


@pytest.mark.parametrize(
    ("op", "message"),
    [
        ("addi %f, %m[%i, %i] : (f32, memref<4x4xf32>) -> f32", "with kind 'addi' expects an integer type"),
        ("addf %v, %n[%i, %i] : (i32, memref<4x4xi32>) -> i32", "with kind 'addf' expects a floating-point type"),
        (
            "addf %f, %m[%i] : (f32, memref<4x4xf32>) -> f32",
            "invalid number of indices for accessed memref, expected 2 but got 1",
        ),
        (
            "addf %h, %m[%i, %i] : (f16, memref<4x4xf32>) -> f32",
            "failed to verify that all of {value, result} have same type",
        ),
        (
            "addf %h, %m[%i, %i] : (f16, memref<4x4xf32>) -> f16",
            "failed to verify that value type matches element type of memref",
        ),
        (
            "maxs %i, %x[%i] : (index, memref<4xindex>) -> index",
            "operand #0 must be signless integer or floating-point, but got 'index'",
        ),
    ],
)
def test_wrong_ops_are_refused(op: str, message: str) -> None:
    program = f"func.func @f({_ARGUMENTS}) {{\n%0 = memref.atomic_rmw {op}\nreturn\n}}"
    assert refusal(program) == ((2, 6), f"'memref.atomic_rmw' op {message}")


def test_casts_before_ops_are_gone() -> None:
    body = (
        "%c = memref.cast %m : memref<4xf32> to memref<?xf32>\n"
        "%0 = memref.atomic_rmw addf %v, %c[%i] : (f32, memref<?xf32>) -> f32\nreturn %0 : f32"
    )
    module = parse(f"func.func @f(%m: memref<4xf32>, %v: f32, %i: index) -> f32 {{\n{body}\n}}")
    canonicalize(module.op)
    assert "memref.atomic_rmw addf %arg1, %arg0[%arg2] : (f32, memref<4xf32>) -> f32" in print_module(module.op)
