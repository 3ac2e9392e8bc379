"""Rules of what executables tell the host: conditions and constants. # IREE: HALOpFolders.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import ArrayAttr, FunctionType
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from iree_explorer.dialects.cf import BranchOp
from iree_explorer.dialects.hal.executable_ops import ExecutableVariantOp, ReturnOp
from iree_explorer.dialects.hal.export_ops import ExecutableConstantBlockOp, ExecutableExportOp
from iree_explorer.dialects.hal.types import DeviceType
from iree_explorer.ir.operands import assign_operands
from iree_explorer.passes.canonicalize.facts.integers import is_one
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern


@pattern("DropTrueConditionRegion")
def _drop_true_condition(op: ExecutableExportOp, rewriter: Rewriter) -> bool:
    """An export that can always be used needs no other to fall back on."""
    block = op.condition.first_block
    answer = None if block is None else block.last_op
    if block is None or not isinstance(answer, ReturnOp) or not is_one(answer.operands[0]):
        return False
    rewriter.erase_block(block)
    rewriter.set_property(op, "condition_fallback", None)
    return True


# --- hal.executable.constant.block ---


@pattern("MergeExecutableConstantBlocks")
def _merge_constant_blocks(op: ExecutableVariantOp, rewriter: Rewriter) -> bool:
    """All constants are made in one place."""
    parts = [each for each in op.body.block.ops if isinstance(each, ExecutableConstantBlockOp)]
    if len(parts) < 2:
        return False
    inputs = [DeviceType()] if any(part.function_type.inputs for part in parts) else []
    outputs = [type_ for part in parts for type_ in part.function_type.outputs]
    merged = ExecutableConstantBlockOp.create(
        properties={
            "function_type": FunctionType.from_lists(inputs, outputs),
            "keys": ArrayAttr(key for part in parts for key in part.keys),
        },
        regions=[_merged([part.body for part in parts], inputs)],
    )
    rewriter.set_insertion_point(parts[0])
    rewriter.insert_unvisited(merged)
    for part in parts:
        rewriter.erase_op(part)
    return True


def _merged(parts: list[Region], inputs: list[DeviceType]) -> Region:
    """A region that runs copies of regions one after the other and returns what all of them do."""
    entry, end = Block(arg_types=inputs), Block()
    merged, results = Region(entry), list[SSAValue]()
    last = entry
    for part in parts:
        copy, header = part.clone(), Block()
        first, leave = copy.blocks[0], _only_return(copy)
        last.add_op(BranchOp(header))
        header.add_op(BranchOp(first, *(entry.args if first.args else ())))
        results += leave.operands
        last = leave.parent_block()
        assert last is not None
        leave.detach()
        leave.erase()
        merged.add_block(header)
        copy.move_blocks(merged)
    last.add_op(BranchOp(end))
    end.add_op(ReturnOp.create(operands=results))
    merged.add_block(end)
    return merged


def _only_return(region: Region) -> Operation:
    """The `hal.return` of a region: where there are several, that of a new last block, to which they have become branches."""
    returns = [op for block in region.blocks for op in block.ops if isinstance(op, ReturnOp)]
    if len(returns) == 1:
        return returns[0]
    end = Block(arg_types=[operand.type for operand in returns[0].operands])
    region.add_block(end)
    leave = ReturnOp.create(operands=end.args)
    end.add_op(leave)
    for each in returns:
        block = each.parent_block()
        assert block is not None
        block.insert_op_before(BranchOp(end, *each.operands), each)
        each.detach()
        each.erase()
    return leave


@pattern("DropUnusedExecutableConstantBlockDeviceArg")
def _drop_unused_device(op: ExecutableConstantBlockOp, rewriter: Rewriter) -> bool:
    """Constants that are the same for all devices need none."""
    entry = op.body.blocks[0]
    if not entry.args or entry.args[0].first_use is not None:
        return False
    entry.erase_arg(entry.args[0])
    rewriter.set_property(op, "function_type", FunctionType.from_lists([], list(op.function_type.outputs)))
    return True


@pattern("DeduplicateExecutableConstantBlockKeys")
def _deduplicate_keys(op: ExecutableConstantBlockOp, rewriter: Rewriter) -> bool:
    """Makes a constant of each key once."""
    first: dict[Attribute, int] = {}
    for number, key in enumerate(op.keys):
        first.setdefault(key, number)
    if len(first) == len(op.keys):
        return False
    outputs = [op.function_type.outputs.data[number] for number in first.values()]
    rewriter.set_property(op, "function_type", FunctionType.from_lists(list(op.function_type.inputs), outputs))
    rewriter.set_property(op, "keys", ArrayAttr(first))
    for block in op.body.blocks:
        for leave in block.ops:
            if isinstance(leave, ReturnOp):
                assign_operands(leave, "operands_", [leave.operands[number] for number in first.values()])
    return True


RULES = (
    OpRules("hal.executable.constant.block", (_drop_unused_device, _deduplicate_keys)),
    OpRules("hal.executable.export", (_drop_true_condition,)),
    OpRules("hal.executable.variant", (_merge_constant_blocks,)),
)
