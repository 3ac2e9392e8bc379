"""What watches a run from inside: told before and after each op on resources, on the thread that runs the op."""

from typing import ClassVar

from iree_explorer.execution.asynchronous.region import Region
from iree_explorer.execution.code.steps import Frame, Layout
from iree_explorer.execution.device.work import DeviceOp, Work


class Witness:
    """Sees ops run; the methods do nothing here. Ops of one wave call them at once from several threads.

    An `ExecutionError` raised by one fails the op.

    Attributes:
        starts_threads: whether a method may start threads, itself or through what it calls. They would inherit the one
            processor that a worker is kept to, so no worker is kept to one where this is true.
    """

    starts_threads: ClassVar[bool] = True

    def before(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        """An op is prepared: its results are allocated and not yet written.

        Args:
            op: the op.
            work: what it is about to do.
            frame: the values of the code around it, in the slots of its layout.
        """

    def after(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        """The op has run."""

    def entered(self, layout: Layout, frame: Frame) -> None:
        """A host function begins."""

    def left(self, frame: Frame) -> None:
        """A host function has ended."""

    def began(self, region: Region) -> None:
        """An execution region was issued."""

    def ended(self, region: Region) -> None:
        """All ops of an execution region are done, or it failed; its timepoint is about to be reached."""
