"""Lists that are printed at once read as those that are printed one by one."""

import pytest
from xdsl.dialects.builtin import i32
from xdsl.ir import Attribute

from bench.programs import Shape, dispatches
from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.ir.assembly.columns import sized_type_texts
from iree_explorer.ir.storage import make_block
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse, print_module
from iree_explorer.syntax.printing.names import Names
from iree_explorer.syntax.printing.printer import TextPrinter

_TIED = """\
util.func public @main(%arg0: !stream.resource<external>, %arg1: !stream.resource<transient>, %arg2: index, %arg3: index) {
  %results:2, %result_timepoint = stream.async.execute with(%arg0 as %arg4: !stream.resource<external>{%arg2}, \
%arg1 as %arg5: !stream.resource<transient>{%arg3}) -> (!stream.resource<transient>{%arg3}, %arg0{%arg2}) {
    stream.yield %arg5, %arg4 : !stream.resource<transient>{%arg3}, !stream.resource<external>{%arg2}
  } => !stream.timepoint
  util.return
}"""


def test_programs_print_the_same_in_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    scheduled = schedule(parse(dispatches(200, Shape(devices=3))), trace=False).module.op
    modules = [parse(_TIED).op, scheduled]
    texts = [print_module(module, short_cuts=False) for module in modules]
    monkeypatch.setattr(TextPrinter, "texts_of_types", _none)
    assert [print_module(module, short_cuts=False) for module in modules] == texts
    assert (
        "%arg5: !stream.resource<transient>{%arg3}) -> (!stream.resource<transient>{%arg3}, %arg0{%arg2}) {" in texts[0]
    )


def _none(_: TextPrinter, __: object) -> None:
    return None


@pytest.mark.parametrize(
    ("types", "sizes", "wanted"),
    [
        (
            [ResourceType(Lifetime.TRANSIENT)] * 2,
            2,
            ["!stream.resource<transient>{%a}", "!stream.resource<transient>{%b}"],
        ),
        ([ResourceType(Lifetime.TRANSIENT)] * 2, 1, None),
        ([i32, i32], 2, None),
        ([], 0, []),
    ],
)
def test_each_type_has_one_size(types: list[Attribute], sizes: int, wanted: list[str] | None) -> None:
    values = make_block([i32] * sizes).args
    printer = TextPrinter(Names({id(value): name for value, name in zip(values, ("%a", "%b"), strict=False)}))
    assert sized_type_texts(printer, types, values) == wanted
