"""Functions around one named op of linalg each, of small odd shapes, with strides and dilations where it has them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from iree_explorer.dialects.linalg.named_table import NAMED_OP_DEFINITIONS, QUANTIZED, NamedOpDefinition
from iree_explorer.execution.values.elements import element_named
from tests.conformance.agreement import Call

_SIZES: Final = {
    "n": 2, "b": 2, "g": 2, "fg": 3, "f": 4, "c": 3, "ic": 3, "cm": 2, "kw": 3, "kh": 2, "kd": 2, "ow": 5, "oh": 4, "od": 3,
    "m": 5, "k": 7, "m0": 4, "n0": 2, "k0": 3,
}  # fmt: skip
_STRIDES, _DILATIONS = (2, 1, 2), (1, 2, 1)


def named_op_calls(type_: str) -> Iterator[Call]:
    """Every named op that is defined for a type: of sums of f16 in f32, of i8 in i32."""
    for name, definition in NAMED_OP_DEFINITIONS.items():
        types = _types(name, definition, type_)
        if types:
            yield _call(name, definition, types)


def _types(name: str, definition: NamedOpDefinition, type_: str) -> list[str]:
    """The element types of its operands, none where the op is not defined for them."""
    inputs = len(definition.operands.split("->")[0].split(","))
    is_integer = type_.startswith("i")
    if not is_integer and (definition.body is QUANTIZED or name.endswith("_unsigned")):
        return []
    wide = {"i8": "i32", "f16": "f32"}.get(type_, type_)
    if "pooling" in name:
        return [type_] * inputs + [wide if name.endswith("_sum") and is_integer else type_]
    return [*[type_] * min(inputs, 2), *[wide] * (inputs - 2), wide]


def _call(name: str, definition: NamedOpDefinition, types: Sequence[str]) -> Call:
    windows = definition.operands.split("->")[0].split(",")[0].count(":")
    strides, dilations = list(_STRIDES[:windows]), list(_DILATIONS[:windows])
    given = (strides, dilations) if definition.is_strided else (None, None)
    last = [_SIZES[loop] - 1 for loop in definition.loop_names()]
    shapes = [[expr.eval(last, []) + 1 for expr in map_.results] for map_ in definition.maps(*given)]
    random = np.random.default_rng(zlib.crc32(name.encode()))
    arrays = [_numbers(random, shape, type_) for shape, type_ in zip(shapes, types, strict=True)]
    is_scalar = [not shape and place < len(shapes) - 1 for place, shape in enumerate(shapes)]
    operands = [
        type_ if scalar else f"tensor<{''.join(f'{size}x' for size in shape)}{type_}>"
        for shape, type_, scalar in zip(shapes, types, is_scalar, strict=True)
    ]
    values = [array[()] if scalar else array for array, scalar in zip(arrays, is_scalar, strict=True)]
    return Call(
        f"{name} {types}", _text(name, operands, _attributes(*given)), tuple(values), 0 if types[-1][0] == "i" else 1e-5
    )


def _numbers(random: np.random.Generator, shape: Sequence[int], type_: str) -> np.ndarray:
    """Numbers whose products and sums are exact."""
    element = element_named(type_)
    if element.is_integer:
        return random.integers(-128, 128, shape).astype(element.dtype)
    if element.kind == "complex":
        return (random.integers(-3, 4, shape) + 1j * random.integers(-3, 4, shape)).astype(element.dtype)
    return (random.integers(-8, 9, shape) / 4).astype(element.dtype)


def _attributes(strides: Sequence[int] | None, dilations: Sequence[int] | None) -> str:
    if strides is None or dilations is None:
        return ""
    type_ = f"tensor<{len(strides)}xi64>"
    return f" {{dilations = dense<{dilations}> : {type_}, strides = dense<{strides}> : {type_}}}"


def _text(name: str, operands: Sequence[str], attributes: str) -> str:
    *inputs, output = operands
    arguments = ", ".join(f"%a{place}: {type_}" for place, type_ in enumerate(operands))
    values = ", ".join(f"%a{place}" for place in range(len(inputs)))
    return (
        f"func.func @f({arguments}) -> {output} {{\n"
        f"  %0 = {name}{attributes} ins({values} : {', '.join(inputs)}) outs(%a{len(inputs)} : {output}) -> {output}\n"
        f"  return %0 : {output}\n}}"
    )
