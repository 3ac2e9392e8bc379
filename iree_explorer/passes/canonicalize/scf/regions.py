"""Rules of `scf.for`, `scf.while`, `scf.execute_region`, `scf.index_switch`. # MLIR: SCF.cpp."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.ir import Attribute, BlockArgument, Operation, OpResult, Region, SSAValue

from iree_explorer.dialects.arith.comparisons import CmpIOp
from iree_explorer.dialects.cf import BranchOp
from iree_explorer.dialects.scf import ConditionOp, ExecuteRegionOp, ForOp, IfOp, WhileOp, YieldOp
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.operands import splice_operands
from iree_explorer.passes.canonicalize.arith.compare import INVERTED, predicate_of
from iree_explorer.passes.canonicalize.building import bool_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.region_branches import REGION_BRANCH_PATTERNS, inlining_pattern
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern

# --- scf.for ---


def _lower_bound(op: Operation, counter: BlockArgument) -> SSAValue:  # noqa: ARG001  (the only such argument)
    assert isinstance(op, ForOp)
    return op.lower_bound


# --- scf.execute_region ---


@pattern("MultiBlockExecuteInliner")
def _multi_block_execute_inliner(op: ExecuteRegionOp, rewriter: Rewriter) -> bool:
    """Makes the blocks of the region blocks of the function."""
    if op.no_inline is not None or not _may_have_blocks(op.parent_op()):
        return False
    before = op.parent
    assert before is not None
    after = rewriter.split_block(before, op)
    rewriter.set_insertion_point_to_end(before)
    rewriter.insert(BranchOp(op.region.blocks[0]))
    for block in op.region.blocks:
        last = block.last_op
        if isinstance(last, YieldOp):
            rewriter.set_insertion_point(last)
            rewriter.insert(BranchOp(after, *last.results_))
            rewriter.erase_op(last)
    op.region.move_blocks_before(after)
    rewriter.replace_op(op, [after.insert_arg(result.type, len(after.args)) for result in op.results])
    return True


def _may_have_blocks(op: Operation | None) -> bool:
    return isinstance(op, FunctionOpInterface | ExecuteRegionOp)


def _may_inline(op: Operation) -> bool:
    return isinstance(op, ExecuteRegionOp) and op.no_inline is None


# --- scf.while ---


def _condition(op: WhileOp) -> ConditionOp:
    last = op.before.block.last_op
    assert isinstance(last, ConditionOp)
    return last


@pattern("WhileConditionTruth")
def _while_condition_truth(op: WhileOp, rewriter: Rewriter) -> bool:
    """In the body the condition, passed to it, is true."""
    condition = _condition(op)
    arguments = [
        argument
        for passed, argument in zip(condition.args, op.after.block.args, strict=True)
        if passed is condition.condition and argument.first_use is not None
    ]
    if not arguments:
        return False
    true = rewriter.insert(bool_constant(True))
    for argument in arguments:
        rewriter.replace_all_uses_with(argument, true.result)
    return True


@pattern("WhileCmpCond")
def _while_cmp_cond(op: WhileOp, rewriter: Rewriter) -> bool:
    """In the body the same comparison as that of the condition is true, and the opposite one false."""
    condition = _condition(op)
    comparison = definition(condition.condition)
    if not isinstance(comparison, CmpIOp):
        return False
    changed = False
    for passed, argument in zip(condition.args, op.after.block.args, strict=True):
        for side in (0, 1):
            if passed is comparison.operands[side]:
                changed |= _decide_comparisons(comparison, argument, side, rewriter)
    return changed


def _decide_comparisons(comparison: CmpIOp, argument: SSAValue, side: int, rewriter: Rewriter) -> bool:
    predicate = predicate_of(comparison)
    changed = False
    for use in tuple(argument.uses):
        other = use.operation
        if not isinstance(other, CmpIOp) or other.operands[1 - side] is not comparison.operands[1 - side]:
            continue
        if predicate_of(other) in (predicate, INVERTED[predicate]):
            rewriter.replace_op_with(other, bool_constant(predicate_of(other) == predicate))
            changed = True
    return changed


@pattern("WhileOpAlignBeforeArgs")
def _while_op_align_before_args(op: WhileOp, rewriter: Rewriter) -> bool:
    """Passes the loop's values to the body in their order, where it passes just these in another."""
    condition = _condition(op)
    arguments: list[SSAValue] = list(op.before.block.args)
    passed = list(condition.args)
    if passed == arguments or len(set(passed)) < len(passed) or set(passed) != set(arguments):
        return False
    places = [arguments.index(value) for value in passed]
    rewriter.set_insertion_point(condition)
    rewriter.replace_op_with(condition, ConditionOp.create(operands=[condition.condition, *arguments]))
    rewriter.set_insertion_point(op)
    types = [op.results[places.index(number)].type for number in range(len(arguments))]
    new = _while(list(op.inits), types)
    rewriter.insert(new)
    op.before.move_blocks(new.before)
    body = op.after.block
    fresh = [body.insert_arg(type_, len(body.args)) for type_ in types]
    for argument, place in zip(body.args[: len(places)], places, strict=True):
        rewriter.replace_all_uses_with(argument, fresh[place])
    for argument in body.args[: len(places)]:
        body.erase_arg(argument)
    op.after.move_blocks(new.after)
    rewriter.replace_op(op, [new.results[place] for place in places])
    return True


def _while(inits: list[SSAValue], result_types: list[Attribute]) -> WhileOp:
    return WhileOp.create(operands=inits, result_types=result_types, regions=[Region(), Region()])


def _mended_while_move_if_down(op: WhileOp, rewriter: Rewriter) -> bool:
    """As the compiler's rule, and the body gets the values of the first region that the choice gave it."""
    return _move_if_down(op, rewriter, is_mended=True)


@pattern("WhileMoveIfDown", mended=_mended_while_move_if_down)
def _while_move_if_down(op: WhileOp, rewriter: Rewriter) -> bool:
    """Moves what runs only if the loop goes on, right before the condition, into the body."""
    return _move_if_down(op, rewriter, is_mended=False)


def _move_if_down(op: WhileOp, rewriter: Rewriter, *, is_mended: bool) -> bool:
    condition = _condition(op)
    choice = condition.prev_op
    if not isinstance(choice, IfOp) or choice.condition is not condition.condition:
        return False
    otherwise = choice.else_region.first_block
    if otherwise is not None and otherwise.first_op is not otherwise.last_op:
        return False
    _replace_choice(op, choice, condition, rewriter)
    needed = _values_from_before(op, choice)
    new = _while(list(op.inits), [*(result.type for result in op.results), *(value.type for value in needed)])
    rewriter.insert(new)
    op.before.move_blocks(new.before)
    op.after.move_blocks(new.after)
    body = new.after.block
    arguments = [body.insert_arg(value.type, len(body.args)) for value in needed]
    rewriter.modified(new)
    splice_operands(condition, len(condition.operands), 0, needed)
    rewriter.modified(condition)
    # IREE bug: where the choice gives a value of the first region, the body uses that itself, which it cannot see.
    regions = (choice.then_region, new.after) if is_mended else (choice.then_region,)
    _use_inside(regions, dict(zip(needed, arguments, strict=True)), rewriter)
    rewriter.suspects += (use.operation for value in needed for use in value.uses if not is_mended)
    then_block = choice.then_region.block
    assert then_block.last_op is not None
    rewriter.erase_op(then_block.last_op)
    assert body.first_op is not None
    rewriter.inline_block_before(then_block, body.first_op, ())
    rewriter.erase_op(choice)
    rewriter.replace_op(op, new.results[: len(op.results)])
    return True


def _replace_choice(op: WhileOp, choice: IfOp, condition: ConditionOp, rewriter: Rewriter) -> None:
    """What the choice gives is what the one branch gives after the loop, and what the other gives in the body."""
    for number, passed in enumerate(list(condition.args)):
        if isinstance(passed, OpResult) and passed.op is choice:
            then_yield, else_yield = choice.then_region.block.last_op, choice.else_region.block.last_op
            assert then_yield is not None
            assert else_yield is not None
            rewriter.replace_all_uses_with(passed, else_yield.operands[passed.index])
            rewriter.replace_all_uses_with(op.after.block.args[number], then_yield.operands[passed.index])


def _values_from_before(op: WhileOp, choice: IfOp) -> list[SSAValue]:
    """The values of the loop's first region that the branch uses, each once."""
    found: dict[SSAValue, None] = {}
    for inner in choice.then_region.walk():
        for value in inner.operands:
            block = value.owner.parent if isinstance(value.owner, Operation) else value.owner
            if block is not None and block.parent is op.before:
                found[value] = None
    return list(found)


def _use_inside(regions: Iterable[Region], replacements: dict[SSAValue, SSAValue], rewriter: Rewriter) -> None:
    for old, new in replacements.items():
        for use in tuple(old.uses):
            if any(region.is_ancestor(use.operation) for region in regions):
                rewriter.set_operand(use.operation, use.index, new)


RULES = (
    OpRules("scf.for", (*REGION_BRANCH_PATTERNS, inlining_pattern(_lower_bound, benefit=2))),
    OpRules(
        "scf.while",
        (
            _while_condition_truth,
            _while_cmp_cond,
            _while_op_align_before_args,
            _while_move_if_down,
            *REGION_BRANCH_PATTERNS,
            inlining_pattern(),
        ),
    ),
    OpRules(
        "scf.execute_region",
        (_multi_block_execute_inliner, *REGION_BRANCH_PATTERNS, inlining_pattern(applies=_may_inline)),
    ),
    OpRules("scf.index_switch", (*REGION_BRANCH_PATTERNS, inlining_pattern())),
)
