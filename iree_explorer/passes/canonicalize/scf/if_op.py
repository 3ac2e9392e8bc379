"""Rules of `scf.if`. # MLIR: SCF.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import IntegerType
from xdsl.ir import Attribute, Block, Operation, OpResult, Region, SSAValue

from iree_explorer.dialects.arith.integers import AndIOp, XOrIOp
from iree_explorer.dialects.scf import IfOp, YieldOp
from iree_explorer.ir.storage import operands_of, type_of, uses_of
from iree_explorer.passes.canonicalize.building import bool_constant, select
from iree_explorer.passes.canonicalize.facts.constants import is_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer, is_one
from iree_explorer.passes.canonicalize.greedy.region_branches import REGION_BRANCH_PATTERNS, inlining_pattern
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import replace_uses, set_operands


def _yield(block: Block) -> YieldOp:
    last = block.last_op
    assert isinstance(last, YieldOp)
    return last


def _else_block(op: IfOp) -> Block | None:
    return op.else_region.last_block


def _if(condition: SSAValue, result_types: list[Attribute]) -> IfOp:
    """A fresh `scf.if` without blocks."""
    return IfOp.create(operands=[condition], result_types=result_types, regions=[Region(), Region()])


def _is_only_yield(block: Block) -> bool:
    return block.first_op is block.last_op


def _opposite_of(value: SSAValue) -> SSAValue | None:
    """What `value` is the opposite of, as far as it says."""
    opposite = definition(value)
    return opposite.lhs if isinstance(opposite, XOrIOp) and is_one(opposite.rhs) else None


def _fold_if(op: IfOp) -> Folded | None:
    """Swaps the branches where the condition is the opposite of another."""
    opposite = _opposite_of(op.condition)
    if opposite is None or op.else_region.first_block is None:
        return None
    set_operands(op, {0: opposite})
    kept = Region()
    op.then_region.move_blocks(kept)
    op.else_region.move_blocks(op.then_region)
    kept.move_blocks(op.else_region)
    return ()


# --- Two ifs become one ---


@pattern("CombineIfs", is_plain=True)
def _combine_ifs(op: IfOp, rewriter: Rewriter) -> bool:
    """Merges with the op right before, an if on the same condition or its opposite."""
    first = op.prev_op
    if not isinstance(first, IfOp):
        return False
    branches = _branches_by_condition(first, op)
    if branches is None:
        return False
    next_then, next_else = branches
    _use_what_was_yielded(first, next_then, next_else, rewriter)
    merged = _if(first.condition, [result.type for result in (*first.results, *op.results)])
    rewriter.insert(merged)
    first.then_region.move_blocks(merged.then_region)
    if next_then is not None:
        _merge_branches(next_then, merged.then_region.block, rewriter)
    first.else_region.move_blocks(merged.else_region)
    if next_else is not None:
        if merged.else_region.first_block is None:
            assert next_else.parent is not None
            next_else.parent.move_blocks(merged.else_region)
        else:
            _merge_branches(next_else, merged.else_region.block, rewriter)
    count = len(first.results)
    rewriter.replace_op(first, merged.results[:count])
    rewriter.replace_op(op, merged.results[count:])
    return True


def _branches_by_condition(first: IfOp, op: IfOp) -> tuple[Block | None, Block | None] | None:
    """The branches of `op` that run when the condition of `first` is true, and false; None: they can't be told."""
    then_block, else_block = op.then_region.block, _else_block(op)
    is_same = op.condition is first.condition
    is_opposite = _opposite_of(op.condition) is first.condition or _opposite_of(first.condition) is op.condition
    if is_opposite:
        return else_block, then_block
    return (then_block, else_block) if is_same else None


def _use_what_was_yielded(first: IfOp, then_block: Block | None, else_block: Block | None, rewriter: Rewriter) -> None:
    """In the branches of the second if, the results of the first are what its branch yields."""
    first_else = _else_block(first)
    if first_else is None:
        return
    yields = zip(first.results, *map(operands_of, (_yield(first.then_region.block), _yield(first_else))), strict=True)
    for result, when_true, when_false in yields:
        for use in uses_of(result):
            if use.operation.parent is first.parent:
                continue  # As most are: the results of a thousand ifs are used behind the last.
            for block, value in ((then_block, when_true), (else_block, when_false)):
                if block is not None and block.parent is not None and block.parent.is_ancestor(use.operation):
                    rewriter.set_operand(use.operation, use.index, value)
                    break


def _merge_branches(source: Block, target: Block, rewriter: Rewriter) -> None:
    """Appends the ops of `source` to `target`, which then yields what both did."""
    first, second = _yield(target), _yield(source)
    rewriter.merge_blocks(source, target, ())
    rewriter.set_insertion_point_to_end(target)
    rewriter.insert(YieldOp.create(operands=[*operands_of(first), *operands_of(second)]))
    rewriter.erase_op(first)
    rewriter.erase_op(second)


@pattern("CombineNestedIfs", is_plain=True)
def _combine_nested_ifs(op: IfOp, rewriter: Rewriter) -> bool:
    """An if that is all of another's branch becomes one if on both conditions."""
    nested = op.then_region.block.first_op
    if not isinstance(nested, IfOp) or nested.next_op is not op.then_region.block.last_op:
        return False
    if any(block is not None and not _is_only_yield(block) for block in (_else_block(op), _else_block(nested))):
        return False
    plan = _yields_of_both(op, nested)
    if plan is None:
        return False
    yielded, otherwise, selected = plan
    both = rewriter.insert(AndIOp(op.condition, nested.condition))
    merged = _if(both.results[0], [result.type for result in op.results])
    rewriter.insert(merged)
    block = Block()
    merged.then_region.add_block(block)
    rewriter.set_insertion_point(merged)
    results: list[SSAValue] = list(merged.results)
    for number in selected:
        results[number] = rewriter.insert(select(op.condition, yielded[number], otherwise[number])).results[0]
    rewriter.merge_blocks(nested.then_region.block, block, ())
    old = _yield(block)
    rewriter.set_insertion_point(old)
    rewriter.replace_op_with(old, YieldOp.create(operands=yielded))
    if otherwise:
        merged.else_region.add_block(Block())
        rewriter.set_insertion_point_to_end(merged.else_region.block)
        rewriter.insert(YieldOp.create(operands=otherwise))
    rewriter.replace_op(op, results)
    return True


def _yields_of_both(op: IfOp, nested: IfOp) -> tuple[list[SSAValue], list[SSAValue], list[int]] | None:
    """What the merged branches yield, and the numbers of results that depend on the outer condition alone."""
    yielded = list(_yield(op.then_region.block).operands)
    outer_else, nested_else = _else_block(op), _else_block(nested)
    otherwise = [] if outer_else is None else list(_yield(outer_else).operands)
    selected: list[int] = []
    for number, value in enumerate(yielded):
        if isinstance(value, OpResult) and value.op is nested:
            assert nested_else is not None
            if _yield(nested_else).operands[value.index] is not otherwise[number]:
                return None
            yielded[number] = _yield(nested.then_region.block).operands[value.index]
        elif _is_inside(value, op.then_region):
            return None
        else:
            selected.append(number)
    return yielded, otherwise, selected


def _is_inside(value: SSAValue, region: Region) -> bool:
    """Whether `value` is made directly in `region`."""
    block = value.op.parent if isinstance(value, OpResult) else value.owner
    return isinstance(block, Block) and block.parent is region


# --- Conditions and results ---


@pattern("ConditionPropagation", is_plain=True)
def _condition_propagation(op: IfOp, rewriter: Rewriter) -> bool:
    """In its branches the condition is known."""
    if is_constant(op.condition):
        return False
    constants: dict[bool, SSAValue] = {}
    for use in tuple(op.condition.uses):
        truth = _branch_of(op, use.operation)
        if truth is None:
            continue
        if truth not in constants:
            constants[truth] = rewriter.insert(bool_constant(truth)).result
        rewriter.set_operand(use.operation, use.index, constants[truth])
    return bool(constants)


def _branch_of(op: IfOp, user: Operation) -> bool | None:
    """True: `user` is somewhere in the first branch; False: in the second; None: in neither."""
    if user.parent is op.parent:
        return None  # As most are: a condition may have a thousand ifs.
    region = user.parent_region()
    while region is not None:
        if region is op.then_region:
            return True
        if region is op.else_region:
            return False
        region = None if region.parent is None else region.parent.parent_region()
    return None


@pattern("ConvertTrivialIfToSelect", is_plain=True)
def _convert_trivial_if_to_select(op: IfOp, rewriter: Rewriter) -> bool:
    """Chooses among values from outside by a select."""
    other = _else_block(op)
    if not op.results or other is None:
        return False
    pairs = list(zip(*map(operands_of, (_yield(op.then_region.block), _yield(other))), strict=True))
    inside = [_is_inside(a, op.then_region) or _is_inside(b, op.else_region) for a, b in pairs]
    if all(inside):
        return False
    new = _if(op.condition, [a.type for (a, _), stays in zip(pairs, inside, strict=True) if stays])
    rewriter.insert(new)
    op.then_region.move_blocks(new.then_region)
    op.else_region.move_blocks(new.else_region)
    rewriter.set_insertion_point(new)
    kept = iter(new.results)
    results: list[SSAValue] = []
    for (a, b), stays in zip(pairs, inside, strict=True):
        if stays:
            results.append(next(kept))
        else:
            results.append(a if a is b else rewriter.insert(select(op.condition, a, b)).results[0])
    for block, side in ((new.then_region.block, 0), (new.else_region.block, 1)):
        old = _yield(block)
        rewriter.set_insertion_point(old)
        values = [pair[side] for pair, stays in zip(pairs, inside, strict=True) if stays]
        rewriter.replace_op_with(old, YieldOp.create(operands=values))
    rewriter.replace_op(op, results)
    return True


@pattern("RemoveEmptyElseBranch", is_plain=True)
def _remove_empty_else_branch(op: IfOp, rewriter: Rewriter) -> bool:
    """Drops a second branch that does nothing."""
    block = _else_block(op)
    if op.results or block is None or not _is_only_yield(block):
        return False
    new = _if(op.condition, [])
    new.attributes.update(op.attributes)
    rewriter.insert(new)
    op.then_region.move_blocks(new.then_region)
    rewriter.erase_op(op)
    return True


@pattern("ReplaceIfYieldWithConditionOrValue")
def _replace_if_yield_with_condition_or_value(op: IfOp, rewriter: Rewriter) -> bool:
    """Uses the condition, or its opposite, in the place of a result that says the same; or the value both branches give."""
    other = _else_block(op)
    if not op.results or other is None:
        return False
    changed = False
    for a, b, result in zip(*map(operands_of, (_yield(op.then_region.block), _yield(other))), op.results, strict=True):
        if result.first_use is None or not (a is b or isinstance(type_of(a), IntegerType)):
            continue
        value = a if a is b else _condition_as_value(op, a, b, rewriter)
        if value is not None:
            # Nobody is told of the users' change.
            replace_uses(((result, value),))
            changed = True
    return changed


def _condition_as_value(op: IfOp, a: SSAValue, b: SSAValue, rewriter: Rewriter) -> SSAValue | None:
    if a.type != op.condition.type:
        return None
    when_true, when_false = constant_integer(a), constant_integer(b)
    if when_true is None or when_false is None or when_true == when_false:
        return None
    if when_true:
        return op.condition
    true = rewriter.insert(bool_constant(True))
    return rewriter.insert(XOrIOp(op.condition, true.result)).results[0]


RULES = (
    OpRules(
        "scf.if",
        (
            _combine_ifs,
            _combine_nested_ifs,
            _condition_propagation,
            _convert_trivial_if_to_select,
            _remove_empty_else_branch,
            _replace_if_yield_with_condition_or_value,
            *REGION_BRANCH_PATTERNS,
            inlining_pattern(),
        ),
        _fold_if,
    ),
)
