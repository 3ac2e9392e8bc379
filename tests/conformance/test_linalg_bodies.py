"""The hidden regions of named linalg ops, as the generic form of iree-opt shows them."""

import re
from collections.abc import Sequence

import pytest

from iree_explorer.syntax import parse, print_module
from tests.conformance.oracle import iree_opt

FLAT = "2x4x"
WINDOW = "{dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} "
UNARY = "exp log abs ceil floor negf reciprocal round sqrt rsqrt square tanh erf"
BINARY = {
    "f32": "add sub mul div max_signed min_signed powf",
    "i32": "add sub mul div div_unsigned max_signed min_signed max_unsigned min_unsigned",
    "i1": "add mul max_signed min_signed",
    "complex<f32>": "add sub mul div",
}
"""The functions that are defined, by their elements: the compiler dies of others."""


def tensor(shape: str, element: str) -> str:
    return f"tensor<{shape}{element}>"


def program(op: str, inputs: Sequence[str], output: str) -> str:
    """A function of one op on its arguments."""
    names = [f"%a{number}" for number in range(len(inputs))]
    arguments = ", ".join(f"{name}: {type_}" for name, type_ in zip([*names, "%out"], [*inputs, output], strict=True))
    ins = f"ins({', '.join(names)} : {', '.join(inputs)})"
    return (
        f"util.func private @f({arguments}) -> {output} {{\n"
        f"  %0 = linalg.{op} {ins} outs(%out : {output}) -> {output}\n  util.return %0 : {output}\n}}\n"
    )


def matmul(lhs: str, rhs: str, out: str, cast: str = "") -> str:
    return program(f"matmul {cast}", [tensor("2x3x", lhs), tensor("3x4x", rhs)], tensor("2x4x", out))


def elementwise(kind: str, *elements: str) -> str:
    *inputs, output = (tensor(FLAT, element) for element in elements)
    return program(f"elementwise <{kind}>", inputs, output)


def pooling(kind: str) -> str:
    inputs = [tensor("1x4x4x1x", "i8"), tensor("2x2x", "f32")]
    return program(f"pooling_nhwc_{kind} {WINDOW}", inputs, tensor("1x3x3x1x", "i32"))


ELEMENTS = [
    ("f16", "f16", "f32"),
    ("f32", "f32", "f16"),
    ("bf16", "f16", "f16"),
    ("i8", "i8", "i32"),
    ("i32", "i32", "i8"),
    ("i1", "i1", "i1"),
    ("i8", "i16", "f32"),
    ("f32", "f32", "i32"),
    ("index", "index", "i32"),
    ("complex<f32>", "complex<f32>", "complex<f32>"),
]
PROGRAMS = [
    *(matmul(*elements) for elements in ELEMENTS),
    *(matmul(*elements, cast="{cast = #linalg.type_fn<cast_unsigned>} ") for elements in ELEMENTS),
    program("quantized_matmul", [tensor("2x3x", "i8"), tensor("3x4x", "i8"), "i32", "i32"], tensor("2x4x", "i32")),
    *map(pooling, ("sum", "max", "max_unsigned", "min", "min_unsigned")),
    program("fill_rng_2d", ["f64", "f64", "i32"], tensor(FLAT, "f32")),
    program("fill", ["f32"], tensor(FLAT, "f32")),
    program("copy", [tensor(FLAT, "f32")], tensor(FLAT, "i8")),
    program("copy", [tensor(FLAT, "bf16")], tensor(FLAT, "f16")),
    elementwise("select", "i1", "f32", "f32", "f32"),
    *(elementwise(kind, "f32", "f32") for kind in UNARY.split()),
    *(elementwise(kind, *[element] * 3) for element, kinds in BINARY.items() for kind in kinds.split()),
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_regions_are_those_of_the_compiler(text: str) -> None:
    expected, _ = iree_opt(text, "--mlir-print-op-generic")
    assert expected is not None
    assert region(print_module(parse(text).op, generic=True)) == region(expected)


def region(text: str) -> list[str]:
    """The lines of the region of the linalg op, in a module's generic form."""
    found = re.search(r'= "linalg\.\w+".*?\(\{\n(.*?)\n *\}\)', text, re.DOTALL)
    assert found is not None
    return found[1].splitlines()
