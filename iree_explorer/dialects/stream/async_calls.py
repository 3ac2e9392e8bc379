"""The ops of the async phase that run kernels and functions. IREE: StreamOps.td, OpGroupAsyncControlFlowOps."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    FunctionType,
    SymbolRefAttr,
)
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
from iree_explorer.dialects.stream.directives import DispatchEntryPoints, DispatchOperands
from iree_explorer.dialects.stream.executable_ops import verify_entry_points
from iree_explorer.dialects.stream.rules import READ, READ_WRITE, WRITE, verify_ranges, verify_sizes
from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.dialects.util.declarations import ShapedFunctionDeclaration
from iree_explorer.ir.assembly.directives import ShapedFunctionType
from iree_explorer.ir.assembly.format_directives import PropDictOfTwo
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    AsyncAccessOpInterface,
    AsyncAccessRange,
    HoistableOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TiedOpInterface,
    access_ranges_of,
    size_in_list,
)
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS, UNTIED
from iree_explorer.ir.operands import segment_bounds, segment_sizes
from iree_explorer.ir.storage import operand_at, operands_of, type_of
from iree_explorer.ir.symbols import SymbolUses, lookup_symbol


class _DispatchSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        assert isinstance(op, AsyncDispatchOp)
        verify_entry_points(op, op.entry_points, op.workload)


def call_access_ranges(op: AsyncDispatchOp | AsyncCallOp) -> list[AsyncAccessRange]:
    """What a dispatch or call touches: operands by their ranges, written too where results are tied to them.

    IREE: StreamOps.cpp, AsyncDispatchOp::getAsyncAccessRanges.
    """
    operands, results = tuple(operands_of(op)), op.results
    # The last seven bounds are those of resources, their sizes, offsets, ends and lengths, and result sizes.
    first, sizes, offsets, ends, lengths, result_sizes, _ = segment_bounds(op)[-7:]
    starts, stops, counts = operands[offsets:ends], operands[ends:lengths], operands[lengths:result_sizes]
    made = operands[result_sizes:]
    ties = op.tied_operand_indices() or [UNTIED] * len(results)
    if (
        len(starts) == sizes - first and max(ties, default=UNTIED) == UNTIED
    ):  # Each operand is a resource, none is tied.
        return access_ranges_of(
            [READ] * len(starts) + [WRITE] * len(results),
            operands[first:sizes] + results,
            starts + (None,) * len(results),
            stops + made,
            counts + made,
        )
    touched = [n for n, kind in enumerate(map(type_of, operands[first:sizes]), first) if type(kind) is ResourceType]
    ranges: list[AsyncAccessRange] = []
    for n, start, end, length in zip(touched, starts, stops, counts, strict=True):
        tied = [result for result, place in zip(results, ties, strict=True) if place == n]
        access = READ_WRITE if tied else READ
        ranges += [AsyncAccessRange(access, resource, start, end, length) for resource in (operands[n], *tied)]
    for result, size, place in zip(results, made, ties, strict=True):
        if place == UNTIED:
            ranges.append(AsyncAccessRange(WRITE, result, None, size, size))
    return ranges


@irdl_op_definition
class AsyncDispatchOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    HoistableOpInterface,
    SizeAwareOpInterface,
    TiedOpInterface,
):
    """Runs a kernel over a grid that its workload determines."""

    name = "stream.async.dispatch"

    workload = var_operand_def(INDEX)
    entry_points = prop_def(ArrayAttr[SymbolRefAttr])
    resource_operands = var_operand_def(RESOURCE_OR_PRIMITIVE)
    resource_operand_sizes = var_operand_def(INDEX)
    resource_operand_offsets = var_operand_def(INDEX)
    resource_operand_ends = var_operand_def(INDEX)
    resource_operand_lengths = var_operand_def(INDEX)
    result_sizes = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def(ANY_STREAM_RESOURCE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure(), _DispatchSymbolUses())
    custom_directives = (DispatchEntryPoints, DispatchOperands, ShapedFunctionType)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? custom<DispatchEntryPoints>($entry_points) (`[` $workload^ `]`)? `` "
        "custom<DispatchOperands>($resource_operands, $resource_operand_offsets, $resource_operand_ends, "
        "$resource_operand_lengths) attr-dict `:` "
        "custom<ShapedFunctionType>(ref($resource_operands), type($resource_operands), $resource_operand_sizes, "
        "type($results_), $result_sizes, $tied_operands)"
    )

    @override
    def prefer_clone_to_consumers(self) -> bool:
        """A dispatch that reads no resource is a slow splat."""
        # No other group of operands has resources.
        return ResourceType not in map(type, map(type_of, operands_of(self)))

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return call_access_ranges(self)

    @override
    def plain_bounds(self) -> tuple[Sequence[SSAValue], Sequence[SSAValue]] | None:
        if self.used_ties():
            return None
        operands, bounds = tuple(operands_of(self)), segment_bounds(self)
        _, _, _, offsets, ends, _, result_sizes, _ = bounds
        return operands[offsets:ends], operands[result_sizes:]

    @override
    def tied_operands_base(self) -> int:
        return segment_sizes(self)[0]

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        _, first, sizes, offsets, *_ = segment_bounds(self)
        if first <= operand < sizes and sizes - first == offsets - sizes:  # All that it reads are resources.
            return operand_at(self._operands, sizes + operand - first)
        return size_in_list(operand, self._operands, self.resource_operand_sizes)

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        count = segment_sizes(self)[-1]
        if count == len(self.results):  # Kernels give resources, and each has a size: these are the last operands.
            return operand_at(self._operands, result - count)
        return size_in_list(result, self.results, self.result_sizes)

    @override
    def verify_(self) -> None:
        self.verify_tied_operands()
        verify_sizes(self.resource_operands, self.resource_operand_sizes)
        verify_sizes(self.results_, self.result_sizes)
        verify_ranges(
            self.resource_operands,
            self.resource_operand_offsets,
            self.resource_operand_ends,
            self.resource_operand_lengths,
        )


@irdl_op_definition
class AsyncFuncOp(ShapedFunctionDeclaration):
    """A function, defined elsewhere, that works asynchronously on resources."""

    name = "stream.async.func"


def _is_compatible(callee: Attribute, call: Attribute) -> bool:
    """Whether a function of type `callee` takes `call`: its resources may be of unknown lifetime."""
    if callee == call:
        return True
    return isinstance(callee, ResourceType) and isinstance(call, ResourceType) and callee.data is Lifetime.UNKNOWN


class _CallSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: StreamOps.cpp, AsyncCallOp::verifySymbolUses
        assert isinstance(op, AsyncCallOp)
        callee = lookup_symbol(op, op.callee)
        if not isinstance(callee, AsyncFuncOp):
            raise VerifyException(f"undefined external call: {op.callee.string_value()}")
        inputs = [operand.type for operand in op.resource_operands]
        outputs = [result.type for result in op.results]
        declared = callee.function_type
        if len(declared.inputs) != len(inputs) or len(declared.outputs) != len(outputs):
            called = FunctionType.from_lists(inputs, outputs)
            raise VerifyException(f"function type mismatch; expected '{called}' but callee is '{declared}'")
        for want, have in zip(inputs, declared.inputs, strict=True):
            if not _is_compatible(have, want):
                raise VerifyException(
                    f"function argument type mismatch; expected '{want}' but callee provides '{have}'"
                )
        for want, have in zip(outputs, declared.outputs, strict=True):
            if not _is_compatible(have, want):
                raise VerifyException(f"function result type mismatch; expected '{want}' but callee provides '{have}'")


@irdl_op_definition
class AsyncCallOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    SizeAwareOpInterface,
    TiedOpInterface,
):
    """Calls a function that works asynchronously on resources."""

    name = "stream.async.call"

    callee = prop_def(FlatSymbolRefAttrConstr)
    resource_operands = var_operand_def()
    resource_operand_sizes = var_operand_def(INDEX)
    resource_operand_offsets = var_operand_def(INDEX)
    resource_operand_ends = var_operand_def(INDEX)
    resource_operand_lengths = var_operand_def(INDEX)
    result_sizes = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    arg_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    res_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def(RESOURCE_OR_PRIMITIVE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(_CallSymbolUses())
    custom_directives = (DispatchOperands, PropDictOfTwo, ShapedFunctionType)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $callee `` "
        "custom<DispatchOperands>($resource_operands, $resource_operand_offsets, $resource_operand_ends, "
        "$resource_operand_lengths) custom<PropDictOfTwo>($arg_attrs, $res_attrs) attr-dict `:` "
        "custom<ShapedFunctionType>(ref($resource_operands), type($resource_operands), $resource_operand_sizes, "
        "type($results_), $result_sizes, $tied_operands)"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return call_access_ranges(self)

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return size_in_list(operand, self._operands, self.resource_operand_sizes)

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        return size_in_list(result, self.results, self.result_sizes)

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, AsyncCallOp::verify
        self.verify_tied_operands()
        verify_sizes(self.resource_operands, self.resource_operand_sizes)
        verify_sizes(self.results_, self.result_sizes)
        verify_ranges(
            self.resource_operands,
            self.resource_operand_offsets,
            self.resource_operand_ends,
            self.resource_operand_lengths,
        )
        if not all(isinstance(result.type, ResourceType) for result in self.results_):
            raise VerifyException("non-resource return values are not yet supported on async calls")
