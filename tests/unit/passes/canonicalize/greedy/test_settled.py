"""Rules that are not tried again where nothing near has changed: the text is what it is when they are tried everywhere."""

from collections.abc import Callable

import pytest
from typing_extensions import override
from xdsl.ir import Operation

from bench.programs import Shape, dispatches
from iree_explorer.errors import ExplorerError
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, RuleBook, Rules
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


def _stays_loud(_: Settled, __: Operation) -> None: ...


def _without_settling(source: str, passes: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        known = Settled.__init__

        def settles_nothing(self: Settled, *args: object) -> None:
            known(self, *args)  # pyright: ignore[reportArgumentType]
            self.ids = _Nothing()

        patch.setattr(Settled, "__init__", settles_nothing)
        patch.setattr(Settled, "quieten", _stays_loud)
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


_TURNS = """
util.func public @f(%c: i1, %a: i32) -> i32 {
  %k = arith.constant 1 : i32
  cf.br ^bb0(%k : i32)
^bb0(%x: i32):
  %y = arith.addi %x, %k : i32
  %v = scf.if %c -> (i32) {
    %w = arith.muli %y, %a : i32
    scf.yield %w : i32
  } else {
    %w = arith.extui %c : i1 to i32
    scf.yield %w : i32
  }
  cf.br ^bb1(%y, %v : i32, i32)
^bb1(%z: i32, %u: i32):
  %s = arith.subi %z, %k : i32
  %t = scf.if %c -> (i32) {
    %w = arith.addi %u, %s : i32
    scf.yield %w : i32
  } else {
    %w = arith.xori %u, %s : i32
    scf.yield %w : i32
  }
  cf.cond_br %c, ^bb2(%t : i32), ^bb0(%t : i32)
^bb2(%r: i32):
  util.return %r : i32
}
"""


@pytest.mark.parametrize("passes", ["execution", "canonicalize"])
def test_blocks_and_branches_that_merge_print_the_same(passes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _text(_TURNS, passes) == _without_settling(_TURNS, passes, monkeypatch)


def _blocks(count: int) -> str:
    blocks = [
        f"^bb{n}(%x{n}: i32):\n  %y{n} = arith.addi %x{n}, %a : i32\n  cf.br ^bb{n + 1}(%y{n} : i32)\n"
        for n in range(count)
    ]
    last = f"^bb{count}(%z: i32):\n  util.return %z : i32\n}}\n"
    return "util.func public @f(%a: i32) -> i32 {\n  cf.br ^bb0(%a : i32)\n" + "".join(blocks) + last


def test_ops_of_blocks_that_are_merged_again_and_again_are_not_folded_as_often(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[Operation] = []
    known = Rules.folded

    def fold(rules: Rules, op: Operation) -> Folded | None:
        folded.append(op)
        return known(rules, op)

    monkeypatch.setattr(Rules, "folded", fold)
    assert "^bb" not in _text(_blocks(50), "execution")
    assert len(folded) < 4 * 50


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


_CHAIN = """
util.func public @f(%a: i32, %b: i32) -> i32 {
  %c = arith.extui %a : i32 to i64
  %d = arith.trunci %c : i64 to i32
  %e = arith.addi %b, %d : i32
  util.return %e : i32
}
"""


@pytest.mark.parametrize("changed", ["arith.extui", "arith.trunci", "arith.addi", "util.return"])
def test_an_op_is_quiet_until_it_or_what_makes_its_operands_changes(changed: str) -> None:
    function = next(iter(parse(_CHAIN).op.body.block.ops))
    rewriter = Rewriter(function.regions[0], RuleBook())
    sum_op = _named(function, "arith.addi")
    assert not rewriter.settled.is_quiet(sum_op)
    rewriter.settled.quieten(sum_op)
    assert rewriter.settled.is_quiet(sum_op)
    rewriter.modified(_named(function, changed))
    assert rewriter.settled.is_quiet(sum_op) == (changed == "util.return")


def test_changes_that_nobody_was_told_of_leave_no_op_quiet() -> None:
    function = next(iter(parse(_CHAIN).op.body.block.ops))
    rewriter = Rewriter(function.regions[0], RuleBook())
    rewriter.settled.quieten(sum_op := _named(function, "arith.addi"))
    rewriter.settled.clear()
    assert not rewriter.settled.is_quiet(sum_op)


def test_classes_look_back_where_all_their_rules_do() -> None:
    book, module = RuleBook(), parse(_CHAIN)
    for name in ("arith.extui", "arith.trunci", "arith.addi"):
        assert book[type(_named(module.op, name))].looks_back
    assert not book[type(_named(module.op, "util.return"))].looks_back
