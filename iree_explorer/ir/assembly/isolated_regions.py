"""Regions in which all names of values may be used anew."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.ir import Region
from xdsl.parser import Parser


class IsolatingParser(Parser):
    """A parser that keeps the names of a region apart from those around it."""

    def parse_isolated_region(self, arguments: Iterable[Parser.Argument]) -> Region:
        """Reads a region that sees no name from outside, and may use each for something else.

        MLIR: OpImplementation.h, parseRegion with `enableNameShadowing`
        """
        raise NotImplementedError
