"""Rules that are not tried again where nothing near has changed: the text is what it is when they are tried everywhere."""

from collections.abc import Callable

import pytest
from typing_extensions import override
from xdsl.ir import Operation

from bench.programs import Shape, dispatches
from iree_explorer.errors import ExplorerError
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook
from iree_explorer.passes.canonicalize.greedy.settled import Settled
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.conformance.generator import edge_program, mixed_program, program


class _Nothing(set[int]):
    """Where no op ever settles; counts how often one would have been found."""

    found = 0

    @override
    def __contains__(self, key: object) -> bool:
        _Nothing.found += super().__contains__(key)
        return False


def _text(source: str, passes: str) -> str:
    module = parse(source)
    try:
        run_pipeline(module, oracle.pipeline(passes))
    except ExplorerError as error:
        return str(error)
    return print_module(module.op)


def _without_settling(source: str, passes: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        known = Settled.__init__

        def settles_nothing(self: Settled, *args: object) -> None:
            known(self, *args)  # pyright: ignore[reportArgumentType]
            self.ids = _Nothing()

        patch.setattr(Settled, "__init__", settles_nothing)
        return _text(source, passes)


@pytest.mark.parametrize("make", [program, edge_program, mixed_program])
def test_generated_programs_print_the_same(make: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    _Nothing.found = 0
    for seed in range(40):
        source = make(seed)
        for passes in ("execution", "canonicalize"):
            assert _text(source, passes) == _without_settling(source, passes, monkeypatch), (seed, passes)
    assert _Nothing.found > 100


@pytest.mark.parametrize(
    "shape", [Shape(flush_every=2, reach=4), Shape(flush_every=5, devices=3, turn=2), Shape(layer=2)]
)
def test_chains_of_small_regions_print_the_same(shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(10):
        source = dispatches(60, shape, seed)
        assert _text(source, "execution") == _without_settling(source, "execution", monkeypatch), seed


_NESTED = """
util.func public @f(%a: index) {
  %b = arith.addi %a, %a : index
  scf.execute_region {
    %c = arith.muli %b, %a : index
    %d = arith.subi %c, %a : index
    scf.yield
  }
  util.return
}
"""


def _named(op: Operation, name: str) -> Operation:
    return next(inner for inner in op.walk() if inner.name == name)


@pytest.mark.parametrize("change", ["operand", "property", "insertion", "erasure"])
def test_a_change_unsettles_the_op_and_those_around_it(change: str) -> None:
    function = next(iter(parse(_NESTED).op.body.block.ops))
    rewriter = Rewriter(function.regions[0], RuleBook())
    rewriter.settled.ids.update(map(id, function.walk()))
    changed, around = _named(function, "arith.subi"), _named(function, "scf.execute_region")
    beside, maker = _named(function, "arith.muli"), _named(function, "arith.addi")
    if change == "operand":
        rewriter.set_operand(changed, 0, maker.results[0])
    elif change == "property":
        rewriter.set_property(changed, "overflowFlags", None)
    elif change == "insertion":
        rewriter.set_insertion_point(changed)
        rewriter.insert(beside.clone())
    else:
        rewriter.erase_op(changed)
    settled = rewriter.settled.ids
    assert id(around) not in settled
    assert id(beside) in settled
    assert id(maker) in settled
    assert (id(changed) in settled) == (change == "insertion")


@pytest.mark.parametrize(("moved", "target"), [("arith.subi", "arith.addi"), ("arith.addi", "arith.subi")])
def test_a_move_unsettles_what_was_around_the_op_and_what_is(moved: str, target: str) -> None:
    function = next(iter(parse(_NESTED).op.body.block.ops))
    rewriter = Rewriter(function.regions[0], RuleBook())
    rewriter.settled.ids.update(map(id, function.walk()))
    rewriter.move_before(_named(function, moved), _named(function, target))
    settled = rewriter.settled.ids
    assert id(_named(function, moved)) not in settled
    assert id(_named(function, "scf.execute_region")) not in settled
    assert id(_named(function, target)) in settled
