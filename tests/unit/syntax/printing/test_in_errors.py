"""Attributes and types in messages are written as the compiler writes them, whoever words the message."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse

TYPES = [
    "memref<4xf32, affine_map<(d0) -> (d0 * 2 + 1)>, #hal.descriptor_type<storage_buffer>>",
    "memref<4xf32, strided<[1], offset: ?>, 3>",
    'tensor<4xf32, "\\FF\\22">',
    "tensor<4xf32, {a = 1.500000e+00 : f32, b = affine_map<(d0, d1) -> (d0 + d1, 3)>}>",
]


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_in_a_message_is_written_as_in_a_program(type_: str) -> None:
    text = f"util.func private @f(%a: {type_}) {{\n  %r = arith.addi %a, %a : {type_}\n  util.return\n}}"
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert str(caught.value).endswith(f", but got '{type_}'")


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_shows_itself_as_in_a_program(type_: str) -> None:
    module = parse(f"util.func private @f({type_})")
    assert type_ in str(module.op.body.block.first_op.properties["function_type"])  # pyright: ignore[reportOptionalMemberAccess]
