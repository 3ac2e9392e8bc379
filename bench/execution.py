"""Execution on numpy against IREE's own tools, in one run: `python -m bench.execution [--iree CHECKOUT --corpus FOLDER]`.

* Time to the first result, a line a program and the geometric mean: `bench.first_result`.
* Steady state of the two big models, `local-task` compiled for this machine and for any: `bench.steady`.
* How much two equal products in a wave overlap: `bench.overlap`.

OpenBLAS takes the kernels that `OPENBLAS_CORETYPE` names; unset it, and `OPENBLAS_L2_SIZE`, for figures of the machine itself.
"""

import argparse
import math
import statistics
from pathlib import Path

from threadpoolctl import threadpool_info

from bench import first_result, overlap, steady
from bench.models import MODELS

SECTIONS = ("first", "steady", "overlap")


def main() -> int:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iree", type=Path, help="a checkout of IREE, for sources of its tests and samples")
    parser.add_argument("--corpus", type=Path, help="stream IR of these: see `first_result.Corpus`")
    parser.add_argument("--every", type=int, default=8, help="of the check modules every so manieth (default: 8)")
    parser.add_argument("--runs", type=int, default=3, help="runs to the first result of each program (default: 3)")
    parser.add_argument("--calls", type=int, default=20, help="calls of each model in steady state (default: 20)")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="only these sections")
    arguments = parser.parse_args()
    if (arguments.iree is None) != (arguments.corpus is None):
        parser.error("--iree and --corpus go together")
    corpus = first_result.Corpus(arguments.iree, arguments.corpus, arguments.every) if arguments.corpus else None
    sections = arguments.only or SECTIONS
    for found in threadpool_info():
        print(
            f"{found['internal_api']} {found['version']}, {found.get('architecture')}, {found['num_threads']} threads"
        )
    if "first" in sections:
        _first_results(corpus, arguments.runs)
    if "steady" in sections:
        for make in MODELS.values():
            steady.compare(make(), arguments.calls)
    if "overlap" in sections:
        overlap.compare()
    return 0


def _first_results(corpus: first_result.Corpus | None, runs: int) -> None:
    """Prints a line a program, and the geometric mean of each group and of all."""
    groups: dict[str, list[float]] = {}
    for case in first_result.cases(corpus):
        ratio = first_result.compare(case, runs)
        if ratio is not None:
            groups.setdefault(case.group, []).append(ratio)
    every_ratio = [ratio for ratios in groups.values() for ratio in ratios]
    for group, ratios in (*groups.items(), ("all", every_ratio)):
        mean = math.exp(statistics.fmean(map(math.log, ratios)))
        print(f"first result, {group}, {len(ratios)} programs: geometric mean {mean:.2f}, worst {max(ratios):.2f}")


if __name__ == "__main__":
    raise SystemExit(main())
