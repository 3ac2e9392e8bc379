"""Assembly formats that read ops of wrong types, as MLIR's do: the verifier refuses them when the text is read.

They print the same blanks, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from typing import TypeVar, cast

from typing_extensions import override
from xdsl.dialects.builtin import FunctionType, IndexType, IntegerAttr, IntegerType
from xdsl.ir import Attribute, Operation
from xdsl.irdl import AttrSizedOperandSegments, IRDLOperation, OpDef, OptionalDef, PropertyDef
from xdsl.irdl.constraints import AttrConstraint, RangeConstraint
from xdsl.irdl.declarative_assembly_format import (
    AttrDictDirective,
    AttributeVariable,
    FormatDirective,
    FormatProgram,
    FunctionalTypeDirective,
    OperandsDirective,
    OperandVariable,
    OptionalGroupDirective,
    OptionalUnitAttrVariable,
    ParsingState,
    PrintingState,
    ResultsDirective,
    ResultVariable,
    TypedAttributeVariable,
    TypeDirective,
    VariadicOperandVariable,
    VariadicResultVariable,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.located_state import LocatedState, note_place
from iree_explorer.ir.attribute_constraints import is_of_dialect, is_stored
from iree_explorer.ir.attribute_parts import (
    parse_integer_attribute,
    raise_unexpected_number,
    raise_wrong_kind,
    raise_wrong_type,
)
from iree_explorer.ir.defects import DEFECTS, PlainDefect
from iree_explorer.ir.operands import segments_property
from iree_explorer.ir.storage import make_op
from iree_explorer.ir.type_constraints import rule_of_each, type_classes

_OpT = TypeVar("_OpT", bound=IRDLOperation)


class OperandGroup(VariadicOperandVariable):
    """As xDSL's, but the blank in front is there where the group is empty, too. # MLIR: OpFormatGen.cpp, genElementPrinter."""

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        note_place(self, parser, state)
        super().parse(parser, state)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        printer.print_list(self.get(op), printer.print_ssa_value)
        end_of_token(state)


class TypesOfGroup(TypeDirective):
    """`type($x)` of a group of any number of values: at least one type. # MLIR: OpImplementation.h, parseTypeList."""

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        position = parser.pos
        super().parse(parser, state)
        if parser.pos == position:
            parser.parse_type()


@dataclass(frozen=True)
class TypeOfClass(TypeDirective):
    """`type($x)` of a field that has types of some classes alone: others are refused where they are read."""

    kinds: tuple[type[Attribute], ...]

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        position = parser.pos
        super().parse(parser, state)
        assert isinstance(self.inner, OperandVariable | ResultVariable)
        written = state.operand_types if isinstance(self.inner, OperandVariable) else state.result_types
        for type_ in written[self.inner.index] or ():
            if not isinstance(type_, self.kinds):
                raise_wrong_type(parser, position, state.op_type.name, self.kinds, type_)


class TypesOfAll(FunctionalTypeDirective):
    """`functional-type(operands, results)`: a function type, of as many inputs as there are operands.

    MLIR: OpFormatGen.cpp; OpImplementation.h, resolveOperands.
    """

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        type_ = _parse_function_type(parser, state)
        inputs, groups = type_.inputs.data, [group or () for group in state.operands]
        count = sum(map(len, groups))
        if count != len(inputs):
            counts = f"got {count} operands and {len(inputs)} types"
            raise PlainDefect(f"custom op '{state.op_type.name}' number of operands and types do not match: {counts}")
        start = 0
        for number, group in enumerate(groups):
            state.operand_types[number] = inputs[start : start + len(group)]
            start += len(group)
        state.result_types[0] = type_.outputs.data


class TypesOfFields(FunctionalTypeDirective):
    """`functional-type($inputs, type($result))` and the like: a function type."""

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        type_ = _parse_function_type(parser, state)
        outputs = type_.outputs.data
        if isinstance(self.result_typeable_directive, ResultVariable) and len(outputs) != 1:
            raise PlainDefect(f"'{state.op_type.name}' op requires one result")
        self.operand_typeable_directive.set_types(state, type_.inputs.data)
        self.result_typeable_directive.set_types(state, outputs)


def _parse_function_type(parser: Parser, state: ParsingState) -> FunctionType:
    position = parser.pos
    type_ = parser.parse_type()
    if not isinstance(type_, FunctionType):
        raise_wrong_type(parser, position, state.op_type.name, (FunctionType,), type_)
    return type_


@dataclass(frozen=True)
class IntegerVariable(TypedAttributeVariable):
    """An integer attribute without its type."""

    @override
    def parse_attr(self, parser: Parser) -> Attribute:
        assert isinstance(self.unique_type, IntegerType | IndexType)
        return parse_integer_attribute(parser, self.unique_type)


@dataclass(frozen=True)
class StoredAttribute(AttributeVariable):
    """An attribute of a class that its op has a field for. # MLIR: AsmParser::parseAttribute of a kind."""

    field: PropertyDef

    @override
    def parse_attr(self, parser: Parser) -> Attribute | None:
        place = parser.pos
        attribute = super().parse_attr(parser)
        if attribute is not None and not is_stored(self.field.constr, attribute):
            if not is_of_dialect(self.field.constr):
                raise_unexpected_number(parser, place, attribute)
            raise_wrong_kind(parser, place)
        return attribute


@dataclass(frozen=True)
class LateFormatProgram(FormatProgram):
    """As xDSL's, but that wrong types are told only where others must be inferred from them."""

    @staticmethod
    def of(text: str, op_def: OpDef) -> LateFormatProgram:
        """The program of an assembly format."""
        read = FormatProgram.from_str(text, op_def)
        return LateFormatProgram(tuple(_in_mlirs_way(directive, op_def) for directive in read.stmts))

    @override
    def parse(self, parser: Parser, op_type: type[_OpT]) -> _OpT:
        op_def = op_type.get_irdl_definition()
        state = LocatedState(op_type)
        for directive in self.stmts:
            directive.parse(parser, state)
        self.resolve_constraint_variables(state, op_def)
        names = cast("list[Sequence[UnresolvedOperand]]", state.operands)  # A format names each group.
        types = self.resolve_operand_types(state, op_def)
        result_types = self.resolve_result_types(state, op_def)
        operands = [
            parser.resolve_operands(*group, state.places.get(number, parser.pos))
            for number, group in enumerate(zip(names, types, strict=True))
        ]
        defaults = _defaults_of_plain(op_type)
        if defaults is None:
            return op_type.build(
                result_types=result_types,
                operands=operands,
                attributes=state.attributes,
                properties=state.properties,
                regions=state.regions,
                successors=state.successors,
            )
        properties = dict(state.properties)
        if op_def.options:
            properties |= segments_property(*map(len, operands))
        properties |= {name: value for name, value in defaults.items() if name not in properties}
        flat_operands, flat_types = chain.from_iterable(operands), [*chain.from_iterable(result_types)]
        return make_op(op_type, flat_operands, flat_types, properties, state.attributes)

    @override
    def resolve_constraint_variables(self, state: ParsingState, op_def: OpDef) -> None:
        """Learns the values of constraint variables from what is written."""
        wrong: VerifyException | None = None
        types = (partial(rule.verify, written, state.context) for rule, written in _written_types(state, op_def))
        attributes = (
            partial(rule.verify, written, state.context) for rule, written in _written_attributes(state, op_def)
        )
        for verify in chain(types, attributes):
            try:
                verify()
            except VerifyException as error:
                wrong = wrong or error
        if wrong is not None and not self._can_infer(state, op_def):
            raise wrong

    def _can_infer(self, state: ParsingState, op_def: OpDef) -> bool:
        try:
            self.resolve_operand_types(state, op_def)
            self.resolve_result_types(state, op_def)
        except DEFECTS:
            return False
        return True


@cache
def reader_of(op_type: type[Operation]) -> Callable[[Parser], Operation]:
    """What reads the custom form of an op: where xDSL declares its format, that is read in MLIR's way, too."""
    if op_type.__module__.startswith("xdsl.") and issubclass(op_type, IRDLOperation):
        definition = op_type.get_irdl_definition()
        if definition.assembly_format is not None:
            return partial(LateFormatProgram.of(definition.assembly_format, definition).parse, op_type=op_type)
    return op_type.parse


@cache
def _defaults_of_plain(op_type: type[IRDLOperation]) -> dict[str, Attribute] | None:
    """The properties that ops of a class have where they are not written; None: xDSL has more to do to make such an op."""
    op_def = op_type.get_irdl_definition()
    sized = AttrSizedOperandSegments(as_property=True)
    if op_def.regions or op_def.successors or op_def.attributes or any(option != sized for option in op_def.options):
        return None
    required = ((name, each) for name, each in op_def.properties.items() if not isinstance(each, OptionalDef))
    return {name: each.default_value for name, each in required if each.default_value is not None}


def _in_mlirs_way(directive: FormatDirective, op_def: OpDef) -> FormatDirective:
    if isinstance(directive, OptionalGroupDirective):
        then, otherwise = (
            tuple(_required(element_in_mlirs_way(element, op_def)) for element in elements)
            for elements in (directive.then_elements, directive.else_elements)
        )
        return replace(directive, then_elements=then, else_elements=otherwise)
    if isinstance(directive, FunctionalTypeDirective):
        inputs, outputs = directive.operand_typeable_directive, directive.result_typeable_directive
        if isinstance(inputs, OperandsDirective) and isinstance(outputs, ResultsDirective):
            return TypesOfAll(inputs, outputs) if len(op_def.results) == 1 else directive
        return TypesOfFields(inputs, outputs)
    if type(directive) is VariadicOperandVariable:
        return OperandGroup(directive.name, directive.index)
    if isinstance(directive, AttrDictDirective):
        directive.reserved_attr_names.clear()  # Names in the wrong place are the parser's business.
    if type(directive) is TypeDirective and (kinds := _classes_of(directive, op_def)):
        return TypeOfClass(directive.inner, kinds)
    return element_in_mlirs_way(directive, op_def)


def element_in_mlirs_way(directive: FormatDirective, op_def: OpDef) -> FormatDirective:
    """Of types and attributes, in an optional group too."""
    groups = VariadicOperandVariable | VariadicResultVariable
    if type(directive) is TypeDirective and isinstance(directive.inner, groups):
        return TypesOfGroup(directive.inner)
    if type(directive) is TypedAttributeVariable and directive.unique_base is IntegerAttr:
        return IntegerVariable(**vars(directive))
    if type(directive) is AttributeVariable and (field := op_def.properties.get(directive.name)) is not None:
        return StoredAttribute(**vars(directive), field=field)
    return directive


def _required(directive: FormatDirective) -> FormatDirective:
    """An attribute behind the first element of a group is there, once the group is. # MLIR: OpFormatGen.cpp, genAttrParser."""
    if isinstance(directive, AttributeVariable) and not isinstance(directive, OptionalUnitAttrVariable):
        return replace(directive, is_optional=False)
    return directive


def _classes_of(directive: TypeDirective, op_def: OpDef) -> tuple[type[Attribute], ...]:
    """The classes that types of a single field may have; empty: any."""
    inner = directive.inner
    if type(inner) is OperandVariable:
        constraint = op_def.operands[inner.index][1].constr
    elif type(inner) is ResultVariable:
        constraint = op_def.results[inner.index][1].constr
    else:
        return ()
    _, rule = rule_of_each(constraint)
    return () if rule is None else type_classes(rule)


def _written_types(state: ParsingState, op_def: OpDef) -> Iterator[tuple[RangeConstraint, tuple[Attribute, ...]]]:
    written = (*state.operand_types, *state.result_types)
    for types, (_, definition) in zip(written, (*op_def.operands, *op_def.results), strict=True):
        if types is not None:
            yield definition.constr, tuple(types)


def _written_attributes(state: ParsingState, op_def: OpDef) -> Iterator[tuple[AttrConstraint, Attribute]]:
    """Properties and attributes, by default too where one must be there."""
    for written, definitions in ((state.properties, op_def.properties), (state.attributes, op_def.attributes)):
        for name, definition in definitions.items():
            attribute = written.get(name, definition.default_value)
            if attribute is not None:
                yield definition.constr, attribute
