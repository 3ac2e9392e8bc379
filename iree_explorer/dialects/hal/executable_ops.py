"""Kernels written by hand, or made for a device or several: sources, executables and their variants. IREE: HALOps.td, OpGroupExecutableOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FunctionType,
    IntegerType,
    StringAttr,
    SymbolNameConstraint,
    UnitAttr,
)
from xdsl.ir import Attribute, Region
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    lazy_traits_def,
    opt_prop_def,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
)
from xdsl.irdl.declarative_assembly_format import AttributeVariable, irdl_custom_directive
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import (
    HasParent,
    IsTerminator,
    SymbolOpInterface,
    SymbolTable,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.attributes import ExecutableTargetAttr
from iree_explorer.dialects.hal.topology import ExecutableObjectsAttr
from iree_explorer.dialects.hal.types import DeviceType
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.format_directives import (
    ImplicitTerminatorRegion,
    OnlyRegion,
    PropDict,
    PropDictOfThree,
    StrippedAttribute,
)
from iree_explorer.ir.assembly.function_syntax import parse_signature, print_results
from iree_explorer.ir.assembly.symbol_directives import SymbolVisibility
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.defects import NestedDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.isolation import IsolatedFromAbove

I1 = IntegerType(1)
DEVICE = DeviceType()
CONDITION = FunctionType.from_lists([DEVICE], [I1])
"""What a condition takes and gives."""


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

    @override
    def verify_(self) -> None:
        parent = self.parent_op()
        type_ = None if parent is None else parent.properties.get("function_type")
        if not isinstance(type_, FunctionType):
            return
        expected = type_.outputs.data
        if len(self.operands_) != len(expected):
            raise VerifyException(
                "return must have the same number of operands as the parent result signature "
                f"(have {len(self.operands_)}, expected {len(expected)})"
            )
        for number, (operand, result) in enumerate(zip(self.operands_, expected, strict=True)):
            if operand.type != result:
                raise VerifyException(
                    f"parent expected result {number} to be '{result}' but returning '{operand.type}'"
                )


@irdl_op_definition
class ExecutableEndOp(IRDLOperation):
    """Ends an executable; never written in the pretty form."""

    name = "hal.executable_end"

    traits = lazy_traits_def(lambda: (IsTerminator(), HasParent(ExecutableOp)))
    assembly_format = "attr-dict"


@irdl_op_definition
class ExecutableOp(IRDLOperation):
    """Kernels that are loaded together, in a variant for each kind of device."""

    name = "hal.executable"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    lazy = opt_prop_def(UnitAttr)
    body = region_def()

    traits = traits_def(
        IsolatedFromAbove(), SingleBlockImplicitTerminator(ExecutableEndOp), SymbolOpInterface(), SymbolTable()
    )
    custom_directives = (SymbolVisibility, OnlyRegion)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) (`lazy` $lazy^)? $sym_name attr-dict-with-keyword "
        "custom<OnlyRegion>($body)"
    )


@irdl_custom_directive
class ExecutableTarget(StrippedAttribute):
    """`#hal.executable.target<…>` or `<…>`."""

    attribute: AttributeVariable

    KIND: ClassVar = ExecutableTargetAttr


@irdl_op_definition
class ExecutableVariantEndOp(IRDLOperation):
    """Ends a variant; never written in the pretty form."""

    name = "hal.executable.variant_end"

    traits = lazy_traits_def(lambda: (IsTerminator(), HasParent(ExecutableVariantOp)))
    assembly_format = "attr-dict"


@irdl_op_definition
class ExecutableVariantOp(IRDLOperation):
    """Kernels for one kind of device: the first variant whose condition holds is loaded."""

    name = "hal.executable.variant"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    target = prop_def(ExecutableTargetAttr)
    objects = opt_prop_def(ArrayAttr[Attribute])
    sources = opt_prop_def(DictionaryAttr)
    body = region_def()

    traits = lazy_traits_def(
        lambda: (
            HasParent(ExecutableOp),
            IsolatedFromAbove(),
            SingleBlockImplicitTerminator(ExecutableVariantEndOp),
            SymbolOpInterface(),
            SymbolTable(),
        )
    )
    custom_directives = (SymbolVisibility, ExecutableTarget, ImplicitTerminatorRegion)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) $sym_name `target` `(` custom<ExecutableTarget>($target) `)` (`objects` `(` $objects^ `)`)? "
        "(`sources` `(` $sources^ `)`)? attr-dict-with-keyword custom<ImplicitTerminatorRegion>($body)"
    )

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, ExecutableVariantOp::verify
        if sum(isinstance(op, ExecutableConditionOp) for op in self.body.block.ops) > 1:
            raise VerifyException("only one condition op is allowed in a variant")


class HostCodeOp(FunctionOpInterface, CustomAssemblyFormat):
    """Code that the host runs before kernels are loaded."""

    def print_body(self, printer: Printer) -> None:
        """Prints attributes and body, as they stand behind the signature."""
        printer.print_op_attributes(self.attributes, print_keyword=True)
        printer.print_string(" ")
        printer.print_region(self.body, print_entry_block_args=False)


def parse_condition_region(parser: Parser, op_name: str) -> Region:
    """Reads `(%device: !hal.device) -> i1 { … }`. IREE: HALOps.cpp, parseTargetConditionRegion."""
    signature = parse_signature(parser)
    if signature.function_type.outputs.data != (I1,):
        parser.raise_error(f"custom op '{op_name}' target condition region must return one i1")
    return parser.parse_region(signature.arguments)


def print_condition_region(printer: Printer, body: Region) -> None:
    """Prints what `parse_condition_region` reads; nothing where there is no block."""
    if body.first_block is not None:
        with printer.in_parens():
            printer.print_list(body.first_block.args, printer.print_block_argument)
        print_results(printer, (I1,), (DictionaryAttr({}),))
        printer.print_string(" ")
        printer.print_region(body, print_entry_block_args=False)


def verify_condition_region(body: Region) -> None:
    """Checks what a region returns that says whether a device will do. IREE: HALOps.cpp, verifyTargetConditionRegion."""
    for op in (op for block in body.blocks for op in block.ops):
        if isinstance(op, ReturnOp) and [operand.type for operand in op.operands] != [I1]:
            raise NestedDefect(op, "target condition region must return a single i1 result")


@irdl_op_definition
class ExecutableConditionOp(HostCodeOp):
    """Whether the variant can run on a device."""

    name = "hal.executable.condition"

    traits = traits_def(IsolatedFromAbove())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ExecutableConditionOp:
        body = parse_condition_region(parser, cls.name)
        attributes = parser.parse_optional_attr_dict_with_keyword()
        return cls.create(
            properties={"function_type": CONDITION},
            attributes={} if attributes is None else dict(attributes.data),
            regions=(body,),
        )

    @override
    def print(self, printer: Printer) -> None:
        print_condition_region(printer, self.body)
        printer.print_op_attributes(self.attributes, print_keyword=True)

    @override
    def verify_(self) -> None:
        verify_condition_region(self.body)


@irdl_op_definition
class ExecutableBinaryOp(IRDLOperation):
    """Kernels as the device loads them."""

    name = "hal.executable.binary"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    format = prop_def(StringAttr)
    data = prop_def(AnyAttr())
    mime_type = opt_prop_def(StringAttr)

    traits = lazy_traits_def(lambda: (HasParent(ExecutableOp), SymbolOpInterface()))
    custom_directives = (SymbolVisibility, PropDictOfThree)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) $sym_name custom<PropDictOfThree>($format, $data, $mime_type) "
        "attr-dict-with-keyword"
    )
