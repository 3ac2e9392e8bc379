"""Rules of `cf.*`: branches whose way is known or that lead to other branches. # MLIR: ControlFlowOps.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from xdsl.dialects.builtin import DenseIntElementsAttr, IntegerType, VectorType
from xdsl.dialects.ub import UnreachableOp
from xdsl.ir import Attribute, Block, BlockArgument, Operation, SSAValue

from iree_explorer.dialects.cf import BranchOp, CondBranchOp, SwitchOp
from iree_explorer.ir.block_graph import only_predecessor, predecessors
from iree_explorer.ir.interfaces.control_flow import BranchOpInterface
from iree_explorer.ir.operands import segments_property, sizes_attr
from iree_explorer.passes.canonicalize.building import bool_constant, select
from iree_explorer.passes.canonicalize.facts.integers import constant_integer, is_one, is_zero
from iree_explorer.passes.canonicalize.greedy.blocks import value_passed_by_all
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern

_Target: TypeAlias = tuple[Block, list[SSAValue]]
"""A block and what is passed for its arguments."""


def _targets(op: Operation) -> list[_Target]:
    assert isinstance(op, BranchOpInterface)
    return [(block, list(op.successor_operands(number))) for number, block in enumerate(op.successors)]


def _collapse(target: _Target, rewriter: Rewriter) -> _Target | None:
    """Where a block that does nothing but branch leads to; None: the target does more, or loops.

    # MLIR: ControlFlowOps.cpp, collapseBranch
    """
    block, values = target
    branch = block.first_op
    if not isinstance(branch, BranchOp) or branch is not block.last_op or branch.dest is block:
        return None
    if any(use.operation is not branch for argument in block.args for use in argument.uses):
        return None
    if _is_on_the_way_to_a_circle(block, rewriter.branch_ends):
        return None
    passed = [
        values[value.index] if isinstance(value, BlockArgument) and value.block is block else value
        for value in branch.dest_operands
    ]
    return branch.dest, passed


def _is_on_the_way_to_a_circle(block: Block, ends: dict[Block, Block | None]) -> bool:
    """Whether plain branches, from `block` on, come to a block twice.

    Long ways are not followed again: rules only shorten them, so they still lead where they led, and on from there only if
    that block has become a plain branch itself, or has gone into another.
    """
    end = ends.get(block, block)
    if end is None:
        return True
    if end is not block and end.parent is not None and not isinstance(end.last_op, BranchOp):
        return False
    way = {block: None}
    while isinstance(branch := block.last_op, BranchOp):
        block = branch.dest
        if block in way:
            ends.update(dict.fromkeys(way))
            return True
        way[block] = None
    ends.update(dict.fromkeys(way, block))
    return False


# --- cf.assert, cf.br ---


@pattern("AssertOp::canonicalize", is_near=True)
def _drop_true_assert(op: Operation, rewriter: Rewriter) -> bool:
    """Drops an assertion that holds."""
    if not is_one(op.operands[0]):
        return False
    rewriter.erase_op(op)
    return True


@pattern("BranchOp::canonicalize", is_plain=True)
def _simplify_branch(op: BranchOp, rewriter: Rewriter) -> bool:
    """Merges the target into the block where no other block goes to it, or goes on to where the target goes.

    Else its arguments may be known; see `SimplifyUniformBlockArguments`.
    """
    block, dest = op.parent, op.dest
    if dest is block or block is None:
        return False
    if only_predecessor(dest) is not None:
        values = list(op.dest_operands)
        rewriter.erase_op(op)
        rewriter.merge_blocks(dest, block, values)
        return True
    collapsed = _collapse((dest, list(op.dest_operands)), rewriter)
    if collapsed is None:
        return _replace_uniform_arguments(dest, rewriter)
    rewriter.replace_op_with(op, BranchOp(collapsed[0], *collapsed[1]))
    return True


def _replace_uniform_arguments(block: Block, rewriter: Rewriter) -> bool:
    """Replaces the arguments for which all ways to a block of several predecessors pass one value.

    # MLIR: ControlFlowOps.cpp, simplifyUniformBlockArgs
    """
    if not block.args or only_predecessor(block) is not None:
        return False
    changed = False
    for argument in block.args:
        if argument.first_use is None:
            continue
        value = value_passed_by_all(block, argument.index)
        if value is not None and value is not argument:
            rewriter.replace_all_uses_with(argument, value)
            changed = True
    return changed


@pattern("SimplifyUniformBlockArguments", is_plain=True)
def _simplify_uniform_block_arguments(op: Operation, rewriter: Rewriter) -> bool:
    """Uses the value itself in a block that is passed the same one from everywhere."""
    changed = False
    for block in op.successors:
        changed |= _replace_uniform_arguments(block, rewriter)
    return changed


# --- cf.cond_br ---


@pattern("SimplifyConstCondBranchPred", is_plain=True)
def _simplify_const_cond_branch_pred(op: CondBranchOp, rewriter: Rewriter) -> bool:
    """Goes the way of a constant condition."""
    if constant_integer(op.condition) is None:
        return False
    block, values = _targets(op)[1 if is_zero(op.condition) else 0]
    rewriter.replace_op_with(op, BranchOp(block, *values))
    return True


@pattern("SimplifyPassThroughCondBranch", is_plain=True)
def _simplify_pass_through_cond_branch(op: CondBranchOp, rewriter: Rewriter) -> bool:
    """Goes on to where its targets go."""
    targets = _targets(op)
    collapsed = [_collapse(target, rewriter) for target in targets]
    if not any(collapsed):
        return False
    (true_block, true_values), (false_block, false_values) = (
        new or old for new, old in zip(collapsed, targets, strict=True)
    )
    new = CondBranchOp(op.condition, true_block, true_values, false_block, false_values)
    if op.branch_weights is not None:
        new.properties["branch_weights"] = op.branch_weights
    rewriter.replace_op_with(op, new)
    return True


@pattern("SimplifyCondBranchIdenticalSuccessors", is_plain=True)
def _simplify_cond_branch_identical_successors(op: CondBranchOp, rewriter: Rewriter) -> bool:
    """Branches without a condition where both ways lead to one block, passing one of two values where they differ."""
    (block, true_values), (other, false_values) = _targets(op)
    if block is not other:
        return False
    if true_values != false_values and any(parent is not op.parent for parent in predecessors(block)):
        return False
    merged = [
        a if a is b else rewriter.insert(select(op.condition, a, b)).results[0]
        for a, b in zip(true_values, false_values, strict=True)
    ]
    rewriter.replace_op_with(op, BranchOp(block, *merged))
    return True


@pattern("SimplifyCondBranchFromCondBranchOnSameCondition", is_plain=True)
def _simplify_cond_branch_from_cond_branch_on_same_condition(op: CondBranchOp, rewriter: Rewriter) -> bool:
    """Goes the way that the only branch to its block went on the same condition."""
    before = _only_branch_to(op.parent)
    if not isinstance(before, CondBranchOp) or before.condition is not op.condition:
        return False
    block, values = _targets(op)[0 if before.true_dest is op.parent else 1]
    rewriter.replace_op_with(op, BranchOp(block, *values))
    return True


def _only_branch_to(block: Block | None) -> Operation | None:
    before = None if block is None else only_predecessor(block)
    return None if before is None else before.last_op


@pattern("CondBranchTruthPropagation", is_plain=True)
def _cond_branch_truth_propagation(op: CondBranchOp, rewriter: Rewriter) -> bool:
    """In a block that only one way of the branch leads to, the condition is known."""
    changed = False
    for block, truth in ((op.true_dest, True), (op.false_dest, False)):
        if only_predecessor(block) is None:
            continue
        uses = [use for use in op.condition.uses if use.operation.parent is block]
        if not uses:
            continue
        changed = True
        constant = rewriter.insert(bool_constant(truth))
        for use in uses:
            rewriter.set_operand(use.operation, use.index, constant.results[0])
    return changed


@pattern("DropUnreachableCondBranch", is_plain=True)
def _drop_unreachable_cond_branch(op: CondBranchOp, rewriter: Rewriter) -> bool:
    """Goes the other way where one leads to what is never reached."""
    targets = _targets(op)
    for (block, _), (other, values) in (targets, reversed(targets)):
        if isinstance(block.first_op, UnreachableOp):
            rewriter.replace_op_with(op, BranchOp(other, *values))
            return True
    return False


# --- cf.switch ---


def _case_values(op: SwitchOp) -> list[int]:
    if op.case_values is None:
        return []
    values: Any = op.case_values
    return list(values.iter_values())


def _switch(op: SwitchOp, default: _Target, values: Sequence[int], cases: Sequence[_Target]) -> SwitchOp:
    """A switch on the same flag."""
    passed = [value for _, operands in cases for value in operands]
    properties: dict[str, Attribute] = {
        **segments_property(1, len(default[1]), len(passed)),
        "case_operand_segments": sizes_attr(*(len(operands) for _, operands in cases)),
    }
    if values:
        assert isinstance(op.flag.type, IntegerType)
        vector = VectorType(op.flag.type, [len(values)])
        properties["case_values"] = DenseIntElementsAttr.from_list(vector, list(values))
    return SwitchOp.create(
        operands=[op.flag, *default[1], *passed],
        successors=[default[0], *(block for block, _ in cases)],
        properties=properties,
    )


@pattern("simplifySwitchWithOnlyDefault", is_plain=True)
def _simplify_switch_with_only_default(op: SwitchOp, rewriter: Rewriter) -> bool:
    """A switch without cases is a branch."""
    if len(op.successors) > 1:
        return False
    block, values = _targets(op)[0]
    rewriter.replace_op_with(op, BranchOp(block, *values))
    return True


@pattern("dropSwitchCasesThatMatchDefault", is_plain=True)
def _drop_switch_cases_that_match_default(op: SwitchOp, rewriter: Rewriter) -> bool:
    """Drops cases that go where the default goes."""
    default, *cases = _targets(op)
    return _keep_cases(op, [case != default for case in cases], rewriter)


def _keep_cases(op: SwitchOp, kept: list[bool], rewriter: Rewriter) -> bool:
    if all(kept):
        return False
    default, *cases = _targets(op)
    values = [value for value, keep in zip(_case_values(op), kept, strict=True) if keep]
    rewriter.replace_op_with(op, _switch(op, default, values, [c for c, keep in zip(cases, kept, strict=True) if keep]))
    return True


@pattern("simplifyConstSwitchValue", is_plain=True)
def _simplify_const_switch_value(op: SwitchOp, rewriter: Rewriter) -> bool:
    """Goes the way of a constant flag."""
    flag = constant_integer(op.flag)
    if flag is None:
        return False
    _go(op, flag, rewriter)
    return True


def _go(op: SwitchOp, flag: int, rewriter: Rewriter) -> None:
    default, *cases = _targets(op)
    block, values = next((c for value, c in zip(_case_values(op), cases, strict=True) if value == flag), default)
    rewriter.replace_op_with(op, BranchOp(block, *values))


@pattern("simplifyPassThroughSwitch", is_plain=True)
def _simplify_pass_through_switch(op: SwitchOp, rewriter: Rewriter) -> bool:
    """Goes on to where its targets go."""
    targets = _targets(op)
    collapsed = [_collapse(target, rewriter) for target in targets]
    if not any(collapsed):
        return False
    default, *cases = (new or old for new, old in zip(collapsed, targets, strict=True))
    rewriter.replace_op_with(op, _switch(op, default, _case_values(op), cases))
    return True


@pattern("simplifySwitchFromSwitchOnSameCondition", is_plain=True)
def _simplify_switch_from_switch_on_same_condition(op: SwitchOp, rewriter: Rewriter) -> bool:
    """Goes the way of the case by which the only branch to its block, on the same flag, came here."""
    before = _only_branch_to(op.parent)
    if not isinstance(before, SwitchOp) or before.flag is not op.flag or before.successors[0] is op.parent:
        return False
    came = [v for v, block in zip(_case_values(before), before.successors[1:], strict=True) if block is op.parent]
    _go(op, came[0], rewriter)
    return True


@pattern("simplifySwitchFromDefaultSwitchOnSameCondition", is_plain=True)
def _simplify_switch_from_default_switch_on_same_condition(op: SwitchOp, rewriter: Rewriter) -> bool:
    """Drops cases that the only branch to its block, on the same flag, has already taken elsewhere."""
    before = _only_branch_to(op.parent)
    if not isinstance(before, SwitchOp) or before.flag is not op.flag or before.successors[0] is not op.parent:
        return False
    gone = {v for v, block in zip(_case_values(before), before.successors[1:], strict=True) if block is not op.parent}
    return _keep_cases(op, [value not in gone for value in _case_values(op)], rewriter)


RULES = (
    OpRules("cf.assert", (_drop_true_assert,)),
    OpRules("cf.br", (_simplify_branch,)),
    OpRules(
        "cf.cond_br",
        (
            _simplify_const_cond_branch_pred,
            _simplify_pass_through_cond_branch,
            _simplify_cond_branch_identical_successors,
            _simplify_cond_branch_from_cond_branch_on_same_condition,
            _cond_branch_truth_propagation,
            _drop_unreachable_cond_branch,
            _simplify_uniform_block_arguments,
        ),
    ),
    OpRules(
        "cf.switch",
        (
            # It is registered by cf.cond_br, for all branches.
            _simplify_uniform_block_arguments,
            _simplify_switch_with_only_default,
            _drop_switch_cases_that_match_default,
            _simplify_const_switch_value,
            _simplify_pass_through_switch,
            _simplify_switch_from_switch_on_same_condition,
            _simplify_switch_from_default_switch_on_same_condition,
        ),
    ),
)
