"""The commands that run kernels and functions. IREE: StreamOps.td, OpGroupCmdOps."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    FunctionType,
    IntegerAttr,
    StringAttr,
    SymbolNameConstraint,
    SymbolRefAttr,
)
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    opt_prop_def,
    prop_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import SymbolOpInterface
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.cmd_directives import (
    CmdCallOperands,
    DispatchFunctionSignature,
    DispatchResources,
)
from iree_explorer.dialects.stream.cmd_ops import CommandOp
from iree_explorer.dialects.stream.constraints import ANY_STREAM_RESOURCE, INDEX
from iree_explorer.dialects.stream.directives import DispatchEntryPoints
from iree_explorer.dialects.stream.executable_ops import ExecutableExportOp, verify_workload
from iree_explorer.dialects.stream.phases import CmdPhaseOp
from iree_explorer.dialects.stream.rules import verify_sizes
from iree_explorer.dialects.stream.types import BindingType, ResourceType
from iree_explorer.ir.assembly.directives import ShapedFunctionType
from iree_explorer.ir.assembly.format_directives import PropDictOfTwo
from iree_explorer.ir.assembly.symbol_directives import SymbolVisibility
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import size_in_list
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.isolation import IsolatedFromAbove
from iree_explorer.ir.symbols import SymbolUses, lookup_symbol
from iree_explorer.ir.type_constraints import PRIMITIVE


class _DispatchSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: StreamOps.cpp, CmdDispatchOp::verifySymbolUses; an undefined export is let through
        assert isinstance(op, CmdDispatchOp)
        if not op.entry_points.data:
            raise VerifyException("at least one entry point must be defined")
        for reference in op.entry_points.data:
            export = lookup_symbol(op, reference)
            if not isinstance(export, ExecutableExportOp):
                return
            verify_workload(export.workgroup_count, op.workload)
            function_type = None if export.function is None else export.function.properties.get("function_type")
            if not isinstance(function_type, FunctionType):
                return
            _verify_kernel_arguments(op, function_type.inputs.data)


def _verify_kernel_arguments(op: CmdDispatchOp, types: Sequence[Attribute]) -> None:
    uniforms = [operand.type for operand in op.uniform_operands]
    expected = [type_ for type_ in types if not isinstance(type_, BindingType)]
    if len(uniforms) != len(expected):
        raise VerifyException(
            f"function type mismatch; expected {len(uniforms)} uniform arguments on exported function, "
            f"but has {len(expected)}"
        )
    bindings = len(types) - len(expected)
    if len(op.resources) != bindings:
        raise VerifyException(
            f"function type mismatch; expected {len(op.resources)} binding arguments on exported function, "
            f"but has {bindings}"
        )
    for have, want in zip(uniforms, expected, strict=True):
        if have != want:
            raise VerifyException(f"uniform dispatch argument type mismatch: expected '{have}' but got '{want}'")


@irdl_op_definition
class CmdDispatchOp(CommandOp):
    """Runs a kernel on parts of resources."""

    name = "stream.cmd.dispatch"

    workload = var_operand_def(INDEX)
    entry_points = prop_def(ArrayAttr[SymbolRefAttr])
    uniform_operands = var_operand_def(PRIMITIVE)
    resources = var_operand_def(ANY_STREAM_RESOURCE)
    resource_sizes = var_operand_def(INDEX)
    resource_offsets = var_operand_def(INDEX)
    resource_lengths = var_operand_def(INDEX)
    resource_accesses = prop_def(ArrayAttr[IntegerAttr])

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(_DispatchSymbolUses())
    custom_directives = (DispatchEntryPoints, DispatchResources)
    assembly_format = (
        "custom<DispatchEntryPoints>($entry_points) (`[` $workload^ `]`)? `` "
        "(`(` $uniform_operands^ `:` type($uniform_operands) `)`)? ` ` `{` "
        "custom<DispatchResources>($resources, type($resources), $resource_sizes, $resource_offsets, "
        "$resource_lengths, $resource_accesses) `\\n` `}` attr-dict-with-keyword"
    )

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        first = len(self.workload) + len(self.uniform_operands)
        return size_in_list(operand - first, self.resources, self.resource_sizes) if operand >= first else None

    @override
    def verify_(self) -> None:
        count = len(self.resources)
        associated = (self.resource_sizes, self.resource_offsets, self.resource_lengths, self.resource_accesses.data)
        if any(len(values) != count for values in associated):
            raise VerifyException(f"dispatch with {count} resources has mismatched associated ranges")


@irdl_op_definition
class CmdFuncOp(FunctionOpInterface, CmdPhaseOp):
    """A function, defined elsewhere, that records commands."""

    name = "stream.cmd.func"

    sym_name = prop_def(SymbolNameConstraint())
    sym_visibility = opt_prop_def(StringAttr)

    traits = traits_def(IsolatedFromAbove(), SymbolOpInterface())
    custom_directives = (SymbolVisibility, DispatchFunctionSignature)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) $sym_name `` "
        "custom<DispatchFunctionSignature>($function_type, $arg_attrs, $res_attrs) attr-dict-with-keyword ($body^)?"
    )


class _CallSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        assert isinstance(op, CmdCallOp)
        if lookup_symbol(op, op.callee) is None:
            raise VerifyException(f"undefined external call: {op.callee.string_value()}")


@irdl_op_definition
class CmdCallOp(CommandOp):
    """Calls a function that records commands."""

    name = "stream.cmd.call"

    callee = prop_def(FlatSymbolRefAttrConstr)
    resource_operands = var_operand_def()
    resource_operand_sizes = var_operand_def(INDEX)
    resource_operand_offsets = var_operand_def(INDEX)
    resource_operand_lengths = var_operand_def(INDEX)
    result_sizes = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    arg_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    res_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    resource_operand_accesses = prop_def(ArrayAttr[IntegerAttr])
    results_ = var_result_def(PRIMITIVE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(_CallSymbolUses())
    custom_directives = (CmdCallOperands, PropDictOfTwo, ShapedFunctionType)
    assembly_format = (
        "$callee `` custom<CmdCallOperands>($resource_operands, $resource_operand_offsets, $resource_operand_lengths, "
        "$resource_operand_accesses) custom<PropDictOfTwo>($arg_attrs, $res_attrs) attr-dict `:` "
        "custom<ShapedFunctionType>(ref($resource_operands), type($resource_operands), $resource_operand_sizes, "
        "type($results_), $result_sizes, $tied_operands)"
    )

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return size_in_list(operand, self._operands, self.resource_operand_sizes)

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, CmdCallOp::verify
        verify_sizes(self.resource_operands, self.resource_operand_sizes)
        verify_sizes(self.results_, self.result_sizes)
        resources = sum(isinstance(operand.type, ResourceType) for operand in self.resource_operands)
        ranges = len(self.resource_operand_offsets)
        if len(self.resource_operand_lengths) != ranges:
            raise VerifyException("mismatch on resource range offsets/lengths; counts must match")
        if ranges != resources:
            raise VerifyException(f"expects {resources} resource range operand sets but {ranges} are present")
        if len(self.resource_operand_accesses.data) != resources:
            raise VerifyException(
                f"expects {resources} resource access specifiers but "
                f"{len(self.resource_operand_accesses.data)} are present"
            )
