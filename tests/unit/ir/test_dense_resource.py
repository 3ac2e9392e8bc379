from xdsl.dialects.builtin import BytesAttr, NoneAttr, StringAttr, TensorType, i32

from iree_explorer.ir.dense_resource import DenseResourceElementsAttr

TYPE = TensorType(i32, [1])


def test_the_alignment_is_no_element() -> None:
    known = DenseResourceElementsAttr(StringAttr("w"), TYPE, BytesAttr(b"\4\0\0\0\1\2\3\4"))
    assert known.elements == b"\1\2\3\4"
    assert known.get_type() == TYPE


def test_elements_may_be_unknown() -> None:
    assert DenseResourceElementsAttr(StringAttr("w"), TYPE, NoneAttr()).elements is None
