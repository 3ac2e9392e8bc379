"""Assembly formats that are compiled late read and print what those of xDSL do."""

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import IntegerType, i32
from xdsl.dialects.test import Test
from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, result_def
from xdsl.irdl.declarative_assembly_format import FormatProgram
from xdsl.irdl.declarative_assembly_format_parser import FormatParser
from xdsl.parser import Parser

from iree_explorer.cli.lazy_formats import compile_formats_late
from iree_explorer.cli.main import main


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats compiled so far, under `compile_formats_late`."""
    texts: list[str] = []
    parse_format = FormatParser.parse_format

    def noted(parser: FormatParser) -> FormatProgram:
        texts.append(parser.lexer.input.content)
        return parse_format(parser)

    monkeypatch.setattr(FormatProgram, "from_str", FormatProgram.__dict__["from_str"])  # and put it back afterwards
    monkeypatch.setattr(FormatParser, "parse_format", noted)
    compile_formats_late()
    return texts


def test_a_format_is_compiled_once_and_when_it_is_used(compiled: list[str]) -> None:
    @irdl_op_definition
    class NegateOp(IRDLOperation):
        """An op with a format."""

        name = "test.negate"

        value = operand_def(IntegerType)
        result = result_def(IntegerType)
        assembly_format = "$value attr-dict `:` type($value) `to` type($result)"

    assert compiled == []
    context = Context()
    context.load_dialect(Test)
    context.load_op(NegateOp)
    text = '%0 = "test.op"() : () -> i32\n%1 = test.negate %0 : i32 to i32'
    _, second = Parser(context, text).parse_module().body.ops
    assert isinstance(second, NegateOp)
    assert second.result.type == i32
    assert str(second) == str(second) == "%0 = test.negate %1 : i32 to i32"
    assert len(compiled) == 1


def test_to_ask_twice_is_to_ask_once(compiled: list[str]) -> None:
    hook = FormatProgram.from_str
    compile_formats_late()
    assert FormatProgram.from_str is hook
    assert compiled == []


def test_a_program_that_calls_main_keeps_its_xdsl(capsys: pytest.CaptureFixture[str]) -> None:
    before = FormatProgram.from_str
    assert main(["opt", "no such file.mlir"]) == 1
    assert "no such file" in capsys.readouterr().err
    assert FormatProgram.from_str is before
