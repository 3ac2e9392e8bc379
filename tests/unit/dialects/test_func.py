import pytest

from iree_explorer.dialects.func import FuncOp
from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module

TEXT = """\
module {
  func.func private @declared(i32, f32 {foo.bar}) -> (i32 {a.b = 1 : i32})
  func.func private @nothing()
  func.func private @flagged(i32) attributes {a, x, zz, no_inline}
  func.func private @higher() -> ((i32) -> i32)
  func.func @caller(%arg0: i32 {foo.bar}) -> (i32, i32) attributes {foo = 1 : i32} {
    %0 = call @callee(%arg0) : (i32) -> i32
    %f = constant @callee : (i32) -> i32
    %1 = call_indirect %f(%0) : (i32) -> i32
    call @nothing() {x} : () -> ()
    return {y} %0, %1 : i32, i32
  }
  func.func nested @callee(%arg0: i32) -> i32 {
    return %arg0 : i32
  }
}
"""


def test_functions_print_back() -> None:
    assert print_module(parse(TEXT).op) == TEXT


def test_a_declaration_keeps_the_attributes_of_its_arguments() -> None:
    declared = next(op for op in parse(TEXT).op.walk() if isinstance(op, FuncOp))
    assert declared.is_declaration
    assert declared.arg_attrs is not None
    assert [bool(entry.data) for entry in declared.arg_attrs] == [False, True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("func.func @f() -> i32 { return }", "has 0 operands, but enclosing function (@f) returns 1"),
        (
            "func.func @f(%a: f32) -> i32 { return %a : f32 }",
            "type of return operand 0 ('f32') doesn't match function result type ('i32') in function @f",
        ),
        ("func.func @f() { func.call @g() : () -> () return }", "'g' does not reference a valid function"),
        (
            "func.func private @g(i32) func.func @f() { func.call @g() : () -> () return }",
            "incorrect number of operands for callee",
        ),
        (
            "func.func private @g(i32) func.func @f(%a: f32) { func.call @g(%a) : (f32) -> () return }",
            "operand type mismatch: expected operand type 'i32', but provided 'f32' for operand number 0",
        ),
        ("func.func @f(%a: i32, f32) { return }", "1:23: error: custom op 'func.func' expected SSA identifier"),
        ("func.func @f(%a: i32, b) { return }", "1:23: error: custom op 'func.func' expected SSA identifier"),
        (
            "func.func @f(i32, %b: f32) { return }",
            "1:19: error: custom op 'func.func' expected type instead of SSA identifier",
        ),
    ],
)
def test_wrong_functions_are_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError, match="error") as caught:
        parse(text)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["func.func", "util.func"])
@pytest.mark.parametrize("regions", ["", " ({}, {})"])
def test_a_function_has_one_region(name: str, regions: str) -> None:
    with pytest.raises(SourceError, match=f"'{name}' op requires one region"):
        parse(f'"{name}"() <{{sym_name = "f", function_type = () -> ()}}>{regions} : () -> ()')
