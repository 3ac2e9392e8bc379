"""What buffers can be cast, copied and allocated."""

import pytest

from tests.unit.dialects.refusals import refusal

_FUNCTION = """func.func @f(%a: memref<4x?xf32>, %b: memref<4x4xf32>, %c: memref<*xf32>, %n: index) {
  OP
  return
}
"""


def _refused(op: str) -> str:
    place, message = refusal(_FUNCTION.replace("OP", op))
    assert place[0] == 2
    return message


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("%b : memref<4x4xf32>", "memref<4x4xi32>"),
        ("%b : memref<4x4xf32>", "memref<4x5xf32>"),
        ("%b : memref<4x4xf32>", "memref<4xf32>"),
        ("%b : memref<4x4xf32>", "memref<4x4xf32, 1>"),
        ("%b : memref<4x4xf32>", "memref<4x4xf32, strided<[5, 1]>>"),
        ("%b : memref<4x4xf32>", "memref<4x4xf32, strided<[4, 1], offset: 1>>"),
        ("%b : memref<4x4xf32>", "memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>"),
        ("%c : memref<*xf32>", "memref<4xi32>"),
    ],
)
def test_cast_is_to_a_type_of_the_same_buffer(source: str, target: str) -> None:
    name, type_ = source.split(" : ")
    message = f"'memref.cast' op operand type '{type_}' and result type '{target}' are cast incompatible"
    assert message in _refused(f"%0 = memref.cast {name} : {type_} to {target}")


def test_cast_of_memory_space_keeps_the_shape() -> None:
    assert "are cast incompatible" in _refused(
        "%0 = memref.memory_space_cast %b : memref<4x4xf32> to memref<4x?xf32, 1>"
    )


@pytest.mark.parametrize(
    ("op", "message"),
    [
        ("memref.copy %b, %d : memref<4x4xf32> to memref<4x4xi32>", "requires the same element type for all operands"),
        ("memref.copy %b, %d : memref<4x4xf32> to memref<4x5xf32>", "requires the same shape for all operands"),
    ],
)
def test_copy_is_of_all_of_a_buffer(op: str, message: str) -> None:
    target = op.rpartition(" to ")[2]
    place, found = refusal(f"func.func @f(%b: memref<4x4xf32>, %d: {target}) {{\n  {op}\n  return\n}}\n")
    assert place[0] == 2
    assert message in found


@pytest.mark.parametrize(
    ("op", "message"),
    [
        ("memref.alloc() : memref<?xf32>", "incorrect number of dynamic sizes, has 0, expected 1"),
        ("memref.alloca(%n) : memref<4xf32>", "incorrect number of dynamic sizes, has 1, expected 0"),
        (
            "memref.alloc()[%n] : memref<4xf32>",
            "symbol operand count does not equal memref symbol count: expected 0, got 1",
        ),
        (
            "memref.alloc() : memref<4xf32, affine_map<(d0)[s0] -> (d0 + s0)>>",
            "symbol operand count does not equal memref symbol count: expected 1, got 0",
        ),
    ],
)
def test_allocation_is_given_each_size(op: str, message: str) -> None:
    assert message in _refused(f"%0 = {op}")
