"""`iree-explorer opt` against `iree-opt`, both schedule passes on one function, whole processes: `python -m bench.opt [SIZE …]`.

Prints a table for graphs of several shapes (see `bench.programs`): time and memory of both, their ratio, and how much
longer each takes than for the size before; checks that both print the same text.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.processes import Cost, run, side_by_side
from bench.programs import SHAPES, dispatches
from tests.conformance import oracle

_WIDTH = max(map(len, SHAPES))


def main() -> int:
    """Runs the benchmark; status 1 where the texts differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "sizes",
        nargs="*",
        type=int,
        default=[1_000, 10_000, 30_000, 100_000],
        metavar="SIZE",
        help="dispatches (default: 1000 10000 30000 100000)",
    )
    parser.add_argument("--runs", type=int, default=3, help="runs of each command (default: 3)")
    parser.add_argument("--shape", choices=SHAPES, action="append", help="only these shapes")
    parser.add_argument(
        "--launcher",
        action="store_true",
        help="time the `iree-opt` command that pip installs, not the binary behind it",
    )
    parser.add_argument("--ours-only", action="store_true", help="do not run iree-opt")
    parser.add_argument("--breakdown", action="store_true", help="print where our CPU time goes, too")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # Installed packages have their bytecode.
    differ = 0
    for shape in arguments.shape or SHAPES:
        before: tuple[Cost, Cost] | None = None
        for size in arguments.sizes:
            before, same = _compare(shape, size, arguments, before)
            differ += not same
    return 1 if differ else 0


def _compare(
    shape: str, size: int, arguments: argparse.Namespace, before: tuple[Cost, Cost] | None
) -> tuple[tuple[Cost, Cost] | None, bool]:
    """Times one program; returns what both took, and whether they print the same text."""
    with tempfile.TemporaryDirectory() as folder:
        source, got, want = (Path(folder) / name for name in ("in.mlir", "got.mlir", "want.mlir"))
        source.write_text(dispatches(size, SHAPES[shape]))
        text = f"--pass-pipeline={oracle.pipeline('both')}"
        ours = [sys.executable, "-m", "iree_explorer", "opt", text, str(source), "-o", str(got)]
        launcher = oracle.tool("iree-opt") if arguments.launcher else oracle.native_opt()
        theirs = [launcher, text, str(source), "-o", str(want)]
        if arguments.breakdown:
            subprocess.run([sys.executable, "-m", "bench.breakdown", str(source)], check=True)
        if arguments.ours_only:
            print(f"{shape:{_WIDTH}} {size:7}: ours {run(ours)}", flush=True)
            return None, True
        mine, real, ratio = side_by_side(ours, theirs, arguments.runs)
        same = got.exists() and want.exists() and got.read_text().rstrip() == want.read_text().rstrip()
    verdict = "same text" if same else "TEXTS DIFFER"
    growth = "" if before is None else f" | x {mine.cpu / before[0].cpu:.1f}, x {real.cpu / before[1].cpu:.1f}"
    print(
        f"{shape:{_WIDTH}} {size:7}: ours {mine} | iree-opt {real} | ratio {ratio:5.2f}{growth} | {verdict}", flush=True
    )
    return (mine, real), same


if __name__ == "__main__":
    raise SystemExit(main())
