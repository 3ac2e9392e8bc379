"""IREE's own tests as programs, text for text against `iree-opt`: `python -m tests.lit path/to/iree.git`.

Each program is printed with no pass, after the first pass and after both, and where it is asked for after `canonicalize` or
`cse` alone. Programs on which the real tool dies are counted and left out. The exit status is 0 where all texts are the same, or both tools refuse.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from iree_explorer.errors import ExplorerError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.lit.corpus import STREAM, Chunk, chunks

STAGES = ("none", "execution", "both")
CLEAN_UPS = ("canonicalize", "cse")
GOOD = ("the same text", "both refuse", "the real tool crashed")


def main(argv: list[str] | None = None) -> int:
    """Compares what the options name; returns 1 where a program differs, or where there is none."""
    options = _options(argv)
    counts: dict[str, Counter[str]] = {stage: Counter() for stage in options.stages}
    for chunk in chunks(options.repository, options.under):
        for stage in options.stages:
            outcome, detail = compare(chunk, stage)
            counts[stage][outcome] += 1
            if outcome not in GOOD:
                print(f"{outcome}: {chunk.name}, {stage}: {detail}", flush=True)
    for stage, counted in counts.items():
        print(f"{stage:10}", ", ".join(f"{count} {outcome}" for outcome, count in counted.most_common()))
    wrong = any(outcome not in GOOD for counted in counts.values() for outcome in counted)
    return int(wrong or not any(counts.values()))


def compare(chunk: Chunk, stage: str) -> tuple[str, str]:
    """What both tools make of a program, and where they differ, empty where they don't."""
    want, messages = oracle.schedule(chunk.text, stage)
    if want is None and any(words in messages for words in oracle.CRASHED):
        return "the real tool crashed", ""
    try:
        module = parse(chunk.text, chunk.name, allow_unregistered=True)
        run_pipeline(module, oracle.pipeline(stage))
        have = print_module(module.op)
    except ExplorerError as error:
        return ("both refuse", "") if want is None else ("only we refuse", str(error).splitlines()[0])
    if want is None:
        return "only the real tool refuses", messages.splitlines()[0]
    return _compare_texts(have.rstrip("\n"), want.rstrip("\n"))


def _compare_texts(have: str, want: str) -> tuple[str, str]:
    if have == want:
        return "the same text", ""
    pairs = zip(f"{have}\n(end)".splitlines(), f"{want}\n(end)".splitlines(), strict=False)
    ours, theirs = next((a, b) for a, b in pairs if a != b)
    return "other text", f"\n  ours: {ours.strip()}\n  iree: {theirs.strip()}"


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.lit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repository", type=Path, help="a clone of https://github.com/iree-org/iree, bare or not")
    parser.add_argument("--under", default=STREAM, metavar="FOLDER", help=f"of the repository; default {STREAM}")
    parser.add_argument(
        "--stages", nargs="+", choices=(*STAGES, *CLEAN_UPS), default=STAGES, help=f"default: {' '.join(STAGES)}"
    )
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
