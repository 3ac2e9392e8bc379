"""The named ops of linalg, each generated from its row of the table."""

import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation

from iree_explorer.dialects import linalg
from iree_explorer.dialects.linalg.named_table import NamedOpDefinition
from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.texts import function, reprinted

NAMES = sorted(linalg.NAMED_OPS)


def _shapes(row: NamedOpDefinition, sizes: dict[str, int], stride: int, dilation: int) -> list[list[int]]:
    """The shape of each operand for loops of the given sizes."""

    def size(index: str) -> int:
        for separator, outer_step, inner_step in ((":", stride, dilation), ("+", 1, 1)):
            outer, found, inner = index.partition(separator)
            if found:
                return (sizes[outer] - 1) * outer_step + (sizes[inner] - 1) * inner_step + 1
        return sizes[index]

    inputs, output = row.operands.split("->")
    return [[size(index) for index in operand.split()] for operand in (*inputs.split(","), output)]


def _types(shapes: list[list[int]], elements: list[str]) -> list[str]:
    return [
        f"tensor<{'x'.join(map(str, [*shape]))}{'x' if shape else ''}{element}>" if shape or is_tensor else element
        for shape, element, is_tensor in zip(shapes, elements, _are_tensors(len(shapes)), strict=True)
    ]


def _are_tensors(operands: int) -> list[bool]:
    """A zero point (operand 2 or 3 of 5) is a scalar."""
    return [operands != 5 or index not in (2, 3) for index in range(operands)]


def _text(name: str, types: list[str], attributes: str = "") -> str:
    *inputs, output = types
    ins = ", ".join(f"%arg{index}" for index in range(len(inputs)))
    body = f"%0 = {name}{attributes} ins({ins} : {', '.join(inputs)}) outs(%arg{len(inputs)} : {output}) -> {output}"
    return function(body, ";".join(types))


def _elements(operands: int) -> list[str]:
    return ["i8", "i8", "i32", "i32", "i32"] if operands == 5 else ["f32"] * operands


@st.composite
def instances(draw: st.DrawFn) -> tuple[str, str]:
    """A named op with loops of random sizes, and its text."""
    name = draw(st.sampled_from(NAMES))
    row = linalg.NAMED_OPS[name].definition()
    sizes = {loop: draw(st.integers(1, 4)) for loop in row.loop_names()}
    stride, dilation = (draw(st.integers(1, 3)), draw(st.integers(1, 3))) if row.is_strided else (1, 1)
    shapes = _shapes(row, sizes, stride, dilation)
    attributes = ""
    if row.is_strided:
        windows = row.operands.count(":")
        numbers = [f"dense<{value}> : tensor<{windows}xi64>" for value in (dilation, stride)]
        attributes = f" {{dilations = {numbers[0]}, strides = {numbers[1]}}}"
    return name, _text(name, _types(shapes, _elements(len(shapes))), attributes)


def _named(text: str, name: str) -> linalg.LinalgOp:
    op = next(op for op in parse(text).op.walk() if op.name == name)
    assert isinstance(op, linalg.LinalgOp)
    return op


@given(instances())
def test_every_op_of_any_size_prints_back(instance: tuple[str, str]) -> None:
    name, text = instance
    assert print_module(parse(text).op) == text
    op = _named(text, name)
    assert len(op.maps()) == len(op.operands) == len(op.body_region().block.args)
    assert all(map_.num_dims == len(op.iterators()) for map_ in op.maps())


@given(instances(), st.data())
def test_every_index_is_inside_its_operand(instance: tuple[str, str], data: st.DataObject) -> None:
    name, text = instance
    op = _named(text, name)
    row = linalg.NAMED_OPS[name].definition()
    output = dict(zip(row.operands.split("->")[1].split(), _shape(op.operands[-1].type), strict=True))
    kernel = dict(zip(row.operands.split(",")[1].split("->")[0].split(), _shape(op.operands[1].type), strict=True))
    first = dict(zip(row.operands.split(",")[0].split(), _shape(op.operands[0].type), strict=True))
    ranges = first | kernel | output
    point = [data.draw(st.integers(0, ranges[loop] - 1)) for loop in row.loop_names()]
    for operand, map_ in zip(op.operands, op.maps(), strict=True):
        index = map_.eval(point, [])
        assert all(0 <= place < size for place, size in zip(index, _shape(operand.type), strict=True))


def _shape(type_: object) -> tuple[int, ...]:
    get_shape = getattr(type_, "get_shape", None)
    return get_shape() if get_shape is not None else ()


def _body_ops(op: linalg.LinalgOp) -> list[str]:
    return [inner.name for inner in op.body_region().block.ops]


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        (["f32"] * 3, ["arith.mulf", "arith.addf"]),
        (["f16", "f16", "f32"], ["arith.extf", "arith.extf", "arith.mulf", "arith.addf"]),
        (["i8", "i8", "i32"], ["arith.extsi", "arith.extsi", "arith.muli", "arith.addi"]),
        (["i1"] * 3, ["arith.andi", "arith.ori"]),
        (["complex<f32>"] * 3, ["complex.mul", "complex.add"]),
        (["i8", "i8", "f32"], ["arith.sitofp", "arith.sitofp", "arith.mulf", "arith.addf"]),
        (["f32", "f32", "i8"], ["arith.fptosi", "arith.fptosi", "arith.muli", "arith.addi"]),
        (["i32", "i32", "i8"], ["arith.trunci", "arith.trunci", "arith.muli", "arith.addi"]),
    ],
)
def test_a_matmul_casts_to_its_output(elements: list[str], expected: list[str]) -> None:
    types = _types([[2, 3], [3, 4], [2, 4]], elements)
    assert _body_ops(_named(_text("linalg.matmul", types), "linalg.matmul")) == [*expected, "linalg.yield"]


def test_casts_may_be_unsigned() -> None:
    types = _types([[2, 3], [3, 4], [2, 4]], ["i8", "i8", "i32"])
    text = _text("linalg.matmul", types, " {cast = #linalg.type_fn<cast_unsigned>}")
    assert print_module(parse(text).op) == text
    assert _body_ops(_named(text, "linalg.matmul"))[:2] == ["arith.extui", "arith.extui"]


@pytest.mark.parametrize(
    ("name", "element", "expected"),
    [
        ("linalg.pooling_nhwc_max", "f32", "arith.maximumf"),
        ("linalg.pooling_nhwc_max", "i8", "arith.maxsi"),
        ("linalg.pooling_nhwc_max_unsigned", "i8", "arith.maxui"),
        ("linalg.pooling_nhwc_min", "f32", "arith.minimumf"),
        ("linalg.pooling_nhwc_min_unsigned", "i8", "arith.minui"),
        ("linalg.pooling_nhwc_sum", "i8", "arith.addi"),
    ],
)
def test_poolings(name: str, element: str, expected: str) -> None:
    types = _types([[1, 4, 4, 2], [3, 3], [1, 2, 2, 2]], [element] * 3)
    op = _named(_text(name, types), name)
    assert _body_ops(op) == [expected, "linalg.yield"]
    combiner = next(iter(op.body_region().block.ops))
    assert list(combiner.operands) == [op.body_region().block.args[2], op.body_region().block.args[0]]


def test_a_quantized_matmul_subtracts_zero_points() -> None:
    types = _types([[2, 3], [3, 4], [], [], [2, 4]], ["i8", "i8", "i32", "i32", "i32"])
    op = _named(_text("linalg.quantized_matmul", types), "linalg.quantized_matmul")
    assert _body_ops(op) == [
        "arith.extsi", "arith.subi", "arith.extsi", "arith.subi", "arith.muli", "arith.addi", "linalg.yield",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "linalg.fill", "linalg.copy", "linalg.fill_rng_2d", "linalg.matmul"])
def test_operands_are_counted_before_the_body_is_built(name: str) -> None:
    for count in (0, 7):
        inputs = "ins({} : {}) ".format(", ".join(["%arg0"] * count), ", ".join(["tensor<2xf32>"] * count))
        text = function(f"{name} {inputs if count else ''}", "tensor<2xf32>")
        with pytest.raises(
            SourceError,
            match=rf"custom op '{name}' \[parseNamedStructuredOpRegion\] ods-gen generated region expects \d args, got {count}$",
        ):
            parse(text)


def test_a_wrong_shape_is_refused() -> None:
    types = _types([[2, 3], [4, 4], [2, 4]], ["f32"] * 3)
    with pytest.raises(Exception, match="dimension #0 to be 3, but found 4"):
        parse(_text("linalg.matmul", types))


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_the_body_of_a_matmul_computes_a_matmul(m: int, n: int, k: int, seed: int) -> None:
    """Runs maps and body point by point and compares with numpy."""
    generator = np.random.default_rng(seed)
    arrays = [generator.integers(-9, 9, shape) for shape in ((m, k), (k, n), (m, n))]
    op = _named(_text("linalg.matmul", _types([[m, k], [k, n], [m, n]], ["i32"] * 3)), "linalg.matmul")
    expected = arrays[2] + arrays[0] @ arrays[1]
    for point in np.ndindex(m, n, k):
        places = [map_.eval(list(point), []) for map_ in op.maps()]
        values = [int(array[place]) for array, place in zip(arrays, places, strict=True)]
        arrays[2][places[2]] = _run(op, values)
    assert np.array_equal(arrays[2], expected)


def _run(op: linalg.LinalgOp, arguments: list[int]) -> int:
    block = op.body_region().block
    values = dict(zip(block.args, arguments, strict=True))
    functions = {"arith.muli": operator.mul, "arith.addi": operator.add}
    inner: Operation
    for inner in block.ops:
        operands = [values[operand] for operand in inner.operands]  # pyright: ignore[reportArgumentType]
        if inner.name == "linalg.yield":
            return operands[0]
        values[inner.results[0]] = functions[inner.name](*operands)  # pyright: ignore[reportArgumentType]
    raise AssertionError("no terminator")


@pytest.mark.parametrize(("name", "batch"), [("matmul", ""), ("batch_matmul", "2x")])
def test_matrices_are_multiplied_as_usual_where_the_generic_form_has_no_maps(name: str, batch: str) -> None:
    types = [f"tensor<{batch}{sizes}xf32>" for sizes in ("4x8", "8x3", "4x3")]
    body = "^bb0(%x: f32, %y: f32, %z: f32):\n%1 = arith.mulf %x, %y : f32\n%2 = arith.addf %z, %1 : f32\nlinalg.yield %2 : f32"
    op = (
        f'%0 = "linalg.{name}"(%arg0, %arg1, %arg2) <{{operandSegmentSizes = array<i32: 2, 1>}}> '
        f"({{\n{body}\n}}) : ({', '.join(types)}) -> {types[2]}"
    )
    ins = f"ins(%arg0, %arg1 : {types[0]}, {types[1]}) outs(%arg2 : {types[2]}) -> {types[2]}"
    assert reprinted(op, "; ".join(types)) == f"%0 = linalg.{name} {ins}"
