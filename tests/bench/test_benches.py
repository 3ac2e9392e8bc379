"""Each benchmark runs on a small program and prints its figures, whatever they are."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iree_explorer import samples

ROOT = Path(__file__).parents[2]


def output_of(*command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_opt_compares_texts_and_says_where_time_goes() -> None:
    printed = output_of("bench.opt", "40", "--runs", "1", "--shape", "4 devices", "--breakdown")
    assert "same text" in printed
    for step in ("start", "parse", "execution", "concurrency", "clean-up", "print", "trace ratio"):
        assert f'"{step}"' in printed


def test_partitioners_tells_of_each_and_of_refused_programs() -> None:
    printed = output_of("bench.partitioners", str(samples.circle.path))
    lines = printed.splitlines()[2:]
    assert len(lines) == 8
    assert [line.endswith("refused") for line in lines] == ["reference" in line.split()[0] for line in lines]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium on this machine")
def test_explore_has_all_figures() -> None:
    printed = output_of("bench.explore", "40", "--runs", "1", "--steps", "2")
    for figure in (
        "to interactive",
        "what follows",
        "a step",
        "a far jump",
        "scrubbing",
        "zooming",
        "_esm",
        "HTML page",
    ):
        assert figure in printed


def test_execution_measures_overlap() -> None:
    assert "a wave: " in output_of("bench.execution", "--only", "overlap")
