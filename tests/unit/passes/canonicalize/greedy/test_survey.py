"""What a round finds before it changes anything: the same ops in the same order as if each was put on the list, and what is dead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Operation, Region

from iree_explorer.passes.canonicalize.greedy.regions import erase_dead_code
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook
from iree_explorer.passes.canonicalize.greedy.survey import Survey
from iree_explorer.passes.canonicalize.greedy.work_list import WorkList
from iree_explorer.syntax import parse, print_module


def _function(text: str) -> Operation:
    return next(iter(parse(text).op.body.block.ops))


def _survey(op: Operation) -> Survey:
    return Survey(op.regions[0], RuleBook(), ())


def _program(reads: list[tuple[int, int, bool]]) -> str:
    """Additions of earlier values, some kept alive by a host op, some made inside an `scf.if`."""
    lines = ["util.func public @f(%v0: i32, %c: i1) {"]
    for index, (left, right, is_kept) in enumerate(reads, 1):
        lines.append(f"%v{index} = arith.addi %v{left % index}, %v{right % index} : i32")
        if is_kept:
            use = f"util.optimization_barrier %v{index} : i32"
            lines.append(f"scf.if %c {{ %k = {use} }}" if index % 2 else f"%k{index} = {use}")
    return "\n".join([*lines, "util.return", "}"])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=8))
def test_quick_answer_is_the_full_one(reads: list[tuple[int, int, bool]]) -> None:
    op = _function(_program(reads))
    rewriter = Rewriter(op.regions[0], RuleBook())
    before = print_module(op)
    quick = _survey(op).is_all_live
    assert erase_dead_code(rewriter, op.regions[0]) == (not quick)
    assert (print_module(op) == before) == quick


@pytest.mark.parametrize("jump", ["cf.br ^a(%s : i32)", "cf.br ^b"])
def test_values_that_only_feed_each_other_around_a_loop_are_searched_for(jump: str) -> None:
    argument = "(%x: i32)" if "%s" in jump else ""
    other = "%x" if argument else "%c"
    start = "cf.br ^a(%c : i32)" if argument else "cf.br ^a"
    op = _function(
        "util.func public @f(%c: i32) {\n"
        f"{start}\n^a{argument}:\n%s = arith.addi {other}, %c : i32\n{jump}\n^b:\nutil.return\n}}"
    )
    assert not _survey(op).is_all_live


_NESTED = """
util.func public @f(%c: i1, %v: i32) {
  scf.if %c {
    scf.if %c {
      %a = arith.addi %v, %v : i32
    } else {
    }
    %b = arith.addi %v, %v : i32
  } else {
    scf.while : () -> () { scf.condition(%c) } do { scf.yield }
  }
  scf.if %c { %k = util.optimization_barrier %v : i32 }
  util.return
}
"""


def _push_all(work: WorkList, region: Region) -> None:
    for block in region.blocks:
        for op in block.ops:
            for nested in op.regions:
                _push_all(work, nested)
            work.push(op)


def test_ops_are_listed_as_if_pushed_one_by_one() -> None:
    region, book = _function(_NESTED).regions[0], RuleBook()
    work = WorkList(region, book)
    _push_all(work, region)
    assert Survey(region, book, ()).ops[::-1] == [*work.taken()]


def test_an_op_rests_where_its_rules_failed_and_it_is_used_or_cannot_die() -> None:
    region = _function(
        "util.func public @f(%r: !stream.resource<*>, %n: index, %c: i1) -> !stream.resource<*> {\n"
        "%a = stream.async.clone %r : !stream.resource<*>{%n} -> !stream.resource<*>{%n}\n"
        "%b = stream.async.dispatch @ex::@f(%a[%n to %n for %n]) : (!stream.resource<*>{%n}) -> !stream.resource<*>{%n}\n"
        "%d = stream.async.dispatch @ex::@f(%r[%n to %n for %n]) : (!stream.resource<*>{%n}) -> !stream.resource<*>{%n}\n"
        'cf.assert %c, "it is"\n'
        "util.return %b : !stream.resource<*>\n}"
    ).regions[0]
    settled = {id(op) for op in region.block.ops}
    survey = Survey(region, RuleBook(), settled)
    restless = [op.name for place in survey.restless if (op := survey.ops[place]) is not None]
    assert survey.has_dead
    assert restless == [
        "stream.async.clone",
        "stream.async.dispatch",
    ]  # That nothing uses; a clone has rules that look far.
    assert [*Survey(region, RuleBook(), ()).restless] == [*range(4)]
