"""Generated programs run: as they are, under every schedule, in any order of ready work, and on IREE's runtime, to the same
numbers. `IREE_EXPLORER_RUN_SEEDS=500` runs more.

Some programs IREE itself makes wrong, by faults of its schedule that `docs/iree-findings.md` shows; others its tools cannot
compile, or not run. That it is IREE's doing is proven each time: `iree-opt` prints the very schedule that ours made, or refuses
where ours refused. Partitioners of our own must be right for every program. Where the reference's schedule is right, hazards and
stale reads looked for, IREE's runtime must give the same numbers.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError, PassError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse, print_module
from tests.conformance import oracle
from tests.conformance.rewriting import SIZE
from tests.conformance.runnable import Runnable, runnable

SEEDS = int(os.environ.get("IREE_EXPLORER_RUN_SEEDS", "8"))
BATCH = 8
FAVORS = ("min-peak-memory", "debug", "max-concurrency")
WAYS = ((1, None), (2, 1), (8, 2))
"""Workers, and the seed that shuffles the pick of ready work; where there is none, hazards are looked for."""
OURS = {"ours": ("fewest-handovers", "balanced"), "serial": ("serial", "serial")}
REFUSED = 0.1
"""How many programs the reference may refuse: the generator makes such, too."""
LOST = 0.15
"""How many programs IREE may make wrong, or not compile, by faults that are known."""

UNABLE: Final = {
    r"'util.call' op function type mismatch": "PropagateTimepoints changes a function and not all of its calls",
    r"operand is unlinked": "a pass of the lowering leaves a use of what it erases",
    r"maximum iteration count exceeded in fixed point pipeline": "two passes of the lowering undo each other",
    r"'vm.buffer.clone' op operand #1 must be 64-bit": "a size stays an i32",
    r"streamable op expected to be in an execution region": "an op that is cloned to its users stays on the host, too",
    r"can only select between HAL affinity attrs": "a fold of the lowering forgets a device",
    r"is initialized both by initial value and by store in initializer": "a global that only initializers store becomes immutable",
    r"transient buffer has not been committed": "finding 1: the lowering ends with the same clean-up",
    r"include the crash backtrace": "the compiler dies",
    r"parameter `\w+` range out of bounds": "finding 5: the offset in memory is added to the one in the parameter",
}
"""What the real tools say where they cannot compile or run a schedule of theirs, and why."""

OVERWRITTEN: Final = "has overwritten in place"
"""What a run says of a program that reads what it has changed. IREE's own passes before the schedule make a few such."""

WRONG: Final = {
    701: "finding 15: of two equal dispatches, which the clean-up makes of one that prefers it, one is left"
}
"""Seeds of which IREE's runtime gives wrong numbers though the schedule is right, and why."""

Values: TypeAlias = list[tuple[list[Any], dict[str, bytes]]]
"""Per function: what it gives, and the parameters after it."""


@dataclass(frozen=True)
class Found:
    """What a program computes.

    Attributes:
        values: its numbers.
        verdict: "right", as all schedules are; "lost", where IREE's own is wrong; "broken", where the program is wrong before
            it is scheduled; "refused", where IREE gives no schedule.
    """

    values: Values
    verdict: Literal["right", "lost", "broken", "refused"]


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


def require_same(module: Module, program: Runnable, seed: int, want: Values) -> None:
    """Runs a schedule in every way.

    Raises:
        AssertionError, ExecutionError: it computes something else, or ops that may run at once conflict.
    """
    for workers, shuffle in WAYS:
        got = execute(module, program, seed, workers=workers, seed=shuffle, check_hazards=shuffle is None)
        assert got == want, (seed, workers, shuffle)


def numbers_of(seed: int) -> Found:
    """What a program computes under every schedule."""
    program = runnable([seed])
    assert program is not None, f"IREE refuses seed {seed} as it is"
    module = parse(program.text, f"seed {seed}")
    want = execute(module, program, seed, workers=1)
    if is_broken(module, program, seed):
        return Found(want, "broken")
    for execution, concurrency in OURS.values():
        ours = schedule(module, execution=execution, concurrency=concurrency, trace=False).module
        require_same(ours, program, seed, want)
    try:
        for favor in FAVORS:
            require_same(schedule(module, favor=favor, trace=False).module, program, seed, want)
    except PassError:
        require_schedule_of_iree(program)
        return Found(want, "refused")
    except (AssertionError, ExecutionError):
        require_schedule_of_iree(program)
        return Found(want, "lost")
    return Found(want, "right")


def require_schedule_of_iree(program: Runnable) -> None:
    """Whether our reference does with a program what the real tool does with it.

    Raises:
        AssertionError: it does not: what is wrong is our doing.
    """
    expected, messages = oracle.schedule(program.text)
    if expected is None and any(words in messages for words in oracle.CRASHED):
        return
    try:
        ours = print_module(schedule(parse(program.text), trace=False).module.op)
    except PassError:
        ours = None
    assert (ours and ours.rstrip("\n")) == (expected and expected.rstrip("\n"))


def is_broken(module: Module, program: Runnable, seed: int) -> bool:
    """Whether the program, op by op as it stands, reads what it has overwritten."""
    try:
        execute(module, program, seed, workers=1, check_hazards=True)
    except ExecutionError as error:
        return OVERWRITTEN in str(error)
    return False


def compare(wanted: dict[int, Values]) -> int:
    """Runs programs on the real runtime, in one module; where its tools refuse that, by halves. How many it ran."""
    program = runnable(list(wanted))
    assert program is not None
    module = schedule(parse(program.text), trace=False).module
    try:
        got = {seed: execute(module, program, seed, backend="iree") for seed in wanted}
    except ExecutionError as error:
        if len(wanted) == 1:
            require_schedule_of_iree(program)
            print(f"seed {next(iter(wanted))} is not run: {reason_of(error)}")
            return 0
        seeds = list(wanted)
        halves = seeds[: len(seeds) // 2], seeds[len(seeds) // 2 :]
        return sum(compare({seed: wanted[seed] for seed in half}) for half in halves)
    for seed, values in wanted.items():
        assert (_own(got[seed], values) == values) is (seed not in WRONG), seed
    return len(wanted.keys() - WRONG.keys())


def reason_of(error: ExecutionError) -> str:
    """Why the real tools cannot do with their own schedule what they are asked for: in our words where the fault is known."""
    known = [why for words, why in UNABLE.items() if re.search(words, str(error))]
    return known[0] if known else str(error)


def _own(values: Values, like: Values) -> Values:
    """Without parameters that only other programs of the module have."""
    return [(out, {key: after[key] for key in known}) for (out, after), (_, known) in zip(values, like, strict=True)]


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_generated_programs_compute_the_same_on_every_way(first: int) -> None:
    seeds = range(first, min(first + BATCH, SEEDS))
    found = {seed: numbers_of(seed) for seed in seeds}
    counts = Counter(numbers.verdict for numbers in found.values())
    right = {seed: numbers.values for seed, numbers in found.items() if numbers.verdict == "right"}
    ran = compare(right) if right else 0
    print(f"seeds {seeds.start} to {seeds.stop - 1}: {dict(counts)}, {ran} equal on the real runtime")
    assert counts["lost"] + counts["broken"] <= 1 + LOST * len(seeds)
    assert counts["refused"] <= 1 + REFUSED * len(seeds)
    assert ran >= len(right) - 1 - LOST * len(seeds)
