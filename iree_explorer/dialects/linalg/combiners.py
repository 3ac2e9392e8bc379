"""`linalg.map` and `linalg.reduce`: structured ops whose region the text may shorten to the name of one op.

Source of all facts: MLIR LinalgStructuredOps.td, LinalgOps.cpp (findPayloadOp, printShortForm).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DenseArrayBase, TensorType, i64
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.ir.affine import AffineExpr, AffineMap
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    PropertyDef,
    SameVariadicOperandSize,
    operand_def,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.arith.flags import FastMathFlagsAttr
from iree_explorer.dialects.linalg.generic import YieldOp
from iree_explorer.dialects.linalg.index_arrays import parse_index_array, print_index_array
from iree_explorer.dialects.linalg.structured import (
    PARALLEL,
    REDUCTION,
    LinalgEffects,
    LinalgOp,
    LinalgSpeculatability,
    Operands,
    parse_ins_outs,
    print_ins_outs,
    verify_structured,
)
from iree_explorer.ir.assembly.attr_dict import print_attr_dict
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import element_type, shape_of


def _rank(value: SSAValue) -> int:
    return len(shape_of(value.type) or ())


def _result_types(operands: Operands) -> list[Attribute]:
    """These ops do not print the types of their results: those of the outputs that are tensors."""
    return [value.type for value in operands.outputs if isinstance(value.type, TensorType)]


class CombinerOp(IRDLOperation, LinalgOp):
    """An op with a region that the text may shorten to the name of one op, its payload."""

    @override
    def asm_block_arg_names(self, region: Region) -> Iterable[tuple[SSAValue, str]]:
        block = region.blocks.first
        if block is None:
            return
        inputs = len(self.input_operands())
        for index, argument in enumerate(block.args):
            yield argument, "in" if index < inputs else "init"

    @abstractmethod
    def payload_operands(self) -> Sequence[SSAValue]:
        """What the payload must be applied to for the short form, in order."""

    def payload(self) -> Operation | None:
        """The only op of the region besides its terminator, where it fits the short form."""
        ops = list(self.body_region().block.ops)
        if len(ops) != 2 or list(ops[0].operands) != list(self.payload_operands()):
            return None
        return ops[0]

    def print_short_form(self, printer: Printer, payload: Operation) -> None:
        """Prints ` { op {attributes} }`."""
        printer.print_string(f" {{ {payload.name}")
        inherent = {
            name: value
            for name, value in payload.properties.items()
            if not (isinstance(value, FastMathFlagsAttr) and not value.data)
        }
        print_attr_dict(printer, payload, inherent)
        printer.print_string(" }")

    def print_long_form(self, printer: Printer) -> None:
        """Prints the region on a new line, its arguments in parentheses."""
        with printer.indented():
            printer.print_string("\n")
            with printer.in_parens():
                printer.print_list(self.body_region().block.args, printer.print_block_argument)
            printer.print_string(" ")
            printer.print_region(self.body_region(), print_entry_block_args=False)


def parse_short_form(parser: Parser) -> tuple[str, dict[str, Attribute]] | None:
    """Reads `{ op {attributes} }`; None: there is none."""
    if parser.parse_optional_punctuation("{") is None:
        return None
    name = parser.parse_identifier()
    attributes = parser.parse_optional_attr_dict()
    parser.parse_punctuation("}")
    return name, attributes


def parse_long_form(parser: Parser) -> Region:
    """Reads `(%in: type, …) { … }`."""
    arguments = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_argument)
    return parser.parse_region(arguments)


def make_payload(
    parser: Parser, name: str, attributes: dict[str, Attribute], operands: Sequence[SSAValue], result: Attribute
) -> Operation:
    """The op `name` on `operands`, with its inherent attributes told from the others and defaults filled in."""
    op_class = parser.ctx.get_optional_op(name)
    if op_class is None or not issubclass(op_class, IRDLOperation):
        parser.raise_error(f"unregistered payload operation '{name}'")
    definitions = op_class.get_irdl_definition().properties
    properties: dict[str, Attribute] = {}
    for key, definition in definitions.items():
        if key in attributes:
            properties[key] = attributes.pop(key)
        elif type(definition) is PropertyDef and definition.default_value is not None:
            properties[key] = definition.default_value
    return op_class.create(operands=operands, result_types=[result], properties=properties, attributes=attributes)


def _region_of_payload(block: Block, payload: Operation) -> Region:
    block.add_ops([payload, YieldOp(*payload.results)])
    return Region(block)


@irdl_op_definition
class MapOp(CombinerOp):
    """One function of all inputs, element by element."""

    name = "linalg.map"
    RESULT_NAMES: ClassVar = ("mapped",)
    inputs = var_operand_def(AnyAttr())
    init = operand_def(AnyAttr())
    result_tensors = var_result_def(AnyAttr())
    mapper = region_def("single_block")
    traits = traits_def(SingleBlockImplicitTerminator(YieldOp), LinalgEffects(), LinalgSpeculatability())

    @override
    def input_operands(self) -> Sequence[SSAValue]:
        return self.inputs

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.init,)

    @override
    def maps(self) -> Sequence[AffineMap]:
        return [AffineMap.identity(_rank(self.init))] * len(self.operands)

    @override
    def iterators(self) -> Sequence[str]:
        return [PARALLEL] * _rank(self.init)

    @override
    def payload_operands(self) -> Sequence[SSAValue]:
        return self.mapper.block.args[: len(self.inputs)]

    @override
    def verify_(self) -> None:
        arguments, operands = self.mapper.block.args, len(self.operands)
        if operands != len(arguments):
            words = f"but got: {operands} and {len(arguments)}"
            raise VerifyException(f"expects number of operands to match the arity of mapper, {words}")
        for value, argument in zip(self.inputs, arguments, strict=False):
            element = element_type(value.type)
            if element != argument.type:
                words = f"to match bbArg type '{argument.type}'"
                raise VerifyException(f"expected element type of input '{element}' {words}")
        shape = shape_of(self.init.type) or ()
        for value in self.inputs:
            other = shape_of(value.type) or ()
            if other != shape:
                sizes, wanted = (", ".join(map(str, each)) for each in (other, shape))
                raise VerifyException(f"expected shape of input ({sizes}) to match shape of output ({wanted})")
        verify_structured(self)

    @classmethod
    @override
    def parse(cls, parser: Parser) -> MapOp:
        short = parse_short_form(parser)
        operands = parse_ins_outs(parser)
        attributes = parser.parse_optional_attr_dict()
        if short is None:
            region = parse_long_form(parser)
        else:
            block = Block(arg_types=operands.element_types())
            payload = make_payload(parser, *short, block.args[:-1], block.args[-1].type)
            region = _region_of_payload(block, payload)
        if len(operands.outputs) != 1:
            parser.raise_error("expected one output")
        return cls.build(
            operands=[operands.inputs, operands.outputs[0]],
            result_types=[_result_types(operands)],
            regions=[region],
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        payload = self.payload()
        if payload is not None:
            self.print_short_form(printer, payload)
        print_ins_outs(printer, self)
        print_attr_dict(printer, self, {})
        if payload is None:
            self.print_long_form(printer)


def _one_shape(what: str, values: Sequence[SSAValue]) -> list[int]:
    """The shape that all the values have; empty where there is no value."""
    shapes = [list(shape_of(value.type) or ()) for value in values]
    for number, shape in enumerate(shapes):
        if shape != shapes[0]:
            other = f"Shape at {what}-index {number} is not equal to the shape at {what}-index 0."
            raise VerifyException(f"expects all {what}s to have the same shapes. {other}")
    return shapes[0] if shapes else []


@irdl_op_definition
class ReduceOp(CombinerOp):
    """Combines all elements along some dimensions with the initial value."""

    name = "linalg.reduce"
    RESULT_NAMES: ClassVar = ("reduced",)
    inputs = var_operand_def(AnyAttr())
    inits = var_operand_def(AnyAttr())
    dimensions = prop_def(DenseArrayBase.constr(i64))
    results_ = var_result_def(AnyAttr())
    combiner = region_def()
    irdl_options = (SameVariadicOperandSize(),)
    traits = traits_def(SingleBlockImplicitTerminator(YieldOp), LinalgEffects(), LinalgSpeculatability())

    @override
    def input_operands(self) -> Sequence[SSAValue]:
        return self.inputs

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.inits

    @override
    def maps(self) -> Sequence[AffineMap]:
        rank, reduced = _rank(self.inputs[0]), self.dimensions.get_values()
        kept = tuple(AffineExpr.dimension(loop) for loop in range(rank) if loop not in reduced)
        return [AffineMap.identity(rank)] * len(self.inputs) + [AffineMap(rank, 0, kept)] * len(self.inits)

    @override
    def iterators(self) -> Sequence[str]:
        reduced = self.dimensions.get_values()
        return [REDUCTION if loop in reduced else PARALLEL for loop in range(_rank(self.inputs[0]))]

    @override
    def payload_operands(self) -> Sequence[SSAValue]:
        return _initial_value_first(self.combiner.block)

    @override
    def verify_(self) -> None:
        if not self.inputs:
            raise VerifyException("expected at least one input")
        if list(self.dimensions.get_values()) != sorted(set(self.dimensions.get_values())):
            raise VerifyException(
                "attribute 'dimensions' failed to satisfy constraint: i64 dense array attribute should be in increasing order"
            )
        self._verify_shapes()
        if self.combiner.blocks:
            self._verify_arguments(self.combiner.block.arg_types)
        verify_structured(self)

    def _verify_shapes(self) -> None:
        # MLIR: LinalgOps.cpp, ReduceOp::verify
        source, init = _one_shape("input", self.inputs), _one_shape("output", self.inits)
        reduced = self.dimensions.get_values()
        if any(not 0 <= dim < len(source) for dim in reduced):
            raise VerifyException(f"dimensions for reduction should be in the range [0, {len(source) - 1}].")
        kept = [size for dim, size in enumerate(source) if dim not in reduced]
        if len(kept) != len(init):
            words = f"number of dimensions after reduction {len(kept)} doesn't match the init rank {len(init)}"
            raise VerifyException(words)
        if kept != init:
            raise VerifyException(f"init dimensions {init} doesn't match input dimensions after reduction {kept}")

    def _verify_arguments(self, types: Sequence[Attribute]) -> None:
        # MLIR: LinalgOps.cpp, ReduceOp::verify
        operands = [*(("input", value) for value in self.inputs), *(("output", value) for value in self.inits)]
        if len(types) != len(operands):
            raise VerifyException("mismatching number of operands and block arguments")
        for (what, value), type_ in zip(operands, types, strict=True):
            element = element_type(value.type)
            if element != type_:
                words = f"does not match corresponding block argument type '{type_}'"
                raise VerifyException(f"{what} element type '{element}' {words}")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ReduceOp:
        short = parse_short_form(parser)
        operands = parse_ins_outs(parser)
        dimensions = parse_index_array(parser, "dimensions")
        attributes = parser.parse_optional_attr_dict()
        if short is None:
            region = parse_long_form(parser)
        else:
            block = Block(arg_types=operands.element_types())
            payload = make_payload(parser, *short, _initial_value_first(block), block.args[-1].type)
            region = _region_of_payload(block, payload)
        return cls.build(
            operands=[operands.inputs, operands.outputs],
            result_types=[_result_types(operands)],
            regions=[region],
            properties={"dimensions": dimensions},
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        payload = self.payload()
        if payload is not None:
            self.print_short_form(printer, payload)
        print_ins_outs(printer, self)
        print_index_array(printer, "dimensions", self.dimensions)
        print_attr_dict(printer, self, {})
        if payload is None:
            self.print_long_form(printer)


def _initial_value_first(block: Block) -> Sequence[SSAValue]:
    """In a reduction's short form the payload is applied to the second argument and then the first."""
    return (*block.args[1:], *block.args[:1])
