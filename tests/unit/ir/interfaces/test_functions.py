import pytest

from iree_explorer.dialects import dialect_names, make_context
from iree_explorer.errors import SourceError
from iree_explorer.ir.interfaces.functions import FunctionOpInterface, is_public_function
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


def test_every_op_that_has_callable_op_interface_is_a_function() -> None:
    context = make_context()
    ops = [op for name in dialect_names() for op in context.get_dialect(name).operations]
    assert {op.name for op in ops if issubclass(op, FunctionOpInterface)} == {
        "flow.func",
        "func.func",
        "hal.executable.condition",
        "hal.executable.constant.block",
        "stream.async.func",
        "stream.cmd.func",
        "util.func",
        "util.initializer",
    }


def test_functions_with_a_name_and_a_body_are_public_unless_they_say_otherwise() -> None:
    text = """
        util.func @a() { util.return }
        util.func private @b() { util.return }
        util.func public @c() { util.return }
        util.func private @d()
        util.initializer { util.return }
        util.global @e = 1 : i32
    """
    assert [is_public_function(op) for op in parse(text).op.ops] == [True, False, True, False, False, False]
