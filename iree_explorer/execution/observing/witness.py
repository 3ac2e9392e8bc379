"""What watches a run from inside: told before and after each op on resources, on the thread that runs the op."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iree_explorer.execution.asynchronous.regions import RegionRun
    from iree_explorer.execution.device.work import DeviceOp, Work
    from iree_explorer.execution.program import Frame, Scope


class Witness:
    """Sees ops run; the methods do nothing here. Ops of one wave call them at once from several threads.

    An `ExecutionError` raised by one fails the op.
    """

    def before(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        """An op is prepared: its results are allocated and not yet written.

        Args:
            op: the op.
            work: what it is about to do.
            frame: the values of the code around it, in the slots of its scope.
        """

    def after(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        """The op has run."""

    def entered(self, scope: Scope, frame: Frame) -> None:
        """A host function begins."""

    def left(self, frame: Frame) -> None:
        """A host function has ended."""

    def began(self, region: RegionRun) -> None:
        """An execution region was issued."""

    def ended(self, region: RegionRun) -> None:
        """All ops of an execution region are done, or it failed; its timepoint is about to be reached."""
