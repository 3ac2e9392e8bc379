"""Kernels in the tensor phase. IREE: StreamOps.td, TensorDispatchOp."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, SymbolRefAttr
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    opt_prop_def,
    prop_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.constraints import AFFINITY, ANY_STREAM_RESOURCE, INDEX, RESOURCE_OR_PRIMITIVE
from iree_explorer.dialects.stream.directives import DispatchEntryPoints
from iree_explorer.dialects.stream.executable_ops import verify_entry_points
from iree_explorer.dialects.stream.rules import verify_dynamic_dims, verify_sizes
from iree_explorer.dialects.stream.tensor_directives import EncodedShapedFunctionType
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TiedOpInterface,
    size_in_list,
)
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.symbols import SymbolUses


class _SymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        assert isinstance(op, TensorDispatchOp)
        verify_entry_points(op, op.entry_points, op.workload)


@irdl_op_definition
class TensorDispatchOp(
    IRDLOperation, AffinityOpInterface, StreamableOpInterface, SizeAwareOpInterface, TiedOpInterface
):
    """Runs a kernel on encoded tensors."""

    name = "stream.tensor.dispatch"

    workload = var_operand_def(INDEX)
    entry_points = prop_def(ArrayAttr[SymbolRefAttr])
    mixed_operands = var_operand_def(RESOURCE_OR_PRIMITIVE)
    operand_sizes = var_operand_def(INDEX)
    operand_encodings = prop_def(ArrayAttr)
    operand_encoding_dims = var_operand_def(INDEX)
    result_sizes = var_operand_def(INDEX)
    result_encodings = prop_def(ArrayAttr)
    result_encoding_dims = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def(ANY_STREAM_RESOURCE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure(), _SymbolUses())
    custom_directives = (DispatchEntryPoints, EncodedShapedFunctionType)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? custom<DispatchEntryPoints>($entry_points) (`[` $workload^ `]`)? `` "
        "`(` $mixed_operands `)` attr-dict `:` "
        "custom<EncodedShapedFunctionType>(ref($mixed_operands), type($mixed_operands), $operand_sizes, "
        "$operand_encodings, $operand_encoding_dims, type($results_), $result_sizes, $result_encodings, "
        "$result_encoding_dims, $tied_operands)"
    )

    @override
    def tied_operands_base(self) -> int:
        return len(self.workload)

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return size_in_list(operand, self._operands, self.operand_sizes)

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        return size_in_list(result, self.results, self.result_sizes)

    @override
    def verify_(self) -> None:
        self.verify_tied_operands()
        verify_sizes(self.mixed_operands, self.operand_sizes)
        verify_sizes(self.results_, self.result_sizes)
        verify_dynamic_dims(self.operand_encodings, self.operand_encoding_dims)
        verify_dynamic_dims(self.result_encodings, self.result_encoding_dims)
        self._verify_tied_encodings(self.operand_encodings.data, self.result_encodings.data)

    def _verify_tied_encodings(self, operands: Sequence[Attribute], results: Sequence[Attribute]) -> None:
        # IREE: StreamOps.cpp, verifyTiedOperandEncodings
        for index, encoding in enumerate(results):
            tied = self.tied_operand_index(index)
            if tied is None:
                continue
            operand = tied - self.tied_operands_base()
            if operand >= len(operands):
                raise VerifyException(
                    f"tied operand index {operand} is out of range of the {len(operands)} operand encoding(s)"
                )
            if operands[operand] != encoding:
                raise PlainDefect(
                    f"the {operand}-th operandEncoding ({operands[operand]}) does not match the resultEncoding "
                    f"({encoding})"
                )
