"""From a program to its first result: `iree-explorer run` on stream IR against `iree-compile` of the model's source and
`iree-run-module`, whole processes: `python -m bench.execution [--runs N]`.

Prints a line a model: both, their ratio, and the ratio for stream IR text in memory with imports done (once, no kernel compiled
before); then the geometric mean of the latter, and how much two equal products in a wave overlap.
"""

import argparse
import math
import shlex
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.processes import side_by_side
from iree_explorer import samples
from iree_explorer.execution import run, signature
from iree_explorer.execution.blas import BLAS
from iree_explorer.execution.values import random_input
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.conformance import oracle

TARGET = (
    "--iree-hal-target-device=local --iree-hal-local-target-device-backends=llvm-cpu --iree-llvmcpu-target-cpu=generic"
)
SIZE = 1500


def main() -> int:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs of each command (default: 3)")
    runs = parser.parse_args().runs
    ratios = [_first_result(sample, runs) for sample in samples.ALL if sample.origin is not None]
    print(f"geometric mean of {len(ratios)}: {math.exp(statistics.fmean(map(math.log, ratios))):.2f}")
    print(f"two products of {SIZE} x {SIZE} at once, of in turn: {statistics.median(_overlap() for _ in range(5)):.2f}")
    return 0


def _first_result(sample: samples.Sample, runs: int) -> float:
    """The ratio of wall times, ours to theirs, of one model on random inputs."""
    types = signature(load(sample)).inputs
    generator = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        values = [random_input(type_, generator) for type_ in types]
        inputs: list[str] = []
        for number, value in enumerate(values):
            path = Path(folder) / f"{number}.npy"
            np.save(path, value)
            inputs.append(f"--input=@{path}")
        ours = [sys.executable, "-m", "iree_explorer", "run", str(sample.path), *inputs]
        compiled = f"{folder}/x.vmfb"
        compile_ = f"{oracle.tool('iree-compile')} {sample.origin} {TARGET} -o {compiled}"
        call = f"{oracle.tool('iree-run-module')} --module={compiled} --device=local-task --function=main"
        theirs = ["sh", "-c", f"{compile_} && {call} {shlex.join(inputs)}"]
        mine, real, ratio = side_by_side(ours, theirs, runs)
    if mine.status or real.status:
        raise SystemExit(f"{sample.name}: a command failed ({mine.status}, {real.status})")
    warm = _from_text(sample.text, values) / real.wall
    print(
        f"{sample.name:12}: ours {mine} | compile and run {real} | ratio {ratio:5.2f}, imports done {warm:5.2f}",
        flush=True,
    )
    return warm


def _from_text(text: str, inputs: list[Any]) -> float:
    """Seconds from stream IR text to results, scheduled on the way."""
    start = time.perf_counter()
    run(schedule(parse(text), trace=False), "main", *inputs)
    return time.perf_counter() - start


def _overlap() -> float:
    """Wall time of two products on two threads, as a wave runs them, of that of the same one after the other."""
    array = np.random.default_rng(0).standard_normal((SIZE, SIZE)).astype(np.float32)
    BLAS.hold()
    try:
        start = time.perf_counter()
        for _ in range(2):
            np.matmul(array, array)
        middle = time.perf_counter()
        threads = [threading.Thread(target=np.matmul, args=(array, array)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return (time.perf_counter() - middle) / (middle - start)
    finally:
        BLAS.release()


if __name__ == "__main__":
    raise SystemExit(main())
