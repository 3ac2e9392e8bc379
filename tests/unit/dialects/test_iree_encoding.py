"""Encodings, and the attributes of named fields that they are made of."""

import pytest

from iree_explorer.dialects.iree_encoding import EncodingAttr, LayoutAttr, PaddingAttr
from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.texts import assert_round_trips

ATTRIBUTES = """\
#encoding = #iree_encoding.layout<[#iree_cpu.cpu_encoding_resolver<configuration = {encoding_info = \
{innerDimsPos = [0], innerTileSizes = [4], outerDimsPerm = [0]}}>]>
#encoding1 = #iree_encoding.testing<layouts = [#iree_encoding.identity], original_element_type = i8>
#map = affine_map<(d0, d1) -> (d0, d1)>
#encoding2 = #iree_encoding.encoding<operand_index = 1 : i64, op_type = scaled_matmul, element_types = [f32, i8], \
original_element_type = f32, user_indexing_maps = [#map, #map], iteration_sizes = [?, 3]>
module attributes {util.a0 = #encoding2, util.a1 = #encoding, util.a2 = #encoding1, util.a3 = #iree_encoding.padding<[0, ?]>, \
util.a4 = #iree_cpu.vmvx_encoding_resolver<>} {
}
"""


def test_attributes_print_back() -> None:
    assert print_module(parse(ATTRIBUTES).op) == ATTRIBUTES


def test_fields_may_come_in_any_order_and_with_any_blanks() -> None:
    text = "module attributes {util.a = #iree_encoding.encoding< op_type=matmul , operand_index = 0:index, element_types = [ ]>} { }"
    printed = print_module(parse(text).op)
    assert "#iree_encoding.encoding<operand_index = 0 : index, op_type = matmul, element_types = []>" in printed


@pytest.mark.parametrize("name", ["identity_resolver", "unsupported_resolver", "packed_storage"])
def test_a_body_that_may_be_left_out_is_not_printed_empty(name: str) -> None:
    printed = print_module(parse(f"module attributes {{util.a = #iree_encoding.{name}<>}} {{ }}").op)
    assert f"util.a = #iree_encoding.{name}}}" in printed


def test_what_an_encoding_says() -> None:
    attributes = parse(ATTRIBUTES).op.attributes
    encoding, layout, padding = (attributes[name] for name in ("util.a0", "util.a1", "util.a3"))
    assert isinstance(encoding, EncodingAttr)
    assert str(encoding.get("op_type")) == '"scaled_matmul"'
    assert encoding.dynamic_sizes == 1
    assert isinstance(layout, LayoutAttr)
    assert len(layout.layouts) == 1
    assert isinstance(padding, PaddingAttr)
    assert len(padding.padding) == 2


@pytest.mark.parametrize("fields", ["nonsense = 1", "op_type = matmul, op_type = conv"])
def test_unknown_and_repeated_fields_are_refused(fields: str) -> None:
    with pytest.raises(SourceError, match="duplicate or unknown struct parameter name"):
        parse(f"module attributes {{util.a = #iree_encoding.encoding<{fields}>}} {{ }}")


MATMUL = "operand_index = 0, op_type = matmul, element_types = [f32]"
MAPS = "user_indexing_maps = [affine_map<(d0, d1) -> (d0)>]"


@pytest.mark.parametrize(
    ("attribute", "message", "column"),
    [
        ("#iree_encoding.encoding<>", "expected valid keyword", 50),
        ("#iree_encoding.encoding<operand_index = 0>", "struct is missing required parameter: op_type", 67),
        ("#iree_encoding.encoding<operand_index = 0, op_type = foo>", "to be one of: matmul, scaled_matmul, conv", 79),
        ("#iree_encoding.encoding<operand_index = f32>", "invalid kind of attribute specified", 66),
        (f"#iree_encoding.encoding<{MATMUL}, user_indexing_maps = []>", "`operandIndex` exceeds the size", 49),
        (f"#iree_encoding.encoding<{MATMUL}, user_indexing_maps = [1]>", "non-composable attribute .* at index: 0", 49),
        (f"#iree_encoding.encoding<{MATMUL}, iteration_sizes = [?]>", "without any corresponding", 49),
        (
            f"#iree_encoding.encoding<{MATMUL}, {MAPS}, iteration_sizes = [?]>",
            "with 1 iteration sizes, but expected 2",
            49,
        ),
        ("#iree_encoding.layout<[]>", "expected non-empty layouts", 47),
        ("#iree_encoding.layout<[#iree_encoding.unknown]>", "to implement SerializableAttr", 47),
        ("#iree_encoding.padding<[0, -1]>", "non-negative or dynamic", 48),
        ("tensor<4xi12, #iree_encoding.packed_storage>", "is 12 but packed_storage is currently only supported", 69),
        ("tensor<4xi3, #iree_encoding.packed_storage>", "is 3 but .* power-of-two bitwidth", 68),
        ("tensor<4xf32, #iree_encoding.layout<[#iree_encoding.packed_storage]>>", "is 32 but packed_storage", 94),
    ],
)
def test_encodings_that_say_nonsense_are_refused(attribute: str, message: str, column: int) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        parse(f"module attributes {{a.b = {attribute}}} {{ }}")
    assert caught.value.location is not None
    assert caught.value.location.column == column


ENCODING = f"#iree_encoding.encoding<{MATMUL}, {MAPS}, iteration_sizes = [?, 3]>"


@pytest.mark.parametrize(
    ("op", "message"),
    [
        ("set_encoding %a : tensor<?xf32> -> tensor<?xf32>", "result of set_encoding op expected to have a valid tensor"),
        (f"set_encoding %a : tensor<?xf32> -> tensor<?xf32, {ENCODING}>", r"expects 1 dynamic encoding .*, but 0 provided"),
        ("set_encoding %a : tensor<?xf32> -> tensor<?x1xf32, #iree_encoding.identity>", "cannot change the rank"),
        ("set_encoding %b : tensor<4xf32> -> tensor<5xf32, #iree_encoding.identity>", "preserve the logical shape"),
        ("unset_encoding %a : tensor<?xf32> -> tensor<?xf32>{%n}", "source of unset_encoding op expected to have"),
        ("unset_encoding %c : tensor<?xf32, #iree_encoding.identity> -> tensor<?xf32>", "has 1 dynamic dimensions but only 0"),
    ],
)  # fmt: skip
def test_ops_that_change_more_than_the_encoding_are_refused(op: str, message: str) -> None:
    arguments = "%a: tensor<?xf32>, %b: tensor<4xf32>, %c: tensor<?xf32, #iree_encoding.identity>, %n: index"
    with pytest.raises(SourceError, match=message):
        parse(f"util.func @f({arguments}) {{\n  %0 = iree_encoding.{op}\n  util.return\n}}")


def test_ops_print_back() -> None:
    encoded = "tensor<4x4xf32, #iree_encoding.identity>"
    assert_round_trips(
        f"%0 = iree_encoding.set_encoding %arg0 : tensor<4x4xf32> -> {encoded}\n"
        f"%1 = iree_encoding.unset_encoding %0 : {encoded} -> tensor<4x4xf32>",
        "tensor<4x4xf32>",
    )


def test_the_generic_form_lists_source_then_sizes() -> None:
    encoded = "tensor<?x4xf32, #iree_encoding.testing<>>"
    text = (
        '"builtin.module"() ({ "func.func"() <{function_type = (' + encoded + ', index) -> (), sym_name = "f"}> ({\n'
        f"^bb0(%a: {encoded}, %d: index):\n"
        '%0 = "iree_encoding.unset_encoding"(%a, %d, %d) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : '
        f"({encoded}, index, index) -> tensor<?x4xf32>\n"
        '"func.return"() : () -> () }) : () -> () }) : () -> ()'
    )
    assert "unset_encoding %arg0 encoding_dims{%arg1}" in print_module(parse(text).op)


CHOSEN = "<configuration = {encoding_info = {}}>"
"""A resolver that has chosen its layout."""


@pytest.mark.parametrize(
    ("source", "result", "is_allowed"),
    [  # as iree-opt decides
        ("", "", True),
        ("", "#iree_encoding.identity", False),
        ("", "#iree_encoding.unknown", True),
        ("#iree_encoding.padding<[0, ?]>", "#iree_encoding.identity", True),
        ("#iree_encoding.padding<[0, 1]>", "#iree_encoding.identity", False),
        ("#iree_encoding.specialized<4>", "#iree_encoding.identity", True),
        ("#iree_encoding.testing<>", "#iree_cpu.cpu_encoding_resolver<>", True),
        ("#iree_cpu.cpu_encoding_resolver<>", "", False),
        ("#iree_cpu.cpu_encoding_resolver<>", "#iree_encoding.identity", True),
        (f"#iree_cpu.cpu_encoding_resolver{CHOSEN}", "#iree_encoding.identity", False),
        (f"#iree_cpu.cpu_encoding_resolver{CHOSEN}", f"#iree_cpu.vmvx_encoding_resolver{CHOSEN}", False),
        ("#iree_gpu.gpu_encoding_resolver<>", "#iree_encoding.identity", True),
        ("#iree_encoding.layout<[#iree_cpu.cpu_encoding_resolver<>]>", "#iree_encoding.identity", True),
        (f"#iree_encoding.layout<[#iree_cpu.cpu_encoding_resolver{CHOSEN}]>", "#iree_encoding.identity", False),
    ],
)
def test_clones_keep_the_layout_that_was_chosen(source: str, result: str, is_allowed: bool) -> None:
    types = [f"tensor<4xf32{', ' if encoding else ''}{encoding}>" for encoding in (source, result)]
    clone = (
        f"stream.tensor.clone %r : {types[0]} in !stream.resource<*>{{%x}} -> {types[1]} in !stream.resource<*>{{%x}}"
    )
    text = f"util.func private @f(%r: !stream.resource<*>, %x: index) {{\n  %0 = {clone}\n  util.return\n}}\n"
    if is_allowed:
        parse(text)
        return
    have, want = (encoding or "<<NULL ATTRIBUTE>>" for encoding in (source, result))
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert f"clones changing tensor encoding from {have} to {want}; not allowed" in str(caught.value)
