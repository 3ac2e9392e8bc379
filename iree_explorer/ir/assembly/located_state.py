"""Where the operands of an op were read, for errors that are found later."""

from __future__ import annotations

from typing import NoReturn

from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import ParsingState, VariadicOperandVariable
from xdsl.parser import Parser


class LocatedState(ParsingState):
    """What is read of an op.

    Attributes:
        places: per number of an operand group that was read: where it began.
    """

    def __init__(self, op_type: type[IRDLOperation]) -> None:
        super().__init__(op_type)
        self.places: dict[int, int] = {}


def note_place(group: VariadicOperandVariable, parser: Parser, state: ParsingState) -> None:
    """Says that `group` begins here."""
    assert isinstance(state, LocatedState)
    state.places[group.index] = parser.pos


def raise_counts(
    group: VariadicOperandVariable, operands: int, types: int, parser: Parser, state: ParsingState
) -> NoReturn:
    """Refuses so many operands of so many types. MLIR: OpImplementation.h, resolveOperands."""
    assert isinstance(state, LocatedState)
    counts = f"got {operands} operands and {types} types"
    words = f"custom op '{state.op_type.name}' number of operands and types do not match: {counts}"
    parser.raise_error(words, state.places.get(group.index, parser.pos))
