"""What each partitioner makes of the same programs, in figures: `python -m bench.partitioners [FILE …]`.

Without files: generated programs of one and of four devices, and the samples. A line a combination: regions, waves, steps of
the critical path, peak bytes (all as `iree_explorer.compare` counts them), and CPU seconds of scheduling.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import product

from bench.programs import Shape, dispatches
from iree_explorer import load, samples, schedule
from iree_explorer.errors import PassError
from iree_explorer.exploration import explore_module
from iree_explorer.exploration.comparing.compared import figures
from iree_explorer.syntax import Module

FAVORS = ("min-peak-memory", "max-concurrency")
EXECUTION = ("reference", "fewest-handovers")
CONCURRENCY = ("reference", "balanced")


def main() -> None:
    """Prints a table for each program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--size", type=int, default=2_000, help="dispatches of generated programs (default: 2000)")
    arguments = parser.parse_args()
    for name, module in _programs(arguments.files, arguments.size):
        print(f"{name}\n  {'regions by':18}{'waves by':11}{'favor':17}regions   waves  critical  peak bytes   CPU s")
        for execution, concurrency, favor in product(EXECUTION, CONCURRENCY, FAVORS):
            print(
                f"  {execution:18}{concurrency:11}{favor:17}{_line(module, execution, concurrency, favor)}", flush=True
            )


def _programs(files: list[str], size: int) -> Iterator[tuple[str, Module]]:
    for file in files:
        yield file, load(file)
    if not files:
        for devices in (1, 4):
            yield f"{size} dispatches on {devices} device{'s'[: devices - 1]}", load(dispatches(size, Shape(devices)))
        yield from ((sample.name, load(sample)) for sample in samples.ALL)


def _line(module: Module, execution: str, concurrency: str, favor: str) -> str:
    start = time.process_time()
    try:
        schedule(module, favor=favor, execution=execution, concurrency=concurrency, trace=False)
    except PassError:
        return "refused"
    seconds = time.process_time() - start
    exploration = explore_module(module, favor=favor, execution=execution, concurrency=concurrency)
    found = figures(exploration)
    return f"{found.regions:7} {found.waves:7} {found.critical_path:9} {found.peak_bytes:11,} {seconds:7.2f}"


if __name__ == "__main__":
    main()
