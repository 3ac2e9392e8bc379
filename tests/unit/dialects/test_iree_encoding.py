"""Encodings, and the attributes of named fields that they are made of."""

import pytest

from iree_explorer.dialects.iree_encoding import EncodingAttr, LayoutAttr, PaddingAttr
from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.texts import assert_round_trips

ATTRIBUTES = """\
#encoding = #iree_encoding.encoding<operand_index = 1 : i64, op_type = scaled_matmul, element_types = [f32, i8], \
original_element_type = f32, iteration_sizes = [?, 3]>
#encoding1 = #iree_encoding.layout<[#iree_cpu.cpu_encoding_resolver<configuration = {encoding_info = \
{innerDimsPos = [0], innerTileSizes = [4], outerDimsPerm = [0]}}>]>
#encoding2 = #iree_encoding.testing<layouts = [#iree_encoding.identity], original_element_type = i8>
module attributes {a0 = #encoding, a1 = #encoding1, a2 = #encoding2, a3 = #iree_encoding.padding<[0, ?]>, \
a4 = #iree_cpu.vmvx_encoding_resolver<>} {
}
"""


def test_attributes_print_back() -> None:
    assert print_module(parse(ATTRIBUTES).op) == ATTRIBUTES


def test_fields_may_come_in_any_order_and_with_any_blanks() -> None:
    text = "module attributes {a = #iree_encoding.encoding< op_type=matmul , operand_index = 0:index, element_types = [ ]>} { }"
    printed = print_module(parse(text).op)
    assert "#iree_encoding.encoding<operand_index = 0 : index, op_type = matmul, element_types = []>" in printed


def test_what_an_encoding_says() -> None:
    attributes = parse(ATTRIBUTES).op.attributes
    encoding, layout, padding = (attributes[name] for name in ("a0", "a1", "a3"))
    assert isinstance(encoding, EncodingAttr)
    assert str(encoding.get("op_type")) == '"scaled_matmul"'
    assert encoding.get("user_indexing_maps") is None
    assert isinstance(layout, LayoutAttr)
    assert len(layout.layouts) == 1
    assert isinstance(padding, PaddingAttr)
    assert len(padding.padding) == 2


@pytest.mark.parametrize("fields", ["nonsense = 1", "op_type = matmul, op_type = conv"])
def test_unknown_and_repeated_fields_are_refused(fields: str) -> None:
    with pytest.raises(SourceError, match="duplicate or unknown struct parameter name"):
        parse(f"module attributes {{a = #iree_encoding.encoding<{fields}>}} {{ }}")


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
