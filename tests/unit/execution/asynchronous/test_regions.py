"""What a region may change in place; witnesses that fail while it runs: the host is told, whatever they raise."""

import pytest
from typing_extensions import override

from iree_explorer import samples
from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.execution.asynchronous.region import Region
from iree_explorer.execution.asynchronous.regions import lend
from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.device.work import DeviceOp, Work
from iree_explorer.execution.values.resources import Resource
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule


class FailsAt(Witness):
    """Raises where an op of the wave has run."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    @override
    def after(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        if op.name == "dispatch @exp":
            raise self.error


class FailsAtTheEnd(Witness):
    """Raises where a region has run."""

    @override
    def ended(self, region: Region) -> None:
        raise RuntimeError("the end is not liked")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_python_error_in_an_op_of_a_wave_is_told_of_the_op(workers: int) -> None:
    with pytest.raises(ExecutionError, match=r"stream\.async\.dispatch.*: 'no such key'"):
        run(
            schedule(load(samples.diamond)),
            "main",
            "1024xf32=1",
            workers=workers,
            witnesses=[FailsAt(KeyError("no such key"))],
        )


@pytest.mark.parametrize("witness", [FailsAt(RuntimeError("the end is not liked")), FailsAtTheEnd()])
def test_any_other_error_is_raised_as_it_is(witness: Witness) -> None:
    with pytest.raises(RuntimeError, match="the end is not liked"):
        run(schedule(load(samples.diamond)), "main", "1024xf32=1", workers=2, witnesses=[witness])


@pytest.mark.parametrize(
    ("gives", "owned", "readers", "may_change"),
    [(True, True, 1, True), (False, True, 1, False), (True, False, 1, False), (True, True, 2, False)],
)
def test_a_region_may_change_what_nobody_else_has(gives: bool, owned: bool, readers: int, may_change: bool) -> None:
    """It captures the resource once: a second reader is another region."""
    lent = lend(Resource(8, None, owned, readers), gives=gives, readers=1)
    assert (lent.size, lent.owned) == (8, may_change)
