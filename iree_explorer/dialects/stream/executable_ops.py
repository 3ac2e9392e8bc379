"""Kernels and what they see: executables, exports, bindings. IREE: StreamOps.td, OpGroupExecutableOps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    IndexType,
    IntegerAttr,
    ShapedType,
    StringAttr,
    SymbolNameConstraint,
    SymbolRefAttr,
)
from xdsl.ir import Operation, Region, SSAValue
from xdsl.irdl import (
    IRDLOperation,
    lazy_traits_def,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import (
    HasParent,
    IsTerminator,
    Pure,
    ReturnLike,
    SymbolOpInterface,
    SymbolTable,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.dialects.stream.constraints import BINDING, INDEX
from iree_explorer.dialects.stream.directives import WorkgroupCountRegion
from iree_explorer.dialects.stream.rules import verify_dynamic_dims
from iree_explorer.ir.assembly.format_directives import OnlyRegion
from iree_explorer.ir.assembly.symbol_directives import SymbolAlias, SymbolVisibility
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.defects import NestedDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface, ShapeAwareOpInterface
from iree_explorer.ir.isolation import IsolatedFromAbove
from iree_explorer.ir.symbols import lookup_symbol, symbol_in


@irdl_op_definition
class ExecutableEndOp(IRDLOperation):
    """Ends an executable; never written in the pretty form."""

    name = "stream.executable.end"

    traits = lazy_traits_def(lambda: (IsTerminator(), HasParent(ExecutableOp)))
    assembly_format = "attr-dict"


@irdl_op_definition
class ExecutableOp(IRDLOperation):
    """Kernels that are compiled together, and how to start them."""

    name = "stream.executable"

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

    @property
    def inner_module(self) -> ModuleOp | None:
        """The module that holds the kernels; None: the executable has none."""
        return next((op for op in self.body.block.ops if isinstance(op, ModuleOp)), None)


@irdl_op_definition
class ReturnOp(IRDLOperation):
    """Gives the sizes of a grid in a workgroup count region."""

    name = "stream.return"

    operands_ = var_operand_def()

    traits = lazy_traits_def(lambda: (Pure(), ReturnLike(), IsTerminator(), HasParent(ExecutableExportOp)))
    assembly_format = "attr-dict $operands_ `:` type($operands_)"


@irdl_op_definition
class ExecutableExportOp(IRDLOperation):
    """A kernel by its public name, with the grid to run it on as a function of the workload."""

    name = "stream.executable.export"

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

    @property
    def function(self) -> Operation | None:
        """The kernel's function; None: the executable has no kernels, or not this one."""
        parent = self.parent_op()
        module = parent.inner_module if isinstance(parent, ExecutableOp) else None
        return None if module is None else symbol_in(module, self.function_ref.string_value())

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, ExecutableExportOp::verify
        verify_grid(self.workgroup_count, ReturnOp)


def verify_grid(region: Region, return_op: type[Operation]) -> None:
    """Checks that what computes a grid gives the three numbers of workgroups wherever it returns."""
    for block in region.blocks:
        for op in block.ops:
            if isinstance(op, return_op) and [operand.type for operand in op.operands] != [IndexType()] * 3:
                raise NestedDefect(op, "workgroup count region must return the XYZ dimension counts")


def verify_entry_points(
    dispatch: Operation, entry_points: ArrayAttr[SymbolRefAttr], workload: Sequence[SSAValue]
) -> None:
    """Checks the workload of a dispatch against its exports, as far as these are defined.

    IREE: StreamOps.cpp, verifyDispatchSymbolUses and verifyDispatchWorkload; an undefined export is let through.
    """
    if not entry_points.data:
        raise VerifyException("at least one entry point must be defined")
    for reference in entry_points.data:
        export = lookup_symbol(dispatch, reference)
        if not isinstance(export, ExecutableExportOp):
            return
        verify_workload(export.workgroup_count, workload)


def verify_workload(workgroup_count: Region, workload: Sequence[SSAValue]) -> None:
    """Checks number and types of a workload where the export has a region for its grid.

    IREE: StreamOps.cpp and FlowOps.cpp, verifyDispatchWorkload
    """
    block = workgroup_count.first_block
    if block is None:
        return
    if len(block.args) != len(workload):
        raise VerifyException(
            f"workload mismatch; entry point expects {len(block.args)} arguments but dispatch provides {len(workload)}"
        )
    for index, (argument, operand) in enumerate(zip(block.args, workload, strict=True)):
        if argument.type != operand.type:
            raise VerifyException(
                f"workload operand {index} type mismatch; expected '{argument.type}' but passed '{operand.type}'"
            )


@irdl_op_definition
class BindingSubspanOp(IRDLOperation, ShapeAwareOpInterface):
    """A part of a binding, as the typed value that a kernel works on."""

    name = "stream.binding.subspan"

    binding = operand_def(BINDING)
    byte_offset = operand_def(INDEX)
    dynamic_dims = var_operand_def(INDEX)
    result = result_def()

    traits = traits_def(Pure())
    assembly_format = (
        "$binding `` `[` $byte_offset `]` attr-dict `:` type($binding) `->` type($result) (`{` $dynamic_dims^ `}`)?"
    )

    @override
    def result_dynamic_dims(self, result: int) -> Sequence[SSAValue]:
        return self.dynamic_dims

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, BindingSubspanOp::verify; dispatch tensors check their dimensions where they are used
        if isinstance(self.result.type, ShapedType):
            verify_dynamic_dims((self.result.type,), self.dynamic_dims)


class DispatchWorkgroupOp(IRDLOperation, OpAsmOpInterface):
    """A number about the grid that a kernel runs on, in dimension 0, 1 or 2."""

    PREFIX: ClassVar[str]

    dimension = prop_def(IntegerAttr[IndexType])
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "`[` $dimension `]` attr-dict `:` type($result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        yield self.result, f"{self.PREFIX}{self.dimension.value.data}"

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, verifyDispatchWorkgroupInfoOp
        if not 0 <= self.dimension.value.data < 3:
            raise VerifyException(
                f"dimension {self.dimension.value.data} out of bounds of dispatch dimensions; expected [0, 3)"
            )


@irdl_op_definition
class DispatchWorkgroupIDOp(DispatchWorkgroupOp):
    """The place of the running workgroup."""

    name = "stream.dispatch.workgroup.id"
    PREFIX: ClassVar = "workgroup_id_"


@irdl_op_definition
class DispatchWorkgroupCountOp(DispatchWorkgroupOp):
    """How many workgroups there are."""

    name = "stream.dispatch.workgroup.count"
    PREFIX: ClassVar = "workgroup_count_"


@irdl_op_definition
class DispatchWorkgroupSizeOp(DispatchWorkgroupOp):
    """How many invocations a workgroup has."""

    name = "stream.dispatch.workgroup.size"
    PREFIX: ClassVar = "workgroup_size_"
