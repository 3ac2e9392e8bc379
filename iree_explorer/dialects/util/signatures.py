"""The signatures of functions whose results may be tied to arguments.

IREE: UtilOps.cpp, FuncOp::parse, parseTiedFunctionResultList and printShapedFunctionSignature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, FunctionType, IntegerAttr
from xdsl.ir import Attribute
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.ir.assembly.directives import parse_tied_type
from iree_explorer.ir.assembly.function_syntax import require_same_naming
from iree_explorer.ir.interfaces import UNTIED, tied_operands_attr


@dataclass
class TiedSignature:
    """A signature as it is read: argument names (empty in a declaration without names), types, attributes, ties."""

    arguments: list[Parser.Argument] = field(default_factory=list[Parser.Argument])
    types: list[Attribute] = field(default_factory=list[Attribute])
    attrs: list[DictionaryAttr] = field(default_factory=list[DictionaryAttr])
    result_types: list[Attribute] = field(default_factory=list[Attribute])
    result_attrs: list[DictionaryAttr] = field(default_factory=list[DictionaryAttr])
    tied: list[int] = field(default_factory=list[int])

    def properties(self, *, empty: bool = False) -> dict[str, Attribute]:
        """The properties that the signature sets; `empty`: attributes of arguments and results even where none has any."""
        properties: dict[str, Attribute] = {"function_type": FunctionType.from_lists(self.types, self.result_types)}
        if self.tied:
            properties["tied_operands"] = tied_operands_attr(self.tied)
        if any(empty or attrs.data for attrs in self.attrs):
            properties["arg_attrs"] = ArrayAttr(self.attrs)
        if any(empty or attrs.data for attrs in self.result_attrs):
            properties["res_attrs"] = ArrayAttr(self.result_attrs)
        return properties


def _parse_argument(parser: Parser, found: TiedSignature, *, named: bool) -> None:
    position = parser.pos
    argument = parser.parse_optional_argument()
    if argument is None and named:
        parser.raise_error("Expected block argument!")
    require_same_naming(parser, position, argument, found.arguments, found.types)
    if argument is not None:
        found.arguments.append(argument)
    found.types.append(parser.parse_type() if argument is None else argument.type)
    found.attrs.append(DictionaryAttr(parser.parse_optional_dictionary_attr_dict()))
    parser.parse_optional_location()


def parse_tied_signature(parser: Parser, *, named: bool = False) -> TiedSignature:
    """Reads `(%arg: type {attrs}, …) -> (type {attrs}, %arg, %arg as type)`; arguments may go without names unless `named`."""
    found = TiedSignature()
    parser.parse_comma_separated_list(parser.Delimiter.PAREN, lambda: _parse_argument(parser, found, named=named))
    if parser.parse_optional_punctuation("->"):
        _parse_results(parser, found)
    return found


def _parse_results(parser: Parser, found: TiedSignature) -> None:
    names = [UnresolvedOperand(argument.name, 0) for argument in found.arguments]

    def parse_one(*, with_attrs: bool) -> None:
        type_, tied = parse_tied_type(parser, names, found.types)
        found.result_types.append(type_)
        found.tied.append(tied)
        attrs = parser.parse_optional_dictionary_attr_dict() if with_attrs else {}
        found.result_attrs.append(DictionaryAttr(attrs))

    if not parser.parse_optional_punctuation("("):
        parser.parse_comma_separated_list(parser.Delimiter.NONE, lambda: parse_one(with_attrs=False))
    elif not parser.parse_optional_punctuation(")"):
        parser.parse_comma_separated_list(parser.Delimiter.NONE, lambda: parse_one(with_attrs=True))
        parser.parse_punctuation(")")


def tied_values(attribute: Attribute | None) -> Sequence[int]:
    """The entries of a `tied_operands` attribute; empty: there is none."""
    entries = attribute.data if isinstance(attribute, ArrayAttr) else ()
    return [entry.value.data for entry in entries if isinstance(entry, IntegerAttr)]


def dictionaries(attribute: Attribute | None) -> ArrayAttr[DictionaryAttr] | None:
    """`attribute`, as an array of dictionaries; None: there is none."""
    if not isinstance(attribute, ArrayAttr):
        return None
    return ArrayAttr([entry for entry in attribute if isinstance(entry, DictionaryAttr)])


def _entry(attrs: ArrayAttr[DictionaryAttr] | None, index: int) -> dict[str, Attribute]:
    return {} if attrs is None or index >= len(attrs.data) else dict(attrs.data[index].data)


def print_tied_signature(
    printer: Printer,
    function_type: FunctionType,
    tied: Sequence[int],
    arg_attrs: ArrayAttr[DictionaryAttr] | None,
    res_attrs: ArrayAttr[DictionaryAttr] | None,
) -> None:
    """Prints a signature; arguments are always called `%arg0`, `%arg1`, … as IREE calls them."""

    def print_argument(entry: tuple[int, Attribute]) -> None:
        index, type_ = entry
        printer.print_string(f"%arg{index}: ")
        printer.print_attribute(type_)
        printer.print_op_attributes(_entry(arg_attrs, index))

    def print_result(entry: tuple[int, Attribute]) -> None:
        index, type_ = entry
        operand = tied[index] if index < len(tied) else UNTIED
        if operand != UNTIED:
            printer.print_string(f"%arg{operand}")
        if operand == UNTIED or inputs[operand] != type_:
            printer.print_string("" if operand == UNTIED else " as ")
            printer.print_attribute(type_)
        printer.print_op_attributes(_entry(res_attrs, index))

    inputs, outputs = function_type.inputs.data, function_type.outputs.data
    with printer.in_parens():
        printer.print_list(enumerate(inputs), print_argument)
    if not outputs:
        return
    in_parens = len(outputs) != 1 or bool(_entry(res_attrs, 0))
    printer.print_string(" -> (" if in_parens else " -> ")
    printer.print_list(enumerate(outputs), print_result)
    printer.print_string(")" if in_parens else "")
