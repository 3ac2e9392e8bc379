"""The text of function signatures, as MLIR's FunctionImplementation.cpp reads and writes them.

xDSL's own helpers drop the argument attributes of declarations and print results in their own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, FunctionType
from xdsl.ir import Attribute, Region
from xdsl.parser import Parser
from xdsl.printer import Printer


@dataclass(frozen=True)
class Signature:
    """A function's type, the attributes of its arguments and results, and the names of its arguments (None: a declaration)."""

    function_type: FunctionType
    arg_attrs: ArrayAttr[DictionaryAttr] | None
    res_attrs: ArrayAttr[DictionaryAttr] | None
    arguments: Sequence[Parser.Argument] | None


def parse_arguments(parser: Parser) -> Sequence[Parser.Argument]:
    """Reads `(%argument: type, …)`. MLIR: OpAsmParser::parseArgumentList."""
    return parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_argument, " in argument list")


def _attrs_or_none(attrs: Sequence[dict[str, Attribute]]) -> ArrayAttr[DictionaryAttr] | None:
    return ArrayAttr(DictionaryAttr(entry) for entry in attrs) if any(attrs) else None


def require_same_naming(
    parser: Parser,
    position: int,
    argument: Parser.Argument | None,
    names: Sequence[Parser.Argument],
    types: Sequence[Attribute],
) -> None:
    """Refuses an argument with a name where those before it have none, and the other way round.

    # MLIR: FunctionImplementation.cpp, parseFunctionArgumentList

    Args:
        parser: right behind the argument's name and type, or where its type is to come.
        position: where the argument begins.
        argument: None: it has no name.
        names: of the arguments before it, as far as they have any.
        types: of the arguments before it.
    """
    if argument is not None and len(names) != len(types):
        parser.raise_error("expected type instead of SSA identifier", position)
    if argument is None and names:
        parser.raise_error("expected SSA identifier", position)


def parse_signature(parser: Parser) -> Signature:
    """Parses `(%arg0: type {attrs}, …) -> (type {attrs}, …)`; a declaration may leave out the names, or the results."""
    names: list[Parser.Argument] = []
    types: list[Attribute] = []
    attrs: list[dict[str, Attribute]] = []

    def parse_argument() -> None:
        position = parser.pos
        argument = parser.parse_optional_argument()
        require_same_naming(parser, position, argument, names, types)
        if argument is not None:
            names.append(argument)
        types.append(parser.parse_type() if argument is None else argument.type)
        attrs.append(parser.parse_optional_dictionary_attr_dict())
        location = parser.parse_optional_location()
        if argument is not None:
            argument.location = location

    parser.parse_comma_separated_list(parser.Delimiter.PAREN, parse_argument)
    result_types, result_attrs = _parse_results(parser)
    return Signature(
        FunctionType.from_lists(types, result_types),
        _attrs_or_none(attrs),
        _attrs_or_none(result_attrs),
        names if names or not types else None,
    )


def _parse_results(parser: Parser) -> tuple[list[Attribute], list[dict[str, Attribute]]]:
    types: list[Attribute] = []
    attrs: list[dict[str, Attribute]] = []

    def parse_result() -> None:
        types.append(parser.parse_type())
        attrs.append(parser.parse_optional_dictionary_attr_dict())

    if parser.parse_optional_punctuation("->") is None:
        return types, attrs
    if parser.parse_optional_punctuation("(") is None:
        types.append(parser.parse_type())
        attrs.append({})
    elif parser.parse_optional_punctuation(")") is None:
        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_result)
        parser.parse_punctuation(")")
    return types, attrs


def _entries(attrs: ArrayAttr[DictionaryAttr] | None, count: int) -> Sequence[DictionaryAttr]:
    return (DictionaryAttr({}),) * count if attrs is None else attrs.data


def parse_optional_body(parser: Parser, name: str, arguments: Sequence[Parser.Argument] | None) -> Region:
    """Parses the body of the function op `name`; without one it is a declaration, whose region has no block.

    MLIR: FunctionImplementation.cpp, parseFunctionOp
    """
    position = parser.pos
    body = parser.parse_optional_region(arguments)
    if body is None:
        return Region()
    entry = body.first_block
    if not arguments and (entry is None or (entry.next_block is None and entry.last_op is None and not entry.args)):
        parser.raise_error(f"custom op '{name}' expected non-empty function body", position)
    return body


def print_signature(
    printer: Printer,
    function_type: FunctionType,
    body: Region,
    arg_attrs: ArrayAttr[DictionaryAttr] | None,
    res_attrs: ArrayAttr[DictionaryAttr] | None,
) -> None:
    """Prints the signature; the arguments are named where `body` has blocks."""
    entry = body.blocks.first
    types, attrs = function_type.inputs.data, _entries(arg_attrs, len(function_type.inputs))
    with printer.in_parens():
        for index, (type_, entry_attrs) in enumerate(zip(types, attrs, strict=True)):
            printer.print_string(", " if index else "")
            if entry is not None:
                printer.print_ssa_value(entry.args[index])
                printer.print_string(": ")
            printer.print_attribute(type_)
            printer.print_op_attributes(entry_attrs.data)
    print_results(printer, function_type.outputs.data, _entries(res_attrs, len(function_type.outputs)))


def print_results(printer: Printer, types: Sequence[Attribute], attrs: Sequence[DictionaryAttr]) -> None:
    """Prints ` -> type`, ` -> (type {attrs}, …)`, or nothing where there are no results."""
    if not types:
        return
    printer.print_string(" -> ")
    in_parens = len(types) != 1 or isinstance(types[0], FunctionType) or bool(attrs[0].data)
    printer.print_string("(" if in_parens else "")
    for index, (type_, entry_attrs) in enumerate(zip(types, attrs, strict=True)):
        printer.print_string(", " if index else "")
        printer.print_attribute(type_)
        printer.print_op_attributes(entry_attrs.data)
    printer.print_string(")" if in_parens else "")
