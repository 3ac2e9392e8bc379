"""The named ops of `linalg`: structured ops of which the name says maps, iterators and region.

`NAMED_OPS` has a class for each row of the table; `fill` and `copy` take any rank and stand beside it. All of them hold their
region in the IR, as in MLIR, so that whoever walks a structured op needs no case per op.

Source of all facts: MLIR LinalgNamedStructuredOps.yaml, LinalgOps.cpp (parseNamedStructuredOp, printNamedStructuredOp).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar

from typing_extensions import override
from xdsl.dialects.builtin import DenseIntElementsAttr
from xdsl.ir import Attribute, Region, SSAValue
from xdsl.ir.affine import AffineMap
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    opt_prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.linalg.attributes import TypeFn, TypeFnAttr
from iree_explorer.dialects.linalg.bodies import BodyBuilder, copy_body, fill_body, fill_rng_2d_body
from iree_explorer.dialects.linalg.named_table import NAMED_OP_DEFINITIONS, NamedOpDefinition
from iree_explorer.dialects.linalg.structured import (
    MEMOIZED_MAPS,
    PARALLEL,
    LinalgEffects,
    LinalgOp,
    LinalgSpeculatability,
    Operands,
    parse_ins_outs,
    print_ins_outs,
    verify_structured,
)
from iree_explorer.ir.assembly.attr_dict import print_attr_dict, take_inherent
from iree_explorer.ir.assembly.region_syntax import parse_optional_arrow_types, print_optional_arrow_types
from iree_explorer.ir.block_traits import SingleBlock
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.op_families import define_op
from iree_explorer.ir.type_constraints import element_type, shape_of

SelfT = TypeVar("SelfT", bound="HiddenBodyOp")


class HiddenBodyOp(IRDLOperation, LinalgOp):
    """A structured op whose text is `{attributes} ins(…) outs(…) -> types`, without its region."""

    inputs = var_operand_def(AnyAttr())
    outputs = var_operand_def(AnyAttr())
    result_tensors = var_result_def(AnyAttr())
    region = region_def()
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(SingleBlock(), LinalgEffects(), LinalgSpeculatability())

    @override
    def input_operands(self) -> Sequence[SSAValue]:
        return self.inputs

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.outputs

    @classmethod
    @abstractmethod
    def build_body(cls, element_types: Sequence[Attribute], properties: dict[str, Attribute]) -> Region:
        """The region for operands with elements of these types.

        Raises:
            VerifyException: the op is not defined for these types.
        """

    @classmethod
    def inherent_names(cls) -> Sequence[str]:
        """Inherent attributes that stand in the attribute dictionary."""
        properties = cls.get_irdl_definition().properties
        return sorted(name for name in properties if name != AttrSizedOperandSegments.attribute_name)

    @classmethod
    def of_operands(
        cls: type[SelfT],
        operands: Operands,
        result_types: Sequence[Attribute],
        properties: dict[str, Attribute] | None = None,
        attributes: dict[str, Attribute] | None = None,
    ) -> SelfT:
        """The op with its region."""
        properties = properties or {}
        return cls.build(
            operands=[operands.inputs, operands.outputs],
            result_types=[result_types],
            regions=[cls.build_body(operands.element_types(), properties)],
            properties=properties,
            attributes=attributes or {},
        )

    @override
    def verify_(self) -> None:
        verify_structured(self)

    @classmethod
    def parse_rest(cls: type[SelfT], parser: Parser, properties: dict[str, Attribute]) -> SelfT:
        """Reads from the attribute dictionary on; `properties` are what stood before it.

        More attributes may follow the operands. MLIR: LinalgOps.cpp, parseNamedStructuredOp
        """
        attributes = parser.parse_optional_attr_dict()
        operands = parse_ins_outs(parser)
        for name, value in parser.parse_optional_attr_dict().items():
            if name in attributes or name == AttrSizedOperandSegments.attribute_name:
                raise PlainDefect(
                    f"custom op '{cls.name}' attribute '{name}' occurs more than once in the attribute list"
                )
            attributes[name] = value
        properties |= take_inherent(attributes, cls.inherent_names())
        types = parse_optional_arrow_types(parser)
        try:
            return cls.of_operands(operands, types, properties, attributes)
        except VerifyException as error:
            parser.raise_error(f"custom op '{cls.name}' {error}")

    @classmethod
    @override
    def parse(cls: type[SelfT], parser: Parser) -> SelfT:
        return cls.parse_rest(parser, {})

    def print_rest(self, printer: Printer, hidden: Sequence[str] = ()) -> None:
        """Prints from the attribute dictionary on, without the inherent attributes `hidden`."""
        inherent = {name: self.properties.get(name) for name in self.inherent_names() if name not in hidden}
        print_attr_dict(printer, self, inherent, hidden=(MEMOIZED_MAPS,))
        print_ins_outs(printer, self)
        print_optional_arrow_types(printer, self.result_types)

    @override
    def print(self, printer: Printer) -> None:
        self.print_rest(printer)


def wants_unsigned(properties: dict[str, Attribute]) -> bool:
    """Whether the op's `cast` asks for unsigned casts."""
    cast = properties.get("cast")
    return isinstance(cast, TypeFnAttr) and cast.data == TypeFn.CAST_UNSIGNED


class NamedOp(HiddenBodyOp):
    """An op of the table."""

    @classmethod
    def definition(cls) -> NamedOpDefinition:
        """The op's row."""
        return NAMED_OP_DEFINITIONS[cls.name]

    @classmethod
    @override
    def build_body(cls, element_types: Sequence[Attribute], properties: dict[str, Attribute]) -> Region:
        return cls.definition().body(BodyBuilder(element_types), wants_unsigned(properties))

    @override
    def maps(self) -> Sequence[AffineMap]:
        return self.definition().maps(None, None)

    @override
    def iterators(self) -> Sequence[str]:
        return self.definition().iterators()


def _per_window(values: DenseIntElementsAttr | None) -> Sequence[int] | None:
    """The numbers, one per dimension of the window; None: they are all 1."""
    if values is None:
        return None
    numbers = [value for value in values.iter_values() if isinstance(value, int)]
    return numbers * values.get_shape()[0] if len(numbers) == 1 else numbers


class StridedOp(NamedOp):
    """An op of the table that slides a window."""

    strides = opt_prop_def(DenseIntElementsAttr)
    dilations = opt_prop_def(DenseIntElementsAttr)

    @override
    def maps(self) -> Sequence[AffineMap]:
        return self.definition().maps(_per_window(self.strides), _per_window(self.dilations))


class AnyRankOp(HiddenBodyOp):
    """An op on tensors of any rank: all loops parallel, a scalar is the same everywhere."""

    @override
    def maps(self) -> Sequence[AffineMap]:
        rank = len(self.iterators())
        identity, scalar = AffineMap.identity(rank), AffineMap(rank, 0, ())
        return [identity if shape_of(operand.type) else scalar for operand in self.operands]

    @override
    def iterators(self) -> Sequence[str]:
        return [PARALLEL] * len(shape_of(self.outputs[0].type) or ())


@irdl_op_definition
class FillOp(AnyRankOp):
    """Every element becomes the scalar."""

    name = "linalg.fill"

    @classmethod
    @override
    def build_body(cls, element_types: Sequence[Attribute], properties: dict[str, Attribute]) -> Region:
        return fill_body(BodyBuilder(element_types), unsigned=False)

    @override
    def verify_(self) -> None:
        value, element = self.inputs[0].type, element_type(self.outputs[0].type)
        if value != element:
            raise VerifyException(f"expected fill value type ('{value}') to match output element type ('{element}')")
        verify_structured(self)


@irdl_op_definition
class CopyOp(AnyRankOp):
    """The input, element by element cast to the output's type."""

    name = "linalg.copy"
    cast = opt_prop_def(TypeFnAttr)

    @classmethod
    @override
    def build_body(cls, element_types: Sequence[Attribute], properties: dict[str, Attribute]) -> Region:
        return copy_body(BodyBuilder(element_types), wants_unsigned(properties))


@irdl_op_definition
class FillRng2DOp(AnyRankOp):
    """Pseudo-random numbers between two bounds, from a seed."""

    name = "linalg.fill_rng_2d"

    @classmethod
    @override
    def build_body(cls, element_types: Sequence[Attribute], properties: dict[str, Attribute]) -> Region:
        return fill_rng_2d_body(BodyBuilder(element_types), unsigned=False)


def _class_name(name: str) -> str:
    """`linalg.conv_2d_nhwc_hwcf` → `Conv2DNhwcHwcfOp`, as MLIR's C++ class."""
    parts = name.removeprefix("linalg.").split("_")
    return "".join(part.upper() if part[0].isdigit() else part.capitalize() for part in parts) + "Op"


NAMED_OPS: dict[str, type[NamedOp]] = {
    name: define_op(_class_name(name), name, StridedOp if row.is_strided else NamedOp)
    for name, row in NAMED_OP_DEFINITIONS.items()
}
"""Op name → class, for every row of the table."""
