"""The type of a shaped value that stands for those of its elements, which are values of their own."""

from __future__ import annotations

from math import prod

from typing_extensions import override
from xdsl.dialects.builtin import TensorType, VectorType
from xdsl.ir import Attribute
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    CustomDirective,
    OperandVariable,
    ParsingState,
    PrintingState,
    ResultVariable,
    TypeDirective,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.ir.attribute_parts import raise_wrong_type
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.type_constraints import TypeIs, rule_of_each


@irdl_custom_directive
class ElementTypes(CustomDirective):
    """`vector<…>` or `tensor<…>`, where each of the values has the type of an element; there are as many as elements.

    MLIR: OpFormatGen.cpp, types that follow from others by `TypesMatchWith`.
    """

    shaped: TypeDirective
    elements: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        name, rule = self._shaped_field(state.op_type)
        place = parser.pos
        type_ = parser.parse_type()
        if not isinstance(type_, rule.classes):
            raise_wrong_type(parser, place, state.op_type.name, rule.classes, type_)
        self.shaped.set(state, [type_])
        if not rule.predicate(type_):
            must = f"'{name}' must be {rule.phrase}, but got '{type_}'"
            raise PlainDefect(f"custom op '{state.op_type.name}' {must}")
        types = element_types(type_)
        if types is None:
            raise PlainDefect(f"custom op '{state.op_type.name}' '{type_}' has more elements than an op can list")
        self.elements.set(state, types)

    def _shaped_field(self, op_type: type[IRDLOperation]) -> tuple[str, TypeIs]:
        """How the op calls the shaped value, and what that must be."""
        definition, field = op_type.get_irdl_definition(), self.shaped.inner
        assert isinstance(field, OperandVariable | ResultVariable)
        fields = definition.operands if isinstance(field, OperandVariable) else definition.results
        name, kind = fields[field.index]
        _, rule = rule_of_each(kind.constr)
        assert isinstance(rule, TypeIs)
        return name, rule

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        self.shaped.print(printer, state, op)


MOST_ELEMENTS = 1 << 24
"""Of a value whose elements are listed: a text that lists more is hundreds of megabytes long."""


def element_types(type_: Attribute) -> list[Attribute] | None:
    """The types of all elements of a vector or tensor of static shape; None: there are more than `MOST_ELEMENTS`."""
    assert isinstance(type_, VectorType | TensorType)
    count = prod(type_.get_shape())
    return [type_.element_type] * count if count <= MOST_ELEMENTS else None
