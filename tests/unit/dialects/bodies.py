"""Ops to ask: bodies of a function with arguments of many types."""

from typing import TypeVar

from xdsl.ir import Operation, SSAValue

from iree_explorer.syntax import parse

PROGRAM = """\
util.global private @a = #hal.device.target<"a"> : !hal.device
util.global private @b = #hal.device.target<"b"> : !hal.device
util.global private mutable @state : i32
util.global private @fixed : i32
util.func private @callee(%v: i32) -> %v attributes {{nosideeffects}}
util.func private @f(%i: i32, %l: i64, %x: index, %y: index, %z: index, %r: !stream.resource<*>, %s: !stream.resource<staging>, %e: !stream.resource<external>, %t: !stream.resource<transient>, %tp: !stream.timepoint, %k: !util.buffer, %v: tensor<?xf32>) {{
{body}
  util.return
}}
"""
Op = TypeVar("Op", bound=Operation)


class Body:
    """The ops of a body, in order of the text, and its arguments by name."""

    def __init__(self, body: str) -> None:
        module = parse(PROGRAM.format(body=body), allow_unregistered=True).op
        *_, self.function = module.ops
        self.block = self.function.regions[0].block
        self.ops = [op for op in self.block.walk() if op is not self.block.last_op]
        names = ("i", "l", "x", "y", "z", "r", "s", "e", "t", "tp", "k", "v")
        self.arguments: dict[str, SSAValue] = dict(zip(names, self.block.args, strict=True))

    def values(self, names: str) -> list[SSAValue]:
        """The arguments of the given names, set apart by blanks."""
        return [self.arguments[name] for name in names.split()]


def only_op(body: str) -> Operation:
    """The one op of a body, or its first."""
    return Body(body).ops[0]
