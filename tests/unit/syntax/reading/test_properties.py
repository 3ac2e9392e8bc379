"""What becomes of inherent attributes in generic form."""

import pytest
from xdsl.dialects.builtin import IntegerAttr, StringAttr, UnitAttr, i32

from iree_explorer.dialects.stream.region_ops import AsyncExecuteOp
from iree_explorer.dialects.util.functions import ReturnOp
from iree_explorer.ir.operands import sizes_attr
from iree_explorer.syntax.reading.properties import PropertyError, default_segments, stored_properties


def test_others_than_an_op_has_are_left_out() -> None:
    sizes = sizes_attr(0, 0, 0, 0)
    assert stored_properties(AsyncExecuteOp, {"operandSegmentSizes": sizes, "other": UnitAttr()}) == {
        "operandSegmentSizes": sizes
    }


def test_no_group_has_operands_where_nothing_is_said() -> None:
    assert default_segments(AsyncExecuteOp.get_irdl_definition()) == {"operandSegmentSizes": sizes_attr(0, 0, 0, 0)}
    assert default_segments(ReturnOp.get_irdl_definition()) == {}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("affinity", StringAttr("a"), 'Invalid attribute `affinity` in property conversion: "a"'),
        ("operandSegmentSizes", IntegerAttr(1, i32), "for `operandSegmentSizes`: expected DenseI32ArrayAttr"),
        (
            "operandSegmentSizes",
            sizes_attr(1),
            "for `operandSegmentSizes`: size mismatch in attribute conversion: 1 vs 4",
        ),
    ],
)
def test_an_attribute_of_another_class_is_refused(name: str, value: object, words: str) -> None:
    with pytest.raises(PropertyError) as caught:
        stored_properties(AsyncExecuteOp, {name: value})  # pyright: ignore[reportArgumentType]
    assert str(caught.value).startswith(f"invalid properties {{{name} = ")
    assert str(caught.value).endswith(f" for op stream.async.execute: {words}")


def test_an_op_without_any_takes_none() -> None:
    with pytest.raises(PropertyError, match="this operation has empty properties"):
        stored_properties(ReturnOp, {"value": UnitAttr()})
