"""What custom syntax asks of a parser besides xDSL's: regions with names of their own, elements without their type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xdsl.dialects.builtin import TensorType
from xdsl.ir import Attribute, Region, SSAValue
from xdsl.ir.affine import AffineMap
from xdsl.parser import Parser


@dataclass
class NumberedArgument(Parser.Argument):
    """An argument of a region that may be named like one result of several, `%name#1`.

    Attributes:
        number: behind the name; 0 where there is none.
    """

    number: int = 0


class MLIRParser(Parser, ABC):
    """A parser that reads more of what MLIR's reads.

    Attributes:
        op_offset: the place of the op that is being parsed.
    """

    op_offset: int

    @abstractmethod
    def parse_isolated_region(self, arguments: Sequence[Parser.Argument]) -> Region:
        """Reads a region that sees no name from outside, and may use each for something else.

        MLIR: OpImplementation.h, parseRegion with `enableNameShadowing`
        """

    @abstractmethod
    def parse_elements(self, type_: TensorType[Any]) -> Attribute:
        """Reads `dense<…>` or `dense_resource<…>` of a type that goes without saying, or any other attribute.

        MLIR: OpImplementation.h, parseAttribute with a type
        """

    @abstractmethod
    def parse_grouped_map_of_values(self, word: str) -> tuple[AffineMap, Sequence[SSAValue], Sequence[int]]:
        """Reads `(%a + 1, word(%b, symbol(%c)))`, expressions of values of which some are grouped by a word.

        Returns:
            The map, its operands, and how many of its results are in each group; one alone is a group.
        """
