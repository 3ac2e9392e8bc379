"""A tenth of the time until a command reads its input, saved: assembly formats of xDSL's own ops are compiled when they are used.

xDSL compiles the format of each op while the op's dialect is imported; a program has few of a dialect's ops. The ops of this
package are defined so that nothing needs to be changed for it (`ir.definition`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from xdsl.irdl import OpDef
from xdsl.irdl.declarative_assembly_format import FormatDirective, FormatProgram

_Read = Callable[[str, OpDef], FormatProgram]


def compile_formats_late() -> None:
    """From now on and for all of the process, the assembly formats of new op classes are compiled by the first use.

    Only for a process that is all ours: it changes xDSL.
    """
    read: _Read = FormatProgram.from_str
    if read is not _late_program:
        _LateProgram.compile = staticmethod(read)
        FormatProgram.from_str = staticmethod(_late_program)


class _LateProgram(FormatProgram):
    """A format that is compiled when its statements are asked for."""

    compile: _Read

    def __init__(self, text: str, definition: OpDef) -> None:
        self.__dict__["_compiled"] = partial(self.compile, text, definition)

    @cached_property
    def stmts(self) -> tuple[FormatDirective, ...]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The statements."""
        compiled: Callable[[], FormatProgram] = self.__dict__["_compiled"]
        return compiled().stmts


def _late_program(input: str, op_def: OpDef) -> FormatProgram:  # noqa: A002 (as xDSL calls it)
    return _LateProgram(input, op_def)
