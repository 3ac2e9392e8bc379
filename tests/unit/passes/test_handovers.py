"""Regions that wait for one another from the start: no wait of the host is made, and nobody can tell afterwards."""

from collections import Counter

import pytest

from bench.programs import SHAPES, Shape, dispatches
from iree_explorer.errors import PassError
from iree_explorer.passes import schedule_execution
from iree_explorer.passes.handovers import Handovers
from iree_explorer.passes.outline import Outline
from iree_explorer.passes.redirection import Redirection
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse
from tests.conformance.generator import edge_program, program


def uses(module: Module) -> list[list[tuple[int, int]]]:
    """The use list of each value, ops by their number in the text."""
    ops = list(module.op.walk())
    numbers = {op: number for number, op in enumerate(ops)}
    arguments = [argument for op in ops for region in op.regions for block in region.blocks for argument in block.args]
    values = [*arguments, *(result for op in ops for result in op.results)]
    return [[(numbers[use.operation], use.index) for use in value.uses] for value in values]


def scheduled(text: str, *, trace: bool) -> tuple[str, list[list[tuple[int, int]]]]:
    """The text and the use lists, or the refusal."""
    try:
        found = schedule(parse(text), passes="execution", trace=trace)
    except PassError as error:
        return str(error), []
    return found.text, uses(found.module)


def test_the_clean_up_makes_the_same_of_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Counter[bool] = Counter()
    add = Handovers.add

    def counted(handovers: Handovers, outline: Outline, redirection: Redirection) -> bool:
        answers[found := add(handovers, outline, redirection)] += 1
        return found

    monkeypatch.setattr(Handovers, "add", counted)
    shapes = (
        *SHAPES.values(),
        Shape(reach=6, flush_every=3),
        Shape(devices=3, turn=1, reach=9),
        Shape(turn=5, devices=2, flush_every=7),
    )
    texts = [dispatches(80, shape, seed) for seed, shape in enumerate(shapes)]
    texts += [make(seed) for make in (program, edge_program) for seed in range(30)]
    for text in texts:
        assert scheduled(text, trace=False) == scheduled(text, trace=True)
    assert min(answers[True], answers[False]) > 50


MADE_ANEW = """util.func public @f(%arg0: !hal.buffer_view, %arg1: !hal.buffer_view, %arg2: !hal.buffer_view) -> !hal.buffer_view {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %0 = stream.tensor.import on(#hal.device.affinity<@a>) %arg1 : !hal.buffer_view -> tensor<4xf32> in !stream.resource<external>{%c16}
  %c0_0 = arith.constant 0 : index
  %c0_1 = arith.constant 0 : index
  %c16_2 = arith.constant 16 : index
  %1 = stream.async.dispatch on(#hal.device.affinity<@a>) @ex::@d(%0[%c16 to %c16 for %c16]) : (!stream.resource<external>{%c16}) -> !stream.resource<transient>{%c16}
  %c16_3 = arith.constant 16 : index
  %2 = stream.tensor.import on(#hal.device.affinity<@a>) %arg2 : !hal.buffer_view -> tensor<4xf32> in !stream.resource<external>{%c16_2}
  %3 = stream.tensor.import on(#hal.device.affinity<@a>) %arg0 : !hal.buffer_view -> tensor<4xf32> in !stream.resource<external>{%c16_3}
  %4 = stream.async.dispatch on(#hal.device.affinity<@a>) @ex::@d(%3[%c0_1 to %c16_3 for %c16_3]) : (!stream.resource<external>{%c0_0}) -> !stream.resource<transient>{%c16_3}
  %5 = stream.async.dispatch on(#hal.device.affinity<@a>) @ex::@d(%2[%c0_0 to %c16 for %c16_2]) : (!stream.resource<external>{%c16_2}) -> !stream.resource<transient>{%c16_2}
  %6 = stream.async.dispatch on(#hal.device.affinity<@b>) @ex::@d(%1[%c0 to %c0_0 for %c16]) : (!stream.resource<transient>{%c16}) -> !stream.resource<transient>{%c16}
  %7 = stream.async.transfer %5 : !stream.resource<transient>{%c16_2} from(#hal.device.affinity<@b>) -> to(#hal.device.affinity<@a>) !stream.resource<external>{%c16_2}
  %8 = stream.tensor.export on(#hal.device.affinity<@a>) %7 : tensor<4xf32> in !stream.resource<external>{%c16_2} -> !hal.buffer_view
  util.return %8 : !hal.buffer_view
}"""
"""A constant that is there twice has its user visited first: a region, of which a capture goes as nothing uses it."""


def test_a_region_that_was_made_anew_is_waited_for() -> None:
    text, _ = found = scheduled(MADE_ANEW, trace=False)
    assert "on(#hal.device.affinity<@b>) await(%result_timepoint)" in text
    assert found == scheduled(MADE_ANEW, trace=True)


def test_the_host_waits_for_nothing_that_only_regions_take_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def outlined(*_: object, **__: object) -> None:
        """In the place of the clean-up: only what it starts with is looked at."""

    monkeypatch.setattr(schedule_execution, "_clean_up", outlined)
    text = dispatches(40, Shape(devices=4, turn=1))
    assert waits(text, trace=False) == 1
    assert waits(text, trace=True) > 20, "whoever watches sees the compiler's way"


def waits(text: str, *, trace: bool) -> int:
    """How often the host waits."""
    return schedule(parse(text), passes="execution", trace=trace).text.count("stream.timepoint.await")


def test_what_a_refusal_shows_is_numbered_as_the_compiler_numbers_it() -> None:
    """Here a block is refused that is scheduled after another one, whose waits count."""
    text = edge_program(252)
    refusal, _ = scheduled(text, trace=False)
    assert "circular dependency: input operation uses partition output %" in refusal
    assert refusal == scheduled(text, trace=True)[0]
