"""IREE's end-to-end suite runs on numpy after our passes: every check holds, every model gives what the real runtime gave."""

import json
from pathlib import Path

import numpy as np
import pytest

from iree_explorer.execution import CheckResult, check, run
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module
from tests.conformance.test_text import CORPUS

RUNS = {
    "min-peak-memory": ((1, None), (2, 1), (8, 2)),
    "debug": ((2, 3),),
    "max-concurrency": ((1, None), (8, 4)),
}
"""By favor: workers, and the seed that shuffles the pick of ready work; where there is none, hazards are looked for."""
RTOL, ATOL = 1e-4, 1e-5


def check_modules() -> list[Path]:
    """The modules whose functions check their own results; none where the corpus is not there."""
    index = CORPUS / "index.json"
    entries = json.loads(index.read_text()) if index.exists() else []
    return sorted(CORPUS / "pre" / f"{entry['name']}.mlir" for entry in entries if entry["kind"] == "check")


def models() -> list[Path]:
    """Files of inputs `in0` …, outputs `out0` … of the real runtime, and the function's name `fn`."""
    return sorted((CORPUS / "golden_models").glob("*.npz"))


def failures(results: list[CheckResult]) -> list[str]:
    return [f"@{result.function}: {result.error}" for result in results if not result.passed]


def scheduled(module: Module, favor: str) -> Module:
    return schedule(module, favor=favor, trace=False).module


@pytest.mark.parametrize("path", check_modules(), ids=lambda path: path.stem)
def test_end_to_end_suite_holds_for_every_favor_and_any_order_of_work(path: Path) -> None:
    module = load(path)
    for favor, ways in RUNS.items():
        program = scheduled(module, favor)
        for workers, seed in ways:
            results = check(program, workers=workers, seed=seed, check_hazards=seed is None)
            assert failures(results) == [], (favor, workers, seed)
            assert results


@pytest.mark.parametrize("path", models(), ids=lambda path: path.stem)
def test_models_give_what_the_real_runtime_gave(path: Path) -> None:
    golden = np.load(path)
    inputs = [golden[f"in{number}"] for number in range(sum(name.startswith("in") for name in golden.files))]
    module = load(CORPUS / "pre" / f"{path.stem}.mlir")
    for favor, ways in RUNS.items():
        program = scheduled(module, favor)
        for workers, seed in ways:
            got = run(program, str(golden["fn"]), *inputs, workers=workers, seed=seed).outputs
            assert len(got) == sum(name.startswith("out") for name in golden.files)
            for number, value in enumerate(got):
                np.testing.assert_allclose(value, golden[f"out{number}"], rtol=RTOL, atol=ATOL)
