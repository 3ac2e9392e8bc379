"""The `builtin` dialect: xDSL's, but for modules, which have MLIR's rules and text.

Source of all facts: MLIR BuiltinOps.td, BuiltinDialect.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialect_interfaces.op_asm import OpAsmDialectInterface
from xdsl.dialects import builtin as xdsl_builtin
from xdsl.dialects.builtin import StringAttr, SymbolNameConstraint
from xdsl.ir import Block, BlockOps, Dialect, Operation, Region
from xdsl.irdl import IRDLOperation, opt_prop_def, region_def, traits_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import NoTerminator, OptionalSymbolOpInterface, SymbolTable
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.attr_dict import print_attr_dict
from iree_explorer.ir.assembly.format_directives import parse_prop_dict
from iree_explorer.ir.block_traits import AffineScope, HasOnlyGraphRegion, NoRegionArguments
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.isolation import IsolatedFromAbove


@irdl_op_definition
class ModuleOp(IRDLOperation):
    """A program, or a part of one: a table of symbols, with or without a name of its own."""

    name = "builtin.module"
    sym_name = opt_prop_def(SymbolNameConstraint())
    sym_visibility = opt_prop_def(StringAttr)
    body_region = region_def("single_block")
    traits = traits_def(
        AffineScope(),
        IsolatedFromAbove(),
        NoRegionArguments(),
        SymbolTable(),
        OptionalSymbolOpInterface(),
        NoTerminator(),
        HasOnlyGraphRegion(),
    )

    def __init__(self, ops: Sequence[Operation]):
        super().__init__(regions=[Region(Block(ops))])

    @property
    def body(self) -> Region:
        """The module's region, of one block."""
        return self.body_region

    @property
    def ops(self) -> BlockOps:
        """The ops at the module's top."""
        return self.body_region.block.ops

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ModuleOp:
        name = parser.parse_optional_symbol_name()
        properties = parse_prop_dict(parser, cls.name, {"sym_visibility": parser.parse_attribute})
        attributes = parser.parse_optional_attr_dict_with_keyword()
        region = parser.parse_region()
        if not region.blocks:
            region.add_block(Block())
        return cls.build(
            regions=[region],
            properties={"sym_name": name, **properties},
            attributes={} if attributes is None else attributes.data,
        )

    @override
    def print(self, printer: Printer) -> None:
        if self.sym_name is not None:
            printer.print_string(" ")
            printer.print_symbol_name(self.sym_name.data)
        if self.sym_visibility is not None:
            printer.print_string(" <sym_visibility = ")
            printer.print_attribute(self.sym_visibility)
            printer.print_string(">")
        print_attr_dict(printer, self, {}, keyword=True)
        printer.print_string(" ")
        printer.print_region(self.body_region, print_empty_block=False)

    @override
    def verify_(self) -> None:
        for name in sorted(self.attributes):
            if "." not in name:
                raise VerifyException(f"can only contain attributes with dialect-prefixed names, found: '{name}'")


Builtin = Dialect(
    xdsl_builtin.Builtin.name,
    [ModuleOp, *(op for op in xdsl_builtin.Builtin.operations if op is not xdsl_builtin.ModuleOp)],
    [*xdsl_builtin.Builtin.attributes],
    [OpAsmDialectInterface()],
)
