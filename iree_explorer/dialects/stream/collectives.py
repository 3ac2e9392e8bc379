"""What collectives of the async and command phase have in common. IREE: StreamOps.cpp, getCollectiveParamKeyword."""

from __future__ import annotations

from typing_extensions import override
from xdsl.ir import Attribute
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    OptionalOperandVariable,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.dialects.stream.attributes import CollectiveAttr
from iree_explorer.ir.assembly.directives import end_of_token

_KEYWORDS = {
    "broadcast": "source",
    "reduce": "target",
    "send": "target",
    "recv": "source",
    "send_recv": "source_target_pair",
}


def collective_param_keyword(collective: Attribute | None) -> str | None:
    """The word before the participant that a collective names; None: it names none."""
    return _KEYWORDS.get(collective.kind.data) if isinstance(collective, CollectiveAttr) else None


@irdl_custom_directive
class CollectiveParam(CustomDirective):
    """`source(%participant)`, with a word that depends on the collective; nothing where it needs no participant."""

    collective: AttributeVariable
    param: OptionalOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        keyword = collective_param_keyword(state.properties.get(self.collective.name))
        if keyword is None:
            self.param.set_empty(state)
            return
        parser.parse_keyword(keyword)
        with parser.in_parens():
            self.param.set(state, parser.parse_unresolved_operand())

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        param = self.param.get(op)
        if param is None:
            return
        state.print_whitespace(printer)
        printer.print_string(f"{collective_param_keyword(self.collective.get(op))}(")
        printer.print_operand(param)
        printer.print_string(")")
        end_of_token(state)
