"""Rules of buffers and their views, of command buffers, and of what makes channels. # IREE: HALOpFolders.cpp."""

from __future__ import annotations

from typing import Any

from xdsl.ir import SSAValue

from iree_explorer.dialects.hal.allocator_ops import AllocatorSelectOp
from iree_explorer.dialects.hal.buffer_ops import BufferSubspanOp
from iree_explorer.dialects.hal.command_buffer_ops import CommandBufferCreateOp, CommandBufferDeviceOp
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, Pattern, pattern, summary_of
from iree_explorer.passes.canonicalize.stream.common import ELIDE_UNUSED_OP
from iree_explorer.passes.canonicalize.stream.subviews import add

# --- hal.allocator.select ---


@pattern("FoldAllocatorSelect")
def _fold_select(op: AllocatorSelectOp, rewriter: Rewriter) -> bool:
    """There is but one device, or one set of queues, to choose."""
    choices = [list(dict.fromkeys(values)) for values in (op.devices, op.queue_affinities)]
    if all(len(values) == 1 for values in choices):
        rewriter.replace_op(op, [value for (value,) in choices])
        return True
    for result, values in zip(op.results, choices, strict=True):
        if len(values) == 1 and result.first_use is not None:
            rewriter.replace_all_uses_with(result, values[0])
            return True
    return False


# --- Buffers that are parts of others ---


def _fold_subspans(name: str, *operands: str) -> Pattern:
    """Uses the whole buffer of a subspan, from further on.

    Args:
        name: of the pattern.
        operands: before `_buffer` and `_offset` in the names of the op's operands, in the order in which they are asked.
    """

    def rewrite(op: Any, rewriter: Rewriter) -> bool:
        groups: dict[str, SSAValue] = {}
        for operand in operands:
            whole = _whole(getattr(op, f"{operand}_buffer"), getattr(op, f"{operand}_offset"), rewriter)
            if whole is not None:
                groups[f"{operand}_buffer"], groups[f"{operand}_offset"] = whole
        if groups:
            rewriter.assign(op, **groups)
        return bool(groups)

    return Pattern(name, rewrite, summary=summary_of(_fold_subspans))


def _whole(buffer: SSAValue, offset: SSAValue, rewriter: Rewriter) -> tuple[SSAValue, SSAValue] | None:
    """The buffer of which `buffer` is a part, and the offset in it; None: it is none."""
    subspan = definition(buffer)
    if not isinstance(subspan, BufferSubspanOp):
        return None
    return subspan.source_buffer, add(rewriter, subspan.source_offset, offset)


@pattern("FoldCommandBufferDispatchBufferSubspan")
def _fold_bound_subspans(op: Any, rewriter: Rewriter) -> bool:
    """Binds the whole buffers of subspans, from further on."""
    buffers, offsets = list(op.binding_buffers), list(op.binding_offsets)
    for number, (buffer, offset) in enumerate(zip(op.binding_buffers, op.binding_offsets, strict=True)):
        whole = _whole(buffer, offset, rewriter)
        if whole is not None:
            buffers[number], offsets[number] = whole
    if buffers == list(op.binding_buffers):
        return False
    rewriter.assign(op, binding_buffers=buffers, binding_offsets=offsets)
    return True


# --- hal.command_buffer.device ---


@pattern("SkipCommandBufferDeviceOp")
def _skip_command_buffer_device(op: CommandBufferDeviceOp, rewriter: Rewriter) -> bool:
    """The device of a command buffer is the one that it was made for."""
    source = definition(op.command_buffer)
    if not isinstance(source, CommandBufferCreateOp):
        return False
    rewriter.replace_op(op, (source.device,))
    return True


RULES = (
    OpRules("hal.allocator.select", (_fold_select,)),
    OpRules("hal.buffer_view.create", (_fold_subspans("FoldBufferViewCreateSubspan", "source"),)),
    OpRules("hal.channel.create", (ELIDE_UNUSED_OP,)),
    OpRules("hal.channel.split", (ELIDE_UNUSED_OP,)),
    OpRules("hal.command_buffer.device", (_skip_command_buffer_device,)),
    OpRules("hal.command_buffer.fill_buffer", (_fold_subspans("FoldCommandBufferFillBufferSubspans", "target"),)),
    OpRules("hal.command_buffer.update_buffer", (_fold_subspans("FoldCommandBufferUpdateBufferSubspans", "target"),)),
    OpRules(
        "hal.command_buffer.copy_buffer", (_fold_subspans("FoldCommandBufferCopyBufferSubspans", "source", "target"),)
    ),
    OpRules("hal.command_buffer.dispatch", (_fold_bound_subspans,)),
    OpRules(
        "hal.command_buffer.dispatch.indirect",
        (_fold_subspans("FoldCommandBufferDispatchIndirectBufferSubspan", "workgroups"), _fold_bound_subspans),
    ),
)
