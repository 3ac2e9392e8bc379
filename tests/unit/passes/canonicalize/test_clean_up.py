"""What the clean-up makes of programs, as the real compiler does; that it comes to rest, and can be watched."""

import pytest

from iree_explorer import syntax
from iree_explorer.dialects import dialect_names, make_context
from iree_explorer.errors import SourceError
from iree_explorer.partitioning.trace.recording import OpIds, Recorder
from iree_explorer.partitioning.trace.steps import Rewritten
from iree_explorer.passes.canonicalize.clean_up import canonicalize
from iree_explorer.passes.canonicalize.greedy.driver import GreedyConfig
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook
from iree_explorer.passes.pipeline import run_pipeline
from tests.unit.passes.canonicalize.golden import PIPELINE, Case, cases

CASES = cases()
every_program = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def _load(text: str) -> syntax.Module:
    return syntax.parse(text, allow_unregistered=True)


def _cleaned(text: str, pipeline: str = PIPELINE) -> str:
    module = _load(text)
    run_pipeline(module, pipeline)
    return syntax.print_module(module.op)


@every_program
def test_text_is_that_of_the_real_compiler(case: Case) -> None:
    assert _cleaned(case.text).rstrip() == case.expected.rstrip()


def test_an_op_that_a_rule_moves_past_its_users_is_refused() -> None:
    text = """util.func @f(%d: !hal.device, %q: i64, %w: !hal.fence, %c: !hal.command_buffer) -> !hal.fence {
  %s = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%w) signal(%s) commands(%c) flags("None")
  %x = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.device.queue.barrier<%d : !hal.device> affinity(%q) wait(%x) signal(%s) flags("None")
  util.return %x : !hal.fence
}"""
    with pytest.raises(SourceError, match="operand #3 does not dominate this use"):
        _cleaned(text)


def test_an_op_that_a_rule_has_signal_what_it_waits_for_is_refused() -> None:
    text = """util.func @f(%d: !hal.device, %q: i64, %w: !hal.fence, %c: !hal.command_buffer) {
  %s = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%w) signal(%s) commands(%c) flags("None")
  hal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%w) signal(%s) commands(%c) flags("None")
  hal.device.queue.barrier<%d : !hal.device> affinity(%q) wait(%s) signal(%w) flags("None")
  util.return
}"""
    with pytest.raises(SourceError, match="cannot wait and signal on the same fence"):
        _cleaned(text)


@every_program
def test_second_time_changes_nothing(case: Case) -> None:
    assert _cleaned(case.expected).rstrip() == case.expected.rstrip()


@every_program
@pytest.mark.parametrize("options", ["{top-down=false}", "{top-down=false region-simplify=aggressive}"])
def test_every_way_to_go_about_it_comes_to_valid_ir_at_rest(case: Case, options: str) -> None:
    pipeline = f"builtin.module(canonicalize{options})"
    once = _cleaned(case.text, pipeline)
    assert _cleaned(once, pipeline) == once


@every_program
def test_watching_changes_nothing(case: Case) -> None:
    module = _load(case.text)
    recorder = Recorder(OpIds(module.op))
    run_pipeline(module, PIPELINE, witness=recorder)
    assert syntax.print_module(module.op).rstrip() == case.expected.rstrip()


@every_program
def test_steps_tell_of_every_op_that_comes_or_goes(case: Case) -> None:
    module = _load(case.text)
    ids = OpIds(module.op)
    there = set(range(len(ids.names)))
    recorder = Recorder(ids)
    canonicalize(module.op, config=GreedyConfig(simplify_regions=False), witness=recorder)
    for step in recorder.steps:
        assert isinstance(step, Rewritten)
        there.update(step.after)
    left = {ids.of(op) for op in module.op.walk()}
    assert left <= there


FORESTALLED = frozenset(
    {
        "ElideEmptyCmdRegionOp",
        "ElideImmediateHostAwaits",
        "ElideInPlaceUpdate",
        "ElideUnusedTimepointAwait",
        "FoldBufferSubspanOps",
        "FoldTensorCloneIntoLoad",
        "InsertSliceOpSourceCastInserter",
        "ReplaceIfYieldWithConditionOrValue",
        "SimplifyCondBranchFromCondBranchOnSameCondition",
    }
)
"""Patterns before which another rule, or that the op is dead, mostly comes."""


def test_every_rule_is_applied_in_some_program() -> None:
    applied: set[str] = set()
    folded: set[str] = set()
    for case in CASES:
        module = _load(case.text)
        recorder = Recorder(OpIds(module.op))
        run_pipeline(module, PIPELINE, witness=recorder)
        steps = [step for step in recorder.steps if isinstance(step, Rewritten)]
        applied.update(step.pattern for step in steps)
        folded.update(recorder.ids.names[step.op] for step in steps if step.pattern == "fold")
    context = make_context()
    book = RuleBook()
    rules = {op.name: book[op] for name in dialect_names() for op in context.get_dialect(name).operations}
    registered = {pattern.name for each in rules.values() for pattern in each.patterns}
    assert registered - applied == FORESTALLED
    # Functions of the C library differ from machine to machine; `tests/conformance` compares those.
    foldable = {name for name, each in rules.items() if each.fold is not None and not name.startswith("math.")}
    assert foldable <= folded


REWRITES = """
func.func @f(%a: i32) -> i32 {
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %0 = arith.addi %a, %c1 : i32
  %1 = arith.addi %0, %c2 : i32
  %2 = arith.muli %1, %c1 : i32
  return %2 : i32
}
"""


def test_steps_name_what_was_applied_and_to_what() -> None:
    module = _load(REWRITES)
    recorder = Recorder(OpIds(module.op))
    assert canonicalize(module.op, witness=recorder)
    steps = [step for step in recorder.steps if isinstance(step, Rewritten)]
    names = recorder.ids.names
    told = [(step.pattern, [names[op] for op in step.before]) for step in steps]
    assert ("fold", ["arith.muli"]) in told
    assert ("AddIAddConstant", ["arith.addi"]) in told
    assert ("dead operation", ["arith.addi"]) in told


def _aligned(start: str, step: str, steps: int) -> str:
    """A function that aligns the last of a chain of values."""
    lines = [f"  %v0 = {start} : index", *(f"  %v{n + 1} = {step.format(n)} : index" for n in range(steps))]
    head = "util.func public @f(%a: index) -> index {\n  %c16 = arith.constant 16 : index\n"
    return head + "\n".join(lines) + f"\n  %r = util.align %v{steps}, %c16 : index\n  util.return %r : index\n}}"


def test_alignment_is_followed_through_thousands_of_sums() -> None:
    cleaned = _cleaned(
        _aligned("util.align %a, %c16", "arith.addi %v{}, %v0", 3000), "builtin.module(util.func(canonicalize))"
    )
    assert cleaned.count("util.align") == 1


def test_alignment_is_asked_of_each_square_of_squares_once() -> None:
    pipeline = "builtin.module(util.func(canonicalize))"
    cleaned = _cleaned(_aligned("arith.addi %a, %a", "arith.muli %v{0}, %v{0}", 60), pipeline)
    assert cleaned.count("util.align") == 1
    cleaned = _cleaned(_aligned("util.align %a, %c16", "arith.muli %v{0}, %v{0}", 60), pipeline)
    assert cleaned.count("util.align %arg0") == cleaned.count("util.align") == 1


LOAD = """
util.func public @f(%t: !stream.timepoint, %scope: !util.buffer, %key: !util.buffer, %a: index) -> !stream.resource<constant> {{
  %c0_i64 = arith.constant 0 : i64
  %size = arith.constant 1000000 : index
  %r:2 = stream.cmd.parameter.load await(%t) => {{
    %scope::%key[%c0_i64] : !stream.resource<constant>{{%size}}
  }} => !stream.timepoint
{chain}
  %view = stream.resource.subview %r#0[%v{last}] : !stream.resource<constant>{{%size}} -> !stream.resource<constant>{{%a}}
  util.return %view : !stream.resource<constant>
}}
"""


def test_what_makes_an_offset_is_moved_with_all_that_makes_it() -> None:
    last = 3000
    adds = (f"  %v{n + 1} = arith.addi %v{n}, %v{max(n - 1, 0)} : index" for n in range(last))
    chain = "\n".join(["  %v0 = arith.muli %a, %a : index", *adds])
    cleaned = _cleaned(LOAD.format(chain=chain, last=last), "builtin.module(util.func(canonicalize))")
    assert "stream.resource.subview" not in cleaned
    assert cleaned.index("stream.cmd.parameter.load") > cleaned.rindex("arith.addi")


def test_giving_up_is_told() -> None:
    module = _load(REWRITES)
    assert not canonicalize(module.op, config=GreedyConfig(max_iterations=1))
    assert canonicalize(module.op, config=GreedyConfig(max_iterations=3))


def test_ops_that_were_made_are_told() -> None:
    module = _load(REWRITES)
    made = []
    canonicalize(module.op, made=made)
    assert {op.name for op in made} == {"arith.constant", "arith.addi"}


def test_every_pattern_and_folder_says_what_it_does() -> None:
    book = RuleBook()
    ops = {type(op) for case in CASES for op in _load(case.text).op.walk()}
    rules = [book[cls] for cls in ops]
    patterns = {pattern.name: pattern.summary for each in rules for pattern in each.patterns}
    assert len(patterns) > 100
    assert [name for name, summary in patterns.items() if len(summary) < 10 or "#" in summary] == []
    assert [each.folding for each in rules if not each.folding or "#" in each.folding] == []


def test_a_step_says_what_its_pattern_does() -> None:
    module = _load(
        "util.func @f(%t: !stream.timepoint) -> !stream.timepoint {\n"
        "  %0 = stream.timepoint.join max(%t, %t) => !stream.timepoint\n"
        "  util.return %0 : !stream.timepoint\n}\n"
    )
    recorder = Recorder(OpIds(module.op))
    canonicalize(module.op, witness=recorder)
    assert [step.sentence({step.op: "%0"}) for step in recorder.steps if isinstance(step, Rewritten)] == [
        "clean-up at %0: waits for each timepoint once (FoldDuplicateTimepointJoinOperands)",
        "clean-up at %0: a join of reached timepoints is reached; a join of one is that one (fold)",
    ]


def test_a_long_chain_behind_a_result_that_is_not_used_goes_without_recursion() -> None:
    type_ = "!iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>"
    chain = "\n".join(f'%t{i + 1} = "t.a"(%t{i}) : ({type_}) -> {type_}' for i in range(5000))
    cleaned = _cleaned(f"""util.func public @f(%n: index) -> tensor<8xf32> {{
  %0:2 = flow.dispatch.workgroups(%n) : (index) -> (tensor<8xf32>, tensor<8xf32>) = (%x: index, %out: {type_}, %t0: {type_}) {{
    "t.keep"(%x, %out) : (index, {type_}) -> ()
    {chain}
    flow.return
  }}
  util.return %0#0 : tensor<8xf32>
}}""")
    assert "t.keep" in cleaned
    assert "t.a" not in cleaned


def test_a_long_chain_of_maps_is_one_map() -> None:
    chain = "\n".join(f"  %a{i + 1} = affine.apply affine_map<(d0) -> (d0 floordiv 3 + 1)>(%a{i})" for i in range(80))
    cleaned = _cleaned(f"util.func public @f(%a0: index) -> index {{\n{chain}\n  util.return %a80 : index\n}}")
    assert cleaned.count("affine.apply") == 1
    assert cleaned.count(" floordiv 3 + 1") == 80


def test_equal_complex_numbers_stay_a_constant() -> None:
    """The real tool crashes: there is no constant of one complex number to fill with."""
    text = """util.func public @f() -> !stream.resource<constant> {
  %c64 = arith.constant 64 : index
  %0 = stream.async.constant : !stream.resource<constant>{%c64} = dense<(1.0,2.0)> : tensor<8xcomplex<f32>>
  util.return %0 : !stream.resource<constant>
}"""
    assert "dense<(1.000000e+00,2.000000e+00)> : tensor<8xcomplex<f32>>" in _cleaned(text)
