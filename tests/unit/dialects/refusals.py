"""Programs that break a rule: where they are refused and in which words."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse

ARGUMENTS = (
    "%i: i32",
    "%l: i64",
    "%b: i1",
    "%x: index",
    "%y: index",
    "%z: index",
    "%r: !stream.resource<*>",
    "%t: !stream.resource<transient>",
    "%s: !stream.resource<staging>",
    "%e: !stream.resource<external>",
    "%tp: !stream.timepoint",
    "%ch: !stream.channel",
    "%k: !util.buffer",
    "%f: f32",
    "%v: tensor<4xf32>",
    "%dyn: tensor<?x4xf32>",
    "%bv: !hal.buffer_view",
    "%d: !hal.device",
    "%li: !util.list<i32>",
    "%w: !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>",
    "%o: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8x4xf32>>",
)


def refusal(text: str) -> tuple[tuple[int, int], str]:
    """Line, column and message of the error that `text` is refused with."""
    with pytest.raises(SourceError) as caught:
        parse(text, "program.mlir")
    first = str(caught.value).splitlines()[0].removeprefix("program.mlir:")
    place, _, message = first.partition(": error: ")
    line, _, column = place.partition(":")
    return (int(line), int(column)), message


def refusal_in_function(body: str) -> tuple[tuple[int, int], str]:
    """As `refusal`, of `body` in a function with arguments of many types; the line is that of the body."""
    lines = "\n".join(f"  {line}" for line in body.splitlines())
    (line, column), message = refusal(f"util.func private @f({', '.join(ARGUMENTS)}) {{\n{lines}\n  util.return\n}}\n")
    return (line - 1, column), message
