import pytest

from iree_explorer.errors import SourceError
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.syntax import parse

DECLARATION = "symbol declaration cannot have public visibility"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("func.func @f()", f"'func.func' op {DECLARATION}"),
        ("util.func @f()", f"'util.func' op {DECLARATION}"),
        ("flow.func @f()", f"'flow.func' op {DECLARATION}"),
        ("util.initializer {\n  func.func @f()\n  util.return\n}", f"'func.func' op {DECLARATION}"),
        (
            '"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({\n  func.return\n}) : () -> ()',
            "'func.func' op entry block must have 1 arguments to match function signature",
        ),
        (
            '"util.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({\n^bb0(%a: f32):\n  util.return\n}) : () -> ()',
            (
                "'util.func' op type of entry block argument #0('f32') must match the type of the corresponding "
                "argument in function signature('i32')"
            ),
        ),
    ],
)
def test_what_no_function_may_be(text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert caught.value.message == message


def test_a_private_declaration_is_one() -> None:
    (function,) = parse("func.func private @f()").op.ops
    assert isinstance(function, FunctionOpInterface)
    assert function.is_declaration
