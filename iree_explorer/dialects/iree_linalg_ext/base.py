"""What all ops of `iree_linalg_ext` share: they write results into output operands, on tensors or on buffers.

Source of all facts: IREE LinalgExtOps.td, LinalgExtBase.td.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    AffineMapAttr,
    ArrayAttr,
    IndexType,
    IntAttr,
    IntegerAttr,
    MemRefType,
    i64,
)
from xdsl.ir import Attribute, Block, Operation, ParametrizedAttribute, Region, SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    irdl_attr_definition,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.traits import EffectInstance, IsTerminator, MemoryEffect, MemoryEffectKind, Pure, ReturnLike
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.linalg.attributes import IteratorType
from iree_explorer.dialects.linalg.structured import verify_destination_style
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.word_attribute import WordAttribute


@irdl_attr_definition
class IteratorTypeAttr(WordAttribute[IteratorType]):
    """`#iree_linalg_ext.iterator_type<parallel>`, of `exp_reduction` and `custom_op`."""

    name = "iree_linalg_ext.iterator_type"
    WORDS: ClassVar = IteratorType
    CPP_NAME: ClassVar = "mlir::utils::IteratorType"


@irdl_attr_definition
class SplitReductionMappingAttr(ParametrizedAttribute):
    """`#iree_linalg_ext.split_reduction_mapping<1>`: the loop of a `scf.forall` that a split reduction is spread over."""

    name = "iree_linalg_ext.split_reduction_mapping"
    dimension: IntAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            return (IntAttr(parser.parse_integer()),)

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_int(self.dimension.data)


class LinalgExtEffects(MemoryEffect):
    """Operands that are buffers are read and outputs also written; tensors are values."""

    @classmethod
    @override
    def get_effects(cls, op: Operation) -> AbstractSet[EffectInstance]:
        assert isinstance(op, LinalgExtOp)
        outputs = op.output_operands()
        effects = {
            EffectInstance(MemoryEffectKind.READ, value) for value in op.operands if isinstance(value.type, MemRefType)
        }
        return effects | {
            EffectInstance(MemoryEffectKind.WRITE, value) for value in outputs if isinstance(value.type, MemRefType)
        }


class LinalgExtOp(IRDLOperation):
    """An op that computes into its output operands; its results have their types."""

    traits = traits_def(LinalgExtEffects())

    @abstractmethod
    def output_operands(self) -> Sequence[SSAValue]:
        """The operands that hold the first value of each result, or are written to."""

    @override
    def verify_(self) -> None:
        self.verify_rules()
        self._verify_results()

    def verify_rules(self) -> None:
        """Checks the rules of this op alone."""

    def _verify_results(self) -> None:
        """Checks the results against the output operands."""
        outputs = [value for value in self.output_operands() if not isinstance(value.type, MemRefType)]
        verify_destination_style(self, outputs)


@irdl_op_definition
class YieldOp(IRDLOperation):
    """Ends a region with values."""

    name = "iree_linalg_ext.yield"
    operands_ = var_operand_def(AnyAttr())
    assembly_format = "attr-dict ($operands_^ `:` type($operands_))?"
    traits = traits_def(IsTerminator(), ReturnLike(), Pure())


@irdl_op_definition
class IndexOp(IRDLOperation):
    """The counter of a loop of the op around."""

    name = "iree_linalg_ext.index"
    dim = prop_def(IntegerAttr.constr(type=i64))
    result = result_def(IndexType())
    assembly_format = "$dim attr-dict `:` type($result)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        parent = self.parent_op()
        if parent is None or parent.name not in _HAVE_LOOPS:
            names = ", ".join(f"`{name}`" for name in _HAVE_LOOPS)
            raise VerifyException(f"expected parent op to be one of {names}")
        loops, dim = _number_of_loops(parent), self.dim.value.data
        if loops <= dim:
            raise VerifyException(
                f"expected dim ({dim}) to be lower than the number of loops ({loops}) of the enclosing operation"
            )


_HAVE_LOOPS = ("iree_linalg_ext.custom_op", "iree_linalg_ext.attention", "iree_linalg_ext.online_attention")
"""The ops whose loops an `index` may ask for."""


def _number_of_loops(op: Operation) -> int:
    iterators, maps = op.properties.get("iterator_types"), op.properties["indexing_maps"]
    if isinstance(iterators, ArrayAttr):
        return len(iterators)
    assert isinstance(maps, ArrayAttr)
    first = maps.data[0]
    assert isinstance(first, AffineMapAttr)
    return first.data.num_dims


def only_block(region: Region) -> Block:
    """The region's block.

    Raises:
        VerifyException: there is none, or more than one.
    """
    block = region.blocks.first
    if block is None or region.blocks.last is not block:
        raise VerifyException("expected region to have exactly one block")
    return block


def yielded(region: Region) -> Sequence[SSAValue]:
    """What the region yields.

    Raises:
        VerifyException: it does not end in a yield.
    """
    last = only_block(region).last_op
    if not isinstance(last, YieldOp):
        raise VerifyException("expected region to end with 'iree_linalg_ext.yield'")
    return last.operands


def verify_yields(region: Region, types: Sequence[Attribute]) -> None:
    """Checks the types of what the region yields."""
    given = [value.type for value in yielded(region)]
    if given != list(types):
        expected, got = (", ".join(f"'{type_}'" for type_ in group) for group in (types, given))
        raise VerifyException(f"expected region to yield {expected}, but got {got}")


def verify_arguments(region: Region, types: Sequence[Attribute]) -> None:
    """Checks the types of the region's arguments."""
    given = only_block(region).arg_types
    if len(given) != len(types):
        raise VerifyException(f"region block should have {len(types)} arguments, but got {len(given)}")
    for index, (ours, theirs) in enumerate(zip(given, types, strict=True)):
        if ours != theirs:
            raise VerifyException(f"region block argument #{index} should be of type '{theirs}' but got '{ours}'")
