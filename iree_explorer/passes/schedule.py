"""Scheduling as one call: a program in, its schedule and the reasons out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.dialects.stream.region_ops import AsyncExecuteOp, CmdExecuteOp
from iree_explorer.errors import PassError, SourceError
from iree_explorer.frontends import ProgramLike, as_module
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.storage import copy_op
from iree_explorer.partitioning.config import (
    DEFAULT_PARTITIONER,
    SCOPES,
)
from iree_explorer.partitioning.trace.recording import OpIds, Recorder, Trace, Witness
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import Module, print_module
from iree_explorer.syntax.collector import paused_collector

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.regions import OpPlace


@dataclass(frozen=True)
class Schedule:
    """A scheduled program.

    Attributes:
        module: the program after the passes.
        trace: every decision; empty where none was asked for.
        options: what it was made with.
        ids: by which the trace numbers the module's ops; None where there is no trace.
    """

    module: Module
    trace: Trace
    options: ScheduleOptions = field(default_factory=ScheduleOptions)
    ids: OpIds | None = field(default=None, repr=False, compare=False)

    @override
    def __repr__(self) -> str:
        chosen = ", ".join(f"{name} {getattr(self.options, name)}" for name in self.options.passes) or "no pass"
        return (
            f"<Schedule of {self.module.source.name!r}: {chosen}, favor {self.options.favor}; {len(self.trace)} steps>"
        )

    @cached_property
    def text(self) -> str:
        """The program as `iree-opt` prints it."""
        return print_module(self.module.op, external=self.module.external)

    def places(self) -> Mapping[Operation, OpPlace]:
        """Where execution regions, and the ops in them, run, numbered as in the trace."""
        return self._places

    @cached_property
    def _places(self) -> Mapping[Operation, OpPlace]:
        from iree_explorer.partitioning.trace.naming import TraceNames
        from iree_explorer.partitioning.trace.regions import op_places

        names, ids = TraceNames.of(self.trace), self.ids or OpIds(self.module.op)
        functions = (op for op in self.module.op.ops if isinstance(op, FunctionOpInterface))
        return op_places((op, names.of_function(ids.of(op), ids)) for op in functions)


def schedule(
    module: ProgramLike,
    *,
    passes: str | Sequence[str] = SCOPES,
    favor: str | None = None,
    execution: str = DEFAULT_PARTITIONER,
    concurrency: str = DEFAULT_PARTITIONER,
    trace: bool = True,
) -> Schedule:
    """Schedules a program; `module` stays as it is.

    Attributes in the program (`stream.partitioning`, `iree_explorer.partitioning`) take precedence over these options.

    Args:
        module: the program, or anything that `load` takes.
        passes: some of `execution` and `concurrency`; one str may name both, with a comma between them.
        favor: what the schedule favors: `debug`, `min-peak-memory` (the default) or `max-concurrency`.
        execution: name of the partitioner of execution regions.
        concurrency: name of the partitioner of waves.
        trace: whether to record the decisions.

    Returns:
        The scheduled copy, its text, and the trace of decisions.

    Raises:
        SourceError: the program is broken.
        InputError: an option is unknown, or there is no such file.
        PassError: the program cannot be scheduled; a note names the partitioner that can schedule it, if there is one.
    """
    options = ScheduleOptions.of(passes, favor, execution, concurrency)
    with paused_collector():
        source = as_module(module)
        scheduled = copy_module(source)
        recorder = Recorder(OpIds(scheduled.op)) if trace else None
        try:
            run_schedule(scheduled, options, recorder)
        except PassError as error:
            if recorder is not None:
                error.others = other_refusals(source, options)
            if remedy := remedy_for(source, options):
                error.notes += ((f"execution={remedy!r} schedules it", None),)
            raise
        if recorder is None:
            return Schedule(scheduled, Trace(), options)
        return Schedule(scheduled, recorder.trace(), options, recorder.ids)


def is_scheduled(module: Module) -> bool:
    """Whether the program holds execution regions already, or the commands that they become further down the pipeline."""
    return any(isinstance(op, AsyncExecuteOp | CmdExecuteOp) for op in module.op.walk())


def is_lowered(module: Module) -> bool:
    """Whether the program's execution regions are commands, with nothing left to schedule."""
    names = {op.name for op in module.op.walk()}
    return CmdExecuteOp.name in names and not any(name.startswith("stream.async.") for name in names)


def run_schedule(module: Module, options: ScheduleOptions, witness: Witness | None = None) -> None:
    """Schedules `module` in place.

    Raises:
        PassError: the program cannot be scheduled; it is then half changed, and `witness` was told why.
    """
    run_pipeline(module, options.pipeline(), witness)


def other_refusals(module: Module, options: ScheduleOptions) -> tuple[SourceError, ...]:
    """What is refused beside the first refusal, at which a run with a witness ends."""
    try:
        run_schedule(copy_module(module), options)
    except PassError as error:
        return error.others
    return ()


REMEDIES: Final = ("fewest-handovers", "serial")
"""Partitioners of execution regions, the one with most to offer first. Those that users register are not run unasked."""


def remedy_for(source: Module, options: ScheduleOptions) -> str:
    """The partitioner of execution regions with which a refused program is scheduled, found by trying; empty: with none of `REMEDIES`.

    Args:
        source: a program that is refused with `options`; it stays as it is.
        options: these, but for the partitioner, hold in each try.
    """
    if "execution" not in options.passes:
        return ""
    others = [name for name in REMEDIES if name != options.execution]
    return next((name for name in others if _schedules(source, replace(options, execution=name))), "")


def _schedules(source: Module, options: ScheduleOptions) -> bool:
    try:
        run_schedule(copy_module(source), options)
    except PassError:
        return False
    return True


def copy_module(module: Module) -> Module:
    """A copy that can be changed; its ops get the same op ids, and stand at the same places of the text."""
    copy, pairs = copy_op(module.op)
    offsets = {new: offset for old, new in pairs if (offset := module.offsets.get(old)) is not None}
    return replace(module, op=copy, offsets=offsets)
