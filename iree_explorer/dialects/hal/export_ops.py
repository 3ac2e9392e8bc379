"""What the host knows of kernels: exports, their grids, constants to specialize them with. IREE: HALOps.td, OpGroupExecutableOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    IndexType,
    IntegerAttr,
    StringAttr,
    SymbolNameConstraint,
    SymbolRefAttr,
)
from xdsl.ir import Attribute, Block, Operation, Region
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
    Pure,
    SymbolOpInterface,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.executable_ops import (
    DEVICE,
    I1,
    ExecutableSourceOp,
    ExecutableVariantOp,
    HostCodeOp,
    ReturnOp,
)
from iree_explorer.dialects.hal.topology import PipelineLayoutAttr
from iree_explorer.dialects.hal.types import DeviceType
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.format_directives import PropDictOfFour
from iree_explorer.ir.assembly.function_syntax import parse_arguments, parse_signature, print_signature
from iree_explorer.ir.assembly.symbol_directives import SymbolVisibility
from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.isolation import IsolatedFromAbove
from iree_explorer.ir.symbols import SymbolUses, lookup_symbol

INDEX = IndexType()
# Printed by its whole name, as MLIR's `qualified($layout)` is.
_LAYOUT = AttributeIs(
    "a pipeline layout", lambda attribute: isinstance(attribute, PipelineLayoutAttr), stored=PipelineLayoutAttr
)


class ComputedRegion(CustomDirective):
    """`(%device: !hal.device, …) -> type { … }`, or nothing; subclasses say what is computed."""

    body: RegionVariable

    RESULTS: ClassVar[tuple[Attribute, ...]]
    REFUSAL: ClassVar[str]

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        arguments = parse_arguments(parser)
        parser.parse_punctuation("->")
        types = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parser.parse_type)
        if types is None:
            types = [parser.parse_type()]
        if tuple(types) != self.RESULTS:
            parser.raise_error(f"custom op '{state.op_type.name}' {self.REFUSAL}")
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


def verify_count_region(region: Region) -> None:
    """Checks what a region takes and returns that computes a grid, if there is one. IREE: HALOps.cpp, verifyWorkgroupCountRegion."""
    refusal = "workgroup count region must return the XYZ dimension counts as `index` types"
    _verify_region(region, "workgroup_count", (INDEX, INDEX, INDEX), refusal)


def _verify_region(region: Region, name: str, results: tuple[Attribute, ...], refusal: str) -> None:
    entry = region.first_block
    if entry is None:
        return
    first, *others = [argument.type for argument in entry.args] or [None]
    if first != DeviceType() or any(type_ != INDEX for type_ in others):
        raise VerifyException(
            f"expected {name} to take (%device: !hal.device, %workload_0: index, %workload_1: index, ..."
        )
    for op in (op for block in region.blocks for op in block.ops):
        if isinstance(op, ReturnOp) and tuple(operand.type for operand in op.operands) != results:
            raise PlainDefect(refusal)


class _ExportSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
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
    layout = prop_def(_LAYOUT)
    condition_fallback = opt_prop_def(FlatSymbolRefAttrConstr)
    workgroup_size = opt_prop_def(ArrayAttr[IntegerAttr[IndexType]])
    subgroup_size = opt_prop_def(IntegerAttr[IndexType])
    workgroup_local_memory = opt_prop_def(IntegerAttr[IndexType])
    source_locs = opt_prop_def(DictionaryAttr)
    workgroup_count = region_def()
    condition = region_def()

    traits = lazy_traits_def(
        lambda: (
            SymbolOpInterface(),
            HasParent(ExecutableSourceOp, ExecutableVariantOp),
            IsolatedFromAbove(),
            _ExportSymbolUses(),
        )
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
            _verify_region(self.condition, "condition region", (I1,), "condition region must return a boolean value")
            if self.condition_fallback is None:
                raise VerifyException("must have a fallback if a condition region is defined")
        elif self.condition_fallback is not None:
            raise VerifyException("fallback must only be present if a condition region is defined")
        if self.workgroup_count.blocks:
            if len(self.workgroup_count.blocks) > 1:
                raise VerifyException("expected a single region block for the workgroup count")
            verify_count_region(self.workgroup_count)


@irdl_op_definition
class ExecutableConstantBlockOp(HostCodeOp):
    """Constants that the kernels are specialized with, by their keys."""

    name = "hal.executable.constant.block"

    keys = prop_def(ArrayAttr[Attribute])

    traits = lazy_traits_def(lambda: (HasParent(ExecutableSourceOp, ExecutableVariantOp), IsolatedFromAbove()))

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ExecutableConstantBlockOp:
        signature = parse_signature(parser)
        parser.parse_keyword("as")
        if len(signature.function_type.outputs) == 1:
            keys = [parser.parse_str_literal()]
        else:
            keys = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parser.parse_str_literal) or []
        properties: dict[str, Attribute] = {
            "function_type": signature.function_type,
            "keys": ArrayAttr(map(StringAttr, keys)),
        }
        if signature.arg_attrs is not None:
            properties["arg_attrs"] = signature.arg_attrs
        if signature.res_attrs is not None:
            properties["res_attrs"] = signature.res_attrs
        attributes = parser.parse_optional_attr_dict_with_keyword()
        position = parser.pos
        body = parser.parse_region(signature.arguments)
        if not body.blocks:
            parser.raise_error("expected non-empty function body", position)
        return cls.create(
            properties=properties,
            attributes={} if attributes is None else dict(attributes.data),
            regions=(body,),
        )

    @override
    def print(self, printer: Printer) -> None:
        print_signature(printer, self.function_type, self.body, self.arg_attrs, self.res_attrs)
        alone = len(self.function_type.outputs) == 1
        printer.print_string(" as " if alone else " as (")
        printer.print_list(self.keys.data, printer.print_attribute)
        printer.print_string("" if alone else ")")
        self.print_body(printer)

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, ExecutableConstantBlockOp::verify
        if self.function_type.inputs.data not in {(), (DEVICE,)}:
            raise VerifyException("initializer must take a !hal.device or nothing")
        for index, type_ in enumerate(self.function_type.outputs.data):
            if str(type_) != "i32":
                raise VerifyException(f"initializer must return only i32 values (result {index} is '{type_}')")
        if len(self.function_type.outputs) != len(self.keys):
            raise VerifyException("must have one key for every result")


@irdl_op_definition
class ExecutableCalculateWorkgroupsOp(IRDLOperation, OpAsmOpInterface):
    """The grid of a kernel, as its export computes it from the workload."""

    name = "hal.executable.calculate_workgroups"
    RESULT_NAMES: ClassVar = ("workgroup_x", "workgroup_y", "workgroup_z")

    device = operand_def(DEVICE)
    entry_point = prop_def(SymbolRefAttr)
    workload = var_operand_def(INDEX)
    workgroup_x = result_def(INDEX)
    workgroup_y = result_def(INDEX)
    workgroup_z = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = (
        "`device` `(` $device `:` type($device) `)` `target` `(` $entry_point `)` (`workload` `(` `[` $workload^ `]` `)`)? "
        "`:` type($workgroup_x) `,` type($workgroup_y) `,` type($workgroup_z) attr-dict-with-keyword"
    )
