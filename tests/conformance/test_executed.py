"""Generated programs run: as they are, under every schedule, in any order of ready work, and on IREE's runtime, to the same
numbers. `IREE_EXPLORER_RUN_SEEDS=500` runs more.
"""

import os
from typing import Any, TypeAlias

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError, PassError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse
from tests.conformance.rewriting import SIZE
from tests.conformance.runnable import Runnable, runnable

SEEDS = int(os.environ.get("IREE_EXPLORER_RUN_SEEDS", "4"))
BATCH = 8
FAVORS = ("min-peak-memory", "debug", "max-concurrency")
WAYS = ((1, None), (2, 1), (8, 2))
"""Workers, and the seed that shuffles the pick of ready work; where there is none, hazards are looked for."""
REFUSED = 0.5
"""How many programs of a batch the real tools may refuse: the generator makes such, too."""

Values: TypeAlias = list[tuple[list[Any], dict[str, bytes]]]
"""Per function: what it gives, and the parameters after it."""


def execute(module: Module, program: Runnable, which: int, **how: Any) -> Values:
    """Calls the functions of the seed `which`."""
    found: Values = []
    for function in program.functions[which]:
        given = {
            scope: {key: np.arange(SIZE, dtype=np.uint8) + len(key) for key in keys}
            for scope, keys in program.keys.items()
        }
        outputs = run(module, function, parameters=given, **how).outputs
        after = {f"{scope}::{key}": array.tobytes() for scope, arrays in given.items() for key, array in arrays.items()}
        found.append(([np.asarray(value).tolist() for value in outputs], after))
    return found


def numbers_of(seed: int) -> Values | None:
    """What a program computes under every schedule; None where it cannot be scheduled."""
    program = runnable([seed])
    if program is None:
        return None
    module = parse(program.text, f"seed {seed}")
    want = execute(module, program, seed, workers=1)
    try:
        schedules = {favor: schedule(module, favor=favor, trace=False).module for favor in FAVORS}
    except PassError:
        return None
    schedules["ours"] = schedule(module, execution="fewest-handovers", concurrency="balanced", trace=False).module
    schedules["serial"] = schedule(module, execution="serial", concurrency="serial", trace=False).module
    for name, scheduled in schedules.items():
        for workers, shuffle in WAYS:
            # A region that changes a resource in place does not wait for readers in other regions. The reference partitioner
            # leaves none; one region an op does, and is right only where a backend copies what others still read.
            looks = shuffle is None and name != "serial"
            got = execute(scheduled, program, seed, workers=workers, seed=shuffle, check_hazards=looks)
            assert got == want, (seed, name, workers, shuffle)
    return want


def compare(wanted: dict[int, Values]) -> int:
    """Runs programs on the real runtime, in one module; where its tools refuse that, one by one. How many it ran."""
    program = runnable(list(wanted))
    assert program is not None
    module = schedule(parse(program.text), trace=False).module
    try:
        got = {seed: execute(module, program, seed, backend="iree") for seed in wanted}
    except ExecutionError:
        if len(wanted) == 1:
            return 0
        return sum(compare({seed: values}) for seed, values in wanted.items())
    for seed, values in wanted.items():
        assert _own(got[seed], values) == values, seed
    return len(wanted)


def _own(values: Values, like: Values) -> Values:
    """Without parameters that only other programs of the module have."""
    return [(out, {key: after[key] for key in known}) for (out, after), (_, known) in zip(values, like, strict=True)]


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_generated_programs_compute_the_same_on_every_way(first: int) -> None:
    seeds = range(first, min(first + BATCH, SEEDS))
    wanted = {seed: values for seed in seeds if (values := numbers_of(seed)) is not None}
    ran = compare(wanted) if wanted else 0
    print(f"seeds {seeds.start} to {seeds.stop - 1}: {len(wanted)} scheduled, {ran} on the real runtime, too")
    assert ran >= len(seeds) * (1 - REFUSED)
