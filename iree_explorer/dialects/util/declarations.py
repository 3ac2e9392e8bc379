"""What functions of several dialects that are defined elsewhere have in common."""

from __future__ import annotations

from xdsl.dialects.builtin import StringAttr, SymbolNameConstraint
from xdsl.irdl import opt_prop_def, prop_def, traits_def
from xdsl.traits import SymbolOpInterface

from iree_explorer.dialects.util.directives import ShapedFunctionSignature
from iree_explorer.ir.assembly.symbol_directives import SymbolVisibility
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.isolation import IsolatedFromAbove


class ShapedFunctionDeclaration(FunctionOpInterface):
    """A function of shaped values or resources whose results may be tied to arguments. IREE: FlowOps.td, StreamOps.td."""

    sym_name = prop_def(SymbolNameConstraint())
    tied_operands = opt_prop_def(TIED_OPERANDS)
    sym_visibility = opt_prop_def(StringAttr)

    traits = traits_def(IsolatedFromAbove(), SymbolOpInterface())
    custom_directives = (SymbolVisibility, ShapedFunctionSignature)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) $sym_name `` "
        "custom<ShapedFunctionSignature>($function_type, $tied_operands, $arg_attrs, $res_attrs) "
        "attr-dict-with-keyword ($body^)?"
    )
