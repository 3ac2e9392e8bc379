"""What orders two ops, told to a log by hand: waves, awaits through other regions, waits of the host."""

import numpy as np
import pytest

from iree_explorer.execution.recording.hazards import HazardLog, Touch, describe
from iree_explorer.execution.values.resources import Storage

BYTES = Storage(np.zeros(8, np.uint8))


def touch(
    region: int, serial: int, *, wave: int = -1, issued: int = -1, reached: frozenset[int] = frozenset()
) -> Touch:
    """A write of four bytes that all touches share."""
    return Touch(f"op{serial}", region, wave, issued, reached, BYTES, 0, 4, True, serial)


def log_of(awaits: dict[int, set[int]]) -> HazardLog:
    """A log of regions, each told what it awaits, in order."""
    log = HazardLog()
    for region, awaited in awaits.items():
        log.order(region, frozenset(awaited))
    return log


def at_once(log: HazardLog, first: Touch, second: Touch) -> bool:
    """Whether two ops may run at once; the same whichever is given first."""
    found = log.may_run_at_once(first, second)
    assert log.may_run_at_once(second, first) is found
    return found


def test_a_region_is_behind_all_that_the_awaited_ones_are_behind() -> None:
    log = log_of({0: set(), 1: {0}, 2: {1}, 3: {2}, 4: set()})
    assert log.before[3] == {0, 1, 2}
    for before in (0, 1, 2):
        assert not at_once(log, touch(before, 1), touch(3, 2))
    assert at_once(log, touch(4, 1), touch(3, 2))


def test_what_is_told_of_a_region_later_is_added() -> None:
    """First what the host had waited for when it issued the region, then what the region awaits itself."""
    log = log_of({0: set(), 1: set()})
    log.order(2, frozenset({0}))
    log.order(2, frozenset({1}))
    assert log.before[2] == {0, 1}


def test_ops_of_one_region_run_at_once_in_one_wave_only() -> None:
    log = HazardLog()
    assert at_once(log, touch(0, 1, wave=0), touch(0, 2, wave=0))
    assert not at_once(log, touch(0, 1, wave=0), touch(0, 2, wave=1))
    assert not at_once(log, touch(0, 1), touch(0, 2))


@pytest.mark.parametrize("wave", [-1, 0])
def test_what_one_op_touches_twice_is_no_conflict(wave: int) -> None:
    log = HazardLog()
    log.note([touch(0, 1, wave=wave), touch(0, 1, wave=wave)])
    assert not [*log.conflicts()]


def test_the_host_runs_beside_what_it_issued_and_did_not_wait_for() -> None:
    log = log_of({0: set(), 1: {0}, 2: set()})
    waited = frozenset({1})
    assert at_once(log, touch(-1, 1, issued=2), touch(1, 2))
    assert not at_once(log, touch(-1, 1, issued=2, reached=waited), touch(1, 2))
    assert not at_once(log, touch(-1, 1, issued=2, reached=waited), touch(0, 2)), "region 1 awaited it"
    assert not at_once(log, touch(-1, 1, issued=2), touch(2, 2)), "it is not issued yet"
    assert at_once(log, touch(-1, 1, issued=3, reached=waited), touch(2, 2))
    assert not at_once(log, touch(-1, 1, issued=3), touch(-1, 2, issued=3))


@pytest.mark.parametrize(("count", "told", "rest"), [(3, 3, ""), (4, 3, "; and 1 more"), (0, 0, "")])
def test_the_first_conflicts_are_told_and_how_many_more_there_are(count: int, told: int, rest: str) -> None:
    log = HazardLog()
    for place in range(count):
        storage = Storage(np.zeros(8, np.uint8))
        for serial in (1, 2):
            log.note([Touch(f"op{place}", serial, -1, -1, frozenset(), storage, 0, 4, True, serial)])
    text = describe(log)
    assert text.count("nothing orders it") == told
    assert text.endswith(rest)
    assert ("more" in text) == bool(rest)
