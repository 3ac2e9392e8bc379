"""Rules of `stream.async.parameter.*` and `stream.cmd.parameter.*`. # IREE: StreamOpFolders.cpp."""

from __future__ import annotations

from typing import Any

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.async_ops import AsyncSliceOp
from iree_explorer.dialects.stream.resource_ops import ResourceSubviewOp
from iree_explorer.dialects.stream.timepoint_ops import TimepointAwaitOp
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, Pattern, never, pattern, summary_of
from iree_explorer.passes.canonicalize.stream.common import (
    ELIDE_UNUSED_OP,
    elide_immediate_timepoint_wait,
    try_move_before,
)
from iree_explorer.passes.canonicalize.stream.subviews import add, add_to_all, as_i64, look_through_await


def _view_of(value: SSAValue, *, through_await: bool) -> ResourceSubviewOp | None:
    view = definition(look_through_await(value) if through_await else value)
    return view if isinstance(view, ResourceSubviewOp) else None


# --- load: what is used of the result decides what is loaded ---


def _fold_load_result(name: str, consumer_type: type[Any]) -> Pattern:
    """Loads only the part of the parameter that the one consumer takes from it."""

    def rewrite(op: Any, rewriter: Rewriter) -> bool:
        found, value = _consumer_through_await(op.result)
        consumer: Any = found
        if not isinstance(found, consumer_type) or consumer.source is not value:
            return False
        rewriter.move_before(op, consumer)
        rewriter.set_insertion_point(op)
        offset = add(rewriter, op.source_offset, as_i64(rewriter, consumer.source_offset))
        rewriter.assign(op, source_offset=offset, result_size=consumer.result_size)
        rewriter.replace_op(consumer, (op.result,))
        return True

    return Pattern(name, rewrite, summary=summary_of(_fold_load_result))


def _consumer_through_await(result: SSAValue) -> tuple[Operation | None, SSAValue]:
    """The only consumer of a result, and what it gets; a wait in between is looked through.

    # IREE: StreamOpFolders.cpp, findConsumerThroughAwait
    """
    use = result.get_unique_use()
    if use is None:
        return None, result
    if not isinstance(use.operation, TimepointAwaitOp):
        return use.operation, result
    awaited = use.operation.results[use.index] if use.index < len(use.operation.results) else None
    return (None, result) if awaited is None else (awaited.get_user_of_unique_use(), awaited)


@pattern("FoldParameterLoadTargetSubviews")
def _fold_parameter_load_target_subviews(op: Any, rewriter: Rewriter) -> bool:
    """Loads only the parts of parameters that subviews take of them."""
    rewriter.set_insertion_point(op)
    offsets, sizes = list(op.source_offsets), list(op.result_sizes)
    changed = False
    for number, result in enumerate(op.results_):
        view = result.get_user_of_unique_use()
        if not isinstance(view, ResourceSubviewOp):
            continue
        if try_move_before(view.source_offset, op, rewriter) and try_move_before(view.result_size, op, rewriter):
            offsets[number] = add(rewriter, offsets[number], as_i64(rewriter, view.source_offset))
            sizes[number] = view.result_size
            rewriter.replace_all_uses_with(view.result, result)
            changed = True
    if changed:
        rewriter.assign(op, source_offsets=offsets, result_sizes=sizes)
    return changed


# --- read, write, gather, scatter: subviews of the resource ---


def _fold_read(name: str, *, is_async: bool) -> Pattern:
    """Reads into the whole resource of a subview."""

    def rewrite(op: Any, rewriter: Rewriter) -> bool:
        view = _view_of(op.target, through_await=is_async)
        if view is None:
            return False
        # IREE bug: where in the parameter it reads from moves along with where it reads to.
        source_offset = add(rewriter, op.source_offset, as_i64(rewriter, view.source_offset))
        offset = add(rewriter, view.source_offset, op.target_offset)
        end = {"target_end": add(rewriter, offset, op.target_length)} if is_async else {}
        groups = {"target": view.source, "target_size": view.source_size, "target_offset": offset}
        rewriter.assign(op, source_offset=source_offset, **groups, **end)
        return True

    return Pattern(name, rewrite, summary=summary_of(_fold_read), mended=never)


def _fold_write(name: str, *, is_async: bool) -> Pattern:
    """Writes from the whole resource of a subview."""

    def rewrite(op: Any, rewriter: Rewriter) -> bool:
        view = _view_of(op.source, through_await=is_async)
        if view is None:
            return False
        offset = add(rewriter, view.source_offset, op.source_offset)
        end = {"source_end": add(rewriter, offset, op.source_length)} if is_async else {}
        # IREE bug: where in the parameter it writes to moves along with where it writes from.
        target_offset = add(rewriter, op.target_offset, as_i64(rewriter, view.source_offset))
        groups = {"source": view.source, "source_size": view.source_size, "source_offset": offset}
        rewriter.assign(op, **groups, **end, target_offset=target_offset)
        return True

    return Pattern(name, rewrite, summary=summary_of(_fold_write), mended=never)


@pattern("FoldAsyncParameterGatherTargetSubview", mended=never)
def _fold_async_parameter_gather_target_subview(op: Any, rewriter: Rewriter) -> bool:
    """Gathers into the whole resource of a subview."""
    view = _view_of(op.target, through_await=True)
    if view is None:
        return False
    shift = as_i64(rewriter, view.source_offset)
    sources = add_to_all(rewriter, shift, op.source_offsets, base_first=False)
    offsets = add_to_all(rewriter, view.source_offset, op.target_offsets, base_first=True)
    ends = [add(rewriter, offset, length) for offset, length in zip(offsets, op.target_lengths, strict=True)]
    groups = {"target": view.source, "target_size": view.source_size}
    rewriter.assign(op, source_offsets=sources, **groups, target_offsets=offsets, target_ends=ends)
    return True


@pattern("FoldAsyncParameterScatterSourceSubview", mended=never)
def _fold_async_parameter_scatter_source_subview(op: Any, rewriter: Rewriter) -> bool:
    """Scatters from the whole resource of a subview."""
    view = _view_of(op.source, through_await=True)
    if view is None:
        return False
    offsets = add_to_all(rewriter, view.source_offset, op.source_offsets, base_first=True)
    ends = [add(rewriter, offset, length) for offset, length in zip(offsets, op.source_lengths, strict=True)]
    shift = as_i64(rewriter, view.source_offset)
    targets = add_to_all(rewriter, shift, op.target_offsets, base_first=False)
    groups = {"source": view.source, "source_size": view.source_size}
    rewriter.assign(op, **groups, source_offsets=offsets, source_ends=ends, target_offsets=targets)
    return True


@pattern("FoldCmdParameterGatherTargetSubview")
def _fold_cmd_parameter_gather_target_subview(op: Any, rewriter: Rewriter) -> bool:
    """Gathers into the whole resource of a subview."""
    view = _view_of(op.target, through_await=False)
    if view is None:
        return False
    offsets = add_to_all(rewriter, view.source_offset, op.target_offsets, base_first=True)
    rewriter.assign(op, target=view.source, target_size=view.source_size, target_offsets=offsets)
    return True


@pattern("FoldCmdParameterScatterSourceSubview")
def _fold_cmd_parameter_scatter_source_subview(op: Any, rewriter: Rewriter) -> bool:
    """Scatters from the whole resource of a subview."""
    view = _view_of(op.source, through_await=False)
    if view is None:
        return False
    offsets = add_to_all(rewriter, view.source_offset, op.source_offsets, base_first=True)
    rewriter.assign(op, source=view.source, source_size=view.source_size, source_offsets=offsets)
    return True


_WAIT = elide_immediate_timepoint_wait
_LOAD = (
    _fold_load_result("FoldAsyncParameterLoadResultSubview", ResourceSubviewOp),
    _fold_load_result("FoldAsyncParameterLoadResultSlice", AsyncSliceOp),
)
_ASYNC_READ = _fold_read("FoldAsyncParameterReadTargetSubview", is_async=True)
_ASYNC_WRITE = _fold_write("FoldAsyncParameterWriteSourceSubview", is_async=True)
_CMD_READ = _fold_read("FoldParameterReadTargetSubview", is_async=False)
_CMD_WRITE = _fold_write("FoldParameterWriteSourceSubview", is_async=False)

RULES = (
    OpRules("stream.async.parameter.load", (ELIDE_UNUSED_OP, _WAIT, *_LOAD)),
    OpRules("stream.async.parameter.read", (ELIDE_UNUSED_OP, _WAIT, _ASYNC_READ)),
    OpRules("stream.async.parameter.write", (ELIDE_UNUSED_OP, _WAIT, _ASYNC_WRITE)),
    OpRules("stream.async.parameter.gather", (ELIDE_UNUSED_OP, _WAIT, _fold_async_parameter_gather_target_subview)),
    OpRules("stream.async.parameter.scatter", (ELIDE_UNUSED_OP, _WAIT, _fold_async_parameter_scatter_source_subview)),
    OpRules("stream.cmd.parameter.load", (ELIDE_UNUSED_OP, _fold_parameter_load_target_subviews, _WAIT)),
    OpRules("stream.cmd.parameter.read", (ELIDE_UNUSED_OP, _CMD_READ, _WAIT)),
    OpRules("stream.cmd.parameter.write", (ELIDE_UNUSED_OP, _CMD_WRITE, _WAIT)),
    OpRules("stream.cmd.parameter.gather", (ELIDE_UNUSED_OP, _fold_cmd_parameter_gather_target_subview, _WAIT)),
    OpRules("stream.cmd.parameter.scatter", (ELIDE_UNUSED_OP, _fold_cmd_parameter_scatter_source_subview, _WAIT)),
)
