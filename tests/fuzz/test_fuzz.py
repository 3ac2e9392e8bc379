"""Broken programs are refused with a place, or go through; nothing else. `python -m tests.fuzz` tries many more."""

from random import Random

import pytest

from tests.fuzz.judge import judge, judge_in_time, mutant, op_mutant
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.nesting import ATTRIBUTES, REGIONS, nested_attributes, nested_regions
from tests.fuzz.op_mutations import OP_MUTATIONS, broken
from tests.fuzz.op_text import is_terminator, ops_in, outermost
from tests.fuzz.programs import pool

COUNT = 400
DEPTHS = (250, 10_000)


def test_every_program_of_the_pool_goes_through() -> None:
    refused = [verdict.text for verdict in map(judge, (text.encode() for text in pool()[::9])) if verdict.is_harm]
    assert refused == []


@pytest.mark.parametrize("first", range(0, COUNT, 50))
def test_mutants_do_no_harm(first: int) -> None:
    for number in range(first, first + 50):
        made = mutant(number)
        verdict = judge_in_time(made.data)
        assert verdict.outcome in ("accepted", "refused"), (number, made.kind, verdict)


@pytest.mark.parametrize("first", range(0, COUNT // 2, 50))
def test_programs_with_one_op_broken_do_no_harm(first: int) -> None:
    for number in range(first, first + 50):
        made = op_mutant(number)
        verdict = judge_in_time(made.data)
        assert verdict.outcome in ("accepted", "refused"), (number, made.kind, verdict)


@pytest.mark.parametrize("name", REGIONS)
def test_regions_nest_deep(name: str) -> None:
    for depth in DEPTHS:
        assert judge_in_time(nested_regions(name, depth).encode()).outcome in ("accepted", "refused")


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes_nest_deep(name: str) -> None:
    for depth in DEPTHS:
        assert judge_in_time(nested_attributes(name, depth).encode()).outcome in ("accepted", "refused")


def test_deep_programs_go_through_where_the_stack_is_deep_already() -> None:
    def below(frames: int) -> str:
        return below(frames - 1) if frames else judge(nested_regions("scf.if", DEPTHS[0]).encode()).outcome

    assert below(500) == "accepted"


def test_a_number_always_makes_the_same_mutant() -> None:
    made = [mutant(number) for number in range(60)]
    assert made == [mutant(number) for number in range(60)]
    assert len({one.kind for one in made}) > len(MUTATIONS) // 2
    assert made != [mutant(number, seed=1) for number in range(60)]


def test_ops_are_found_with_their_regions_and_results() -> None:
    text = """module {
  util.func @f(%a: i1) {
    %0:2 = scf.if %a -> (i1, i1) {
      scf.yield %a, %a : i1, i1  // {
    } else {
      "scf.yield"(%a, %a) : (i1, i1) -> ()
    }
    util.return
  }
}
"""
    ops = ops_in(text)
    assert [op.name for op in ops] == ["module", "util.func", "scf.if", "scf.yield", '"scf.yield"', "util.return"]
    assert text[ops[2].start : ops[2].operands] == "    %0:2 = "
    assert text[: ops[2].end].endswith(" : (i1, i1) -> ()\n    }")
    assert [op.name for op in ops if is_terminator(text, op)] == [
        "util.func",
        "scf.yield",
        '"scf.yield"',
        "util.return",
    ]
    assert {outermost(ops, op).name for op in ops[1:]} == {"util.func"}


def test_a_number_always_breaks_the_same_op() -> None:
    made = [op_mutant(number) for number in range(20)]
    assert made == [op_mutant(number) for number in range(20)]
    assert made != [op_mutant(number, seed=1) for number in range(20)]


@pytest.mark.parametrize("kind", OP_MUTATIONS)
def test_each_kind_breaks_some_program(kind: str) -> None:
    assert any(broken(text, kind, Random(0)) != text for text in pool()[::9])
