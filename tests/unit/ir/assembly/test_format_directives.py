"""Inherent attributes in angle brackets, as `iree-opt` reads them."""

import pytest

from iree_explorer.syntax import parse
from tests.unit.dialects.texts import error_of


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ("<alignment>", "expected '='"),
        ("<alignment =>", "expected attribute value"),
        ("<alignment = 64,>", "custom op 'util.buffer.constant' expected valid keyword"),
        ('<"alignment" = 64>', "custom op 'util.buffer.constant' expected valid keyword"),
        ("<alignment = 64 : i32>", "expected ','"),
        ('<alignment = "x">', "custom op 'util.buffer.constant' invalid kind of attribute specified"),
        ("<alignment = 1.0>", "floating point value not valid for specified type"),
        ("<mime_type = 1>", "integer literal not valid for specified type"),
        ("<mime_type = i32>", "custom op 'util.buffer.constant' invalid kind of attribute specified"),
        (
            "<alignment = 64, alignment = 32>",
            "custom op 'util.buffer.constant' duplicate or unknown property in properties dictionary: alignment",
        ),
        ("<alignment = 3>", "'util.buffer.constant' op invalid alignment; must be a power of two"),
    ],
)
def test_wrong_ones_are_refused(attributes: str, message: str) -> None:
    assert error_of(f'%0 = util.buffer.constant {attributes} : !util.buffer = "abc"') == message


@pytest.mark.parametrize("attributes", ["", "<>", "<alignment = 64>", '<mime_type = "a", alignment = -64>'])
def test_none_need_be_written_and_any_order_will_do(attributes: str) -> None:
    module = parse(f'util.initializer {{ %0 = util.buffer.constant {attributes} : !util.buffer = "abc" util.return }}')
    [constant] = [op for op in module.op.walk() if op.name == "util.buffer.constant"]
    assert len(constant.properties) == 1 + attributes.count(" = ")
