"""Types of elements that a text lists one by one."""

import pytest
from xdsl.dialects.builtin import TensorType, VectorType, i32

from iree_explorer.errors import SourceError
from iree_explorer.ir.assembly.element_types import MOST_ELEMENTS, element_types
from iree_explorer.syntax import parse


def test_there_is_a_type_for_each_element() -> None:
    assert element_types(TensorType(i32, [2, 3])) == [i32] * 6
    assert element_types(TensorType(i32, [])) == [i32]
    assert element_types(VectorType(i32, [0])) == []


def test_more_than_an_op_can_list_take_no_memory() -> None:
    assert element_types(TensorType(i32, [MOST_ELEMENTS, 2])) is None
    text = "util.func @f(%x: i32) { %0 = tensor.from_elements %x : tensor<99999999999xi32> util.return }"
    with pytest.raises(SourceError, match="has more elements than an op can list"):
        parse(text)
