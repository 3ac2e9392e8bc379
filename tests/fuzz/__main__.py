"""Many mutants, with a report by kind: `python -m tests.fuzz --count 20000 --seed 0`; `--oracle 2000` compares with the real tool.

With `--ops` a mutant is a valid program, pretty or generic, of which one op is broken; `--lit` takes IREE's own tests besides,
`--programs` those of a folder.
The exit status is 0 where no mutant did harm. `--show N` prints the mutant of a number.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.fuzz.compare import compare
from tests.fuzz.judge import Mutant, Verdict, judge_in_time, mutant, op_mutant
from tests.fuzz.programs import lit_programs, pool, programs_in
from tests.lit.corpus import STREAM

MEMORY = 4 << 30
"""Bytes of address space: more is a harm, told as a crash."""
OUTCOMES = ("accepted", "refused", "unclear", "no place", "crash", "hang")


def main(argv: list[str] | None = None) -> int:
    """Runs what the options ask for; returns the number of mutants that did harm."""
    options = _options(argv)
    make = _maker(options)
    if options.show is not None:
        sys.stdout.buffer.write(make(options.show).data)
        return 0
    numbers = range(options.first, options.first + (options.oracle or options.count))
    if options.oracle:
        return compare(numbers, make, options.passes, options.keep)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return _fuzz(numbers, make, options.passes, options.keep)


def _maker(options: argparse.Namespace) -> Callable[[int], Mutant]:
    programs = [*pool()]
    if options.lit:
        programs += lit_programs(options.lit, options.under)
    if options.programs:
        programs += programs_in(options.programs)
    return partial(op_mutant if options.ops else mutant, seed=options.seed, programs=programs)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="how many mutants")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first mutant")
    parser.add_argument("--oracle", type=int, metavar="N", help="compare so many mutants with iree-opt")
    parser.add_argument("--ops", action="store_true", help="break one op of a program")
    parser.add_argument("--lit", type=Path, metavar="REPOSITORY", help="IREE's tests besides, from a clone")
    parser.add_argument("--programs", type=Path, metavar="FOLDER", help="its *.mlir besides")
    parser.add_argument(
        "--under", nargs="+", default=[STREAM], metavar="FOLDER", help=f"of the clone; default {STREAM}"
    )
    parser.add_argument("--passes", default="both", help="none, both, execution, concurrency, canonicalize, cse")
    parser.add_argument("--show", type=int, metavar="N", help="print mutant N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the mutants that are told of there")
    return parser.parse_args(argv)


def _fuzz(numbers: range, make: Callable[[int], Mutant], passes: str, keep: Path | None) -> int:
    started, slowest = time.monotonic(), (0.0, -1)
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    harms = 0
    for number in numbers:
        made = make(number)
        before = time.process_time()
        verdict = judge_in_time(made.data, passes)
        slowest = max(slowest, (time.process_time() - before, number))
        table[made.kind][verdict.outcome] += 1
        harms += verdict.is_harm
        if verdict.is_harm or verdict.outcome == "unclear":
            _tell(made, verdict, keep)
    _report(table)
    seconds = time.monotonic() - started
    print(
        f"{len(numbers)} mutants in {seconds:.0f} s, slowest {slowest[0]:.2f} s (number {slowest[1]}); {harms} did harm"
    )
    return min(harms, 1)


def _tell(made: Mutant, verdict: Verdict, keep: Path | None) -> None:
    print(f"{verdict.outcome}: mutant {made.number} ({made.kind}): {verdict.text[:600]}", flush=True)
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{made.number}.mlir").write_bytes(made.data)


def _report(table: dict[str, Counter[str]]) -> None:
    print(f"{'kind':20}" + "".join(f"{name:>10}" for name in OUTCOMES))
    total: Counter[str] = Counter()
    for kind in sorted(table):
        print(f"{kind:20}" + "".join(f"{table[kind][name]:10}" for name in OUTCOMES))
        total += table[kind]
    print(f"{'all':20}" + "".join(f"{total[name]:10}" for name in OUTCOMES))


if __name__ == "__main__":
    raise SystemExit(main())
