"""What the values of ops are called in the text. Import from `interfaces`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeAlias

from xdsl.ir import Operation, Region, SSAValue


class OpAsmOpInterface(Operation):
    """How an op's values are called in the text. MLIR: OpAsmOpInterface.

    Attributes:
        RESULT_NAMES: of the first results, where they are always called the same.
    """

    RESULT_NAMES: ClassVar[tuple[str, ...]] = ()

    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        """The results that have a name of their own, in result order; a name groups the unnamed ones after it."""
        return zip(self.results, self.RESULT_NAMES, strict=False)

    def asm_block_arg_names(self, region: Region) -> Iterable[tuple[SSAValue, str]]:  # noqa: ARG002  (a hook)
        """The block arguments of `region`, one of this op's, that have a name of their own."""
        return ()


ResultNamer: TypeAlias = Callable[[Operation], Iterable[tuple[SSAValue, str]]]
"""An `asm_result_names` that is no method."""

ASM_RESULT_NAMES: dict[type[Operation], ResultNamer] = {}
"""`asm_result_names` of op classes that are not ours, filled by the modules that register them."""


def always_named(name: str) -> ResultNamer:
    """Calls the first result of every op `name`."""
    return lambda op: ((op.results[0], name),)


class PrintsAroundRegion(Operation):
    """An op of one region whose text around it depends on nothing in the region but the names of its arguments."""
