"""Kernels written by hand for a device. IREE: HALOps.td, OpGroupExecutableOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    IndexType,
    IntegerAttr,
    IntegerType,
    StringAttr,
    SymbolNameConstraint,
)
from xdsl.ir import Attribute, Block, Operation, Region
from xdsl.irdl import (
    IRDLOperation,
    lazy_traits_def,
    opt_prop_def,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
)
from xdsl.irdl.declarative_assembly_format import (
    CustomDirective,
    ParsingState,
    PrintingState,
    RegionVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import (
    HasParent,
    IsTerminator,
    SingleBlockImplicitTerminator,
    SymbolOpInterface,
    SymbolTable,
    SymbolUserOpInterface,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.directives import end_of_token
from iree_explorer.dialects.format_directives import ImplicitTerminatorRegion, PropDict, PropDictOfFour
from iree_explorer.dialects.hal.topology import ExecutableObjectsAttr, PipelineLayoutAttr
from iree_explorer.dialects.hal.types import DeviceType
from iree_explorer.dialects.isolation import IsolatedFromAbove
from iree_explorer.dialects.symbol_directives import SymbolVisibility
from iree_explorer.dialects.symbols import lookup_symbol
from iree_explorer.dialects.type_constraints import TypeIs

I1 = IntegerType(1)
INDEX = IndexType()


class ComputedRegion(CustomDirective):
    """`(%device: !hal.device, …) -> type { … }`, or nothing; subclasses say what is computed."""

    body: RegionVariable

    RESULTS: ClassVar[tuple[Attribute, ...]]
    REFUSAL: ClassVar[str]

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        arguments = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_argument)
        parser.parse_punctuation("->")
        types = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parser.parse_type)
        if types is None:
            types = [parser.parse_type()]
        if tuple(types) != self.RESULTS:
            parser.raise_error(self.REFUSAL)
        self.body.set(state, parser.parse_region(arguments))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        body = self.body.get(op)
        with printer.in_parens():
            printer.print_list(body.block.args, printer.print_block_argument)
        results = ", ".join(str(type_) for type_ in self.RESULTS)
        printer.print_string(f" -> ({results}) " if len(self.RESULTS) > 1 else f" -> {results} ")
        printer.print_region(body, print_entry_block_args=False, print_empty_block=False)
        end_of_token(state)

    @override
    def is_anchorable(self) -> bool:
        return True

    @override
    def is_present(self, op: IRDLOperation) -> bool:
        return bool(self.body.get(op).blocks)

    @override
    def set_empty(self, state: ParsingState) -> None:
        self.body.set(state, Region())


@irdl_custom_directive
class WorkgroupCountRegion(ComputedRegion):
    """`(%device: !hal.device, …) -> (index, index, index) { … }`. IREE: HALOps.cpp, parseWorkgroupCountRegion."""

    body: RegionVariable

    RESULTS: ClassVar = (INDEX, INDEX, INDEX)
    REFUSAL: ClassVar = "workgroup count region must return the XYZ dimension counts"


@irdl_custom_directive
class ExportConditionRegion(ComputedRegion):
    """`(%device: !hal.device, …) -> i1 { … }`. IREE: HALOps.cpp, parseExportConditionRegion."""

    body: RegionVariable

    RESULTS: ClassVar = (I1,)
    REFUSAL: ClassVar = "condition region must return a boolean value"


@irdl_op_definition
class ExecutableSourceEndOp(IRDLOperation):
    """Ends a source of kernels; never written in the pretty form."""

    name = "hal.executable.source_end"

    traits = lazy_traits_def(lambda: (IsTerminator(), HasParent(ExecutableSourceOp)))
    assembly_format = "attr-dict"


@irdl_op_definition
class ExecutableSourceOp(IRDLOperation):
    """Kernels that no target was chosen for."""

    name = "hal.executable.source"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    objects = opt_prop_def(ExecutableObjectsAttr)
    body = region_def()

    traits = traits_def(
        IsolatedFromAbove(), SingleBlockImplicitTerminator(ExecutableSourceEndOp), SymbolOpInterface(), SymbolTable()
    )
    custom_directives = (SymbolVisibility, PropDict, ImplicitTerminatorRegion)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) $sym_name custom<PropDict>($objects) attr-dict-with-keyword "
        "custom<ImplicitTerminatorRegion>($body)"
    )


@irdl_op_definition
class ReturnOp(IRDLOperation):
    """Gives what a region of an export computes."""

    name = "hal.return"

    operands_ = var_operand_def()

    traits = traits_def(IsTerminator())
    assembly_format = "($operands_^ `:` type($operands_))? attr-dict"


class _ExportSymbolUses(SymbolUserOpInterface):
    @override
    def verify(self, op: Operation) -> None:
        # IREE: HALOps.cpp, ExecutableExportOp::verifySymbolUses
        assert isinstance(op, ExecutableExportOp)
        if op.condition_fallback is None:
            return
        fallback = lookup_symbol(op, op.condition_fallback)
        if not isinstance(fallback, ExecutableExportOp):
            raise VerifyException(f"undefined fallback entry point: {op.condition_fallback}")
        if fallback.layout != op.layout:
            raise VerifyException(
                f"fallback layout does not match (base has {op.layout}, fallback has {fallback.layout})"
            )
        for what in ("condition", "workgroup_count"):
            mine, theirs = op.arguments_of(what), fallback.arguments_of(what)
            if mine is not None and theirs is not None and mine != theirs:
                raise VerifyException(
                    f"fallback {what.replace('_', ' ')} argument mismatch; fallback args must match exactly"
                )


@irdl_op_definition
class ExecutableExportOp(IRDLOperation):
    """A kernel by its public name: what it is bound to and the grid to run it on."""

    name = "hal.executable.export"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    ordinal = opt_prop_def(IntegerAttr[IndexType])
    layout = prop_def(TypeIs("a pipeline layout", lambda attribute: isinstance(attribute, PipelineLayoutAttr)))
    condition_fallback = opt_prop_def(FlatSymbolRefAttrConstr)
    workgroup_size = opt_prop_def(ArrayAttr[IntegerAttr[IndexType]])
    subgroup_size = opt_prop_def(IntegerAttr[IndexType])
    workgroup_local_memory = opt_prop_def(IntegerAttr[IndexType])
    source_locs = opt_prop_def(DictionaryAttr)
    workgroup_count = region_def()
    condition = region_def()

    traits = lazy_traits_def(
        lambda: (SymbolOpInterface(), HasParent(ExecutableSourceOp), IsolatedFromAbove(), _ExportSymbolUses())
    )
    custom_directives = (SymbolVisibility, WorkgroupCountRegion, ExportConditionRegion, PropDictOfFour)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) $sym_name (`ordinal` `(` $ordinal^ `)`)? "
        "`layout` `(` $layout `)` (`condition` `` custom<ExportConditionRegion>($condition)^)? "
        "(`fallback` `(` $condition_fallback^ `)`)? (`count` `` custom<WorkgroupCountRegion>($workgroup_count)^)? "
        "custom<PropDictOfFour>($workgroup_size, $subgroup_size, $workgroup_local_memory, $source_locs) attr-dict-with-keyword"
    )

    def arguments_of(self, region: str) -> list[Attribute] | None:
        """What the region called `condition` or `workgroup_count` takes; None: the export has no such region."""
        block: Block | None = (self.condition if region == "condition" else self.workgroup_count).first_block
        return None if block is None else [argument.type for argument in block.args]

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, ExecutableExportOp::verify
        if self.condition.blocks:
            if len(self.condition.blocks) > 1:
                raise VerifyException("expected a single region block for the condition")
            self._verify_region("condition", (I1,), "condition region must return a boolean value")
            if self.condition_fallback is None:
                raise VerifyException("must have a fallback if a condition region is defined")
        elif self.condition_fallback is not None:
            raise VerifyException("fallback must only be present if a condition region is defined")
        if self.workgroup_count.blocks:
            if len(self.workgroup_count.blocks) > 1:
                raise VerifyException("expected a single region block for the workgroup count")
            refusal = "workgroup count region must return the XYZ dimension counts as `index` types"
            self._verify_region("workgroup_count", (INDEX, INDEX, INDEX), refusal)

    def _verify_region(self, name: str, results: tuple[Attribute, ...], refusal: str) -> None:
        arguments = self.arguments_of(name)
        assert arguments is not None
        if arguments[:1] != [DeviceType()] or any(type_ != INDEX for type_ in arguments[1:]):
            raise VerifyException(
                f"expected {'condition region' if name == 'condition' else name} to take (%device: !hal.device, %workload_0: index, %workload_1: index, ..."
            )
        for op in (self.condition if name == "condition" else self.workgroup_count).block.ops:
            if isinstance(op, ReturnOp) and tuple(operand.type for operand in op.operands) != results:
                raise VerifyException(refusal)


EXECUTABLE_OPS = (ExecutableExportOp, ExecutableSourceEndOp, ExecutableSourceOp, ReturnOp)
