"""Kernels, functions, parameters and channels of host programs before they become stream ops. IREE: FlowOps.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    FunctionType,
    StringAttr,
    SymbolNameConstraint,
    SymbolRefAttr,
    TensorType,
)
from xdsl.ir import Operation
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    lazy_traits_def,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import (
    HasParent,
    IsTerminator,
    Pure,
    SymbolOpInterface,
    SymbolTable,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.flow.dispatch_ops import ReturnOp
from iree_explorer.dialects.iree_tensor_ext.ops import verify_dynamic_dims
from iree_explorer.dialects.stream.constraints import BUFFER, I64, INDEX
from iree_explorer.dialects.stream.directives import DispatchEntryPoints, WorkgroupCountRegion
from iree_explorer.dialects.stream.executable_ops import verify_grid, verify_workload
from iree_explorer.dialects.stream.parameter_directives import ParameterReference
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.dialects.util.declarations import ShapedFunctionDeclaration
from iree_explorer.ir.assembly.directives import ShapedFunctionType
from iree_explorer.ir.assembly.format_directives import OnlyRegion, PropDictOfTwo
from iree_explorer.ir.assembly.symbol_directives import SymbolAlias, SymbolVisibility
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    FirstOperandTied,
    StreamableOpInterface,
    StreamAffinityOp,
    TiedOpInterface,
)
from iree_explorer.ir.interfaces.named_dims import NamedDims
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.isolation import IsolatedFromAbove
from iree_explorer.ir.symbols import SymbolUses, lookup_symbol
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR


@irdl_op_definition
class ExecutableEndOp(IRDLOperation):
    """Ends an executable; never written in the pretty form."""

    name = "flow.executable_end"

    traits = lazy_traits_def(lambda: (IsTerminator(), HasParent(ExecutableOp)))
    assembly_format = "attr-dict"


@irdl_op_definition
class ExecutableOp(IRDLOperation):
    """Kernels that are compiled together, and how to start them."""

    name = "flow.executable"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    body = region_def()

    traits = traits_def(
        IsolatedFromAbove(), SingleBlockImplicitTerminator(ExecutableEndOp), SymbolOpInterface(), SymbolTable()
    )
    custom_directives = (SymbolVisibility, OnlyRegion)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) $sym_name attr-dict-with-keyword custom<OnlyRegion>($body)"
    )


@irdl_op_definition
class ExecutableExportOp(IRDLOperation):
    """A kernel by its public name, with the grid to run it on as a function of the workload."""

    name = "flow.executable.export"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    function_ref = prop_def(SymbolRefAttr)
    workgroup_count = region_def()

    traits = traits_def(HasParent(ExecutableOp), SymbolOpInterface(), IsolatedFromAbove())
    custom_directives = (SymbolVisibility, SymbolAlias, WorkgroupCountRegion)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) custom<SymbolAlias>($sym_name, $function_ref) "
        "custom<WorkgroupCountRegion>($workgroup_count) attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        # IREE: FlowOps.cpp, ExecutableExportOp::verifyRegions
        verify_grid(self.workgroup_count, ReturnOp)


class _DispatchSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: FlowOps.cpp, DispatchOp::verifySymbolUses; an undefined export is let through.
        assert isinstance(op, DispatchOp)
        for reference in op.entry_points:
            export = lookup_symbol(op, reference)
            if not isinstance(export, ExecutableExportOp):
                return
            verify_workload(export.workgroup_count, op.workload)


@irdl_op_definition
class DispatchOp(IRDLOperation, StreamAffinityOp, StreamableOpInterface, TiedOpInterface, NamedDims):
    """Runs a kernel on tensors."""

    name = "flow.dispatch"

    OPERAND_DIMS: ClassVar = {"arguments": "argument_dims"}

    workload = var_operand_def(INDEX)
    entry_points = prop_def(ArrayAttr[SymbolRefAttr])
    arguments = var_operand_def()
    argument_dims = var_operand_def(INDEX)
    result_dims = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    results_ = var_result_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure(), _DispatchSymbolUses())
    custom_directives = (DispatchEntryPoints, ShapedFunctionType)
    assembly_format = (
        "custom<DispatchEntryPoints>($entry_points) (`[` $workload^ `]`)? `` `(` $arguments `)` attr-dict `:` "
        "custom<ShapedFunctionType>(ref($arguments), type($arguments), $argument_dims, type($results_), $result_dims, "
        "$tied_operands)"
    )

    @override
    def prefer_clone_to_consumers(self) -> bool:
        """A dispatch that reads no tensor is a slow splat."""
        return not any(isinstance(operand.type, TensorType | ResourceType) for operand in self.operands)

    @override
    def tied_operands_base(self) -> int:
        return len(self.workload)

    @override
    def verify_(self) -> None:
        self.verify_tied_operands()
        if not self.entry_points.data:
            raise VerifyException("at least one entry point reference is required")
        verify_dynamic_dims(self.arguments, self.argument_dims)
        verify_dynamic_dims(self.results_, self.result_dims)


@irdl_op_definition
class FuncOp(ShapedFunctionDeclaration):
    """A function, defined elsewhere, on tensors."""

    name = "flow.func"


class _CallSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: FlowOps.cpp, CallOp::verifySymbolUses
        assert isinstance(op, CallOp)
        callee = lookup_symbol(op, op.callee)
        if not isinstance(callee, FuncOp):
            raise VerifyException(f"undefined external call: {op.callee.string_value()}")
        called = FunctionType.from_lists(op.arguments.types, op.results_.types)
        if callee.function_type != called:
            raise VerifyException(f"function type mismatch; expected '{called}' but callee is '{callee.function_type}'")


@irdl_op_definition
class CallOp(IRDLOperation, StreamAffinityOp, TiedOpInterface, NamedDims):
    """Calls a function on tensors."""

    name = "flow.call"

    OPERAND_DIMS: ClassVar = {"arguments": "argument_dims"}

    callee = prop_def(FlatSymbolRefAttrConstr)
    arguments = var_operand_def()
    argument_dims = var_operand_def(INDEX)
    result_dims = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    arg_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    res_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    results_ = var_result_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (PropDictOfTwo, ShapedFunctionType)
    assembly_format = (
        "$callee `(` $arguments `)` custom<PropDictOfTwo>($arg_attrs, $res_attrs) attr-dict `:` "
        "custom<ShapedFunctionType>(ref($arguments), type($arguments), $argument_dims, type($results_), $result_dims, "
        "$tied_operands)"
    )
    traits = traits_def(_CallSymbolUses())

    @override
    def verify_(self) -> None:
        self.verify_tied_operands()
        verify_dynamic_dims(self.arguments, self.argument_dims)
        verify_dynamic_dims(self.results_, self.result_dims)


@irdl_op_definition
class ParameterLoadOp(IRDLOperation, NamedDims):
    """A parameter as a tensor."""

    name = "flow.parameter.load"

    source_scope = opt_operand_def(BUFFER)
    source_key = operand_def(BUFFER)
    source_offset = operand_def(I64)
    result_dims = var_operand_def(INDEX)
    result = result_def(ANY_RANKED_TENSOR)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (ParameterReference,)
    assembly_format = (
        "custom<ParameterReference>($source_scope, $source_key) `` `[` $source_offset `]` `:` "
        "type($result) (`{` $result_dims^ `}`)? attr-dict-with-keyword"
    )


@irdl_op_definition
class ParameterWriteOp(IRDLOperation, FirstOperandTied, NamedDims):
    """Writes a tensor to a parameter."""

    name = "flow.parameter.write"

    OPERAND_DIMS: ClassVar = {"source": "source_dims"}
    RESULT_DIMS: ClassVar = "source_dims"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    source = operand_def(T)
    source_dims = var_operand_def(INDEX)
    target_scope = opt_operand_def(BUFFER)
    target_key = operand_def(BUFFER)
    target_offset = operand_def(I64)
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (ParameterReference,)
    assembly_format = (
        "$source `->` custom<ParameterReference>($target_scope, $target_key) `` `[` $target_offset `]` `:` "
        "type($source) (`{` $source_dims^ `}`)? attr-dict-with-keyword"
    )
