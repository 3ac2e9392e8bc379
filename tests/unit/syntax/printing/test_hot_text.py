"""Ops like earlier ones are printed from what was learnt, as their assembly formats print them."""

from xdsl.ir import Operation

from bench.programs import dispatches
from iree_explorer.errors import ExplorerError
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse, print_module
from iree_explorer.syntax.printing.hot_text import HotText
from iree_explorer.syntax.printing.names import Names
from iree_explorer.syntax.printing.printer import TextPrinter
from tests.conformance.generator import program


def texts() -> list[str]:
    return [dispatches(200, devices=3), dispatches(200, side_effects=True), *(program(seed) for seed in range(60))]


def test_scheduled_programs_print_the_same_in_both_ways() -> None:
    for text in texts():
        try:
            module = schedule(parse(text), trace=False).module.op
        except ExplorerError:
            continue
        assert print_module(module, short_cuts=True) == print_module(module, short_cuts=False)


def learnt(module: Operation, name: str) -> int:
    """How many ops called `name` of a module are printed from what was learnt of the others."""
    printer = TextPrinter(Names.of(module))
    printer.print_op(module)
    hot_text = printer._hot_text
    assert isinstance(hot_text, HotText)
    found = [hot_text.around(op) for op in module.walk() if op.name == name]
    return sum(around is not None for around in found)


def test_regions_alike_are_learnt() -> None:
    module = schedule(parse(dispatches(200)), trace=False).module.op
    assert learnt(module, "stream.async.concurrent") > 10
    assert learnt(module, "stream.executable.export") == 0
