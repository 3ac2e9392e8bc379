import pytest
from xdsl.ir import Block, Region
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.refusals import refusal

TEXT = """\
module @outer <sym_visibility = "nested"> attributes {a.b} {
  module {
  }
  module @"other name" attributes {a.b = 1 : i32} {
    util.func private @f() {
      util.return
    }
  }
}
"""


def test_modules_print_back() -> None:
    assert print_module(parse(TEXT).op) == TEXT


def test_an_empty_module_has_a_block() -> None:
    inner = next(iter(parse("module { module {} }").op.ops))
    assert isinstance(inner, ModuleOp)
    assert list(inner.ops) == []


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            '"builtin.module"() ({ ^bb0: }) {b, a} : () -> ()',
            (1, 1),
            "'builtin.module' op can only contain attributes with dialect-prefixed names, found: 'a'",
        ),
        ("module { module { ^bb0(%a: i32): } }", (1, 10), "'builtin.module' op region should have no arguments"),
        (
            '"builtin.module"() <{sym_name = "a", sym_visibility = "hidden"}> ({ ^bb0(%a: i32): }) : () -> ()',
            (1, 1),
            "'builtin.module' op region should have no arguments",
        ),
        (
            '"builtin.module"() <{sym_name = "a", sym_visibility = "hidden"}> ({ ^bb0: }) : () -> ()',
            (1, 1),
            '\'builtin.module\' op visibility expected to be one of ["public", "private", "nested"], but got "hidden"',
        ),
        (
            '"builtin.module"() <{sym_visibility = 3 : i32}> ({ ^bb0: }) : () -> ()',
            (1, 1),
            (
                "invalid properties {sym_visibility = 3 : i32} for op builtin.module: "
                "Invalid attribute `sym_visibility` in property conversion: 3 : i32"
            ),
        ),
        (
            '"builtin.module"() ({}) : () -> ()',
            (1, 1),
            "'builtin.module' op region #0 ('bodyRegion') failed to verify constraint: region with 1 blocks",
        ),
        (
            'module attributes {sym_visibility = "private"} {}',
            (1, 8),
            (
                "custom op 'builtin.module' inherent attribute 'sym_visibility' cannot be parsed from attr-dict "
                "when strict properties in assembly format is enabled"
            ),
        ),
    ],
)
def test_wrong_modules_are_refused(text: str, place: tuple[int, int], message: str) -> None:
    assert refusal(text) == (place, message)


def test_a_module_of_two_blocks_is_refused() -> None:
    module = ModuleOp([])
    module.detach_region(0)
    module.add_region(Region([Block(), Block()]))
    with pytest.raises(VerifyException, match="expects region #0 to have 0 or 1 blocks"):
        module.verify_()
