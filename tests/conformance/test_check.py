"""IREE's end-to-end suite runs on numpy after our passes: every check holds, every model gives what the real runtime gave."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
OUT_OF_BOUNDS = "samples__custom_dispatch__cpu__mlp_plugin__mlp_linalg_two_matmul"
"""Multiplies (2, 8) by the (4, 8) of its second input: the real runtime reads behind that, where zeros lie in a fresh process
and anything in another. There it is run on a second input that is square.
"""


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
    wanted = [golden[f"out{number}"] for number in range(sum(name.startswith("out") for name in golden.files))]
    module, function = load(CORPUS / "pre" / f"{path.stem}.mlir"), str(golden["fn"])
    for favor, ways in RUNS.items():
        program = scheduled(module, favor)
        for workers, seed in ways:
            hazards = seed is None
            got = run(program, function, *inputs, workers=workers, seed=seed, check_hazards=hazards).outputs
            assert_close(got, wanted)
        if path.stem == OUT_OF_BOUNDS:
            square = (inputs[0], inputs[1][:, : len(inputs[1])])
            assert_close(
                run(program, function, *square, backend="iree").outputs, run(program, function, *square).outputs
            )
        else:
            assert_close(run(program, function, *inputs, backend="iree").outputs, wanted)


def assert_close(got: Sequence[Any], wanted: Sequence[Any]) -> None:
    for value, want in zip(got, wanted, strict=True):
        np.testing.assert_allclose(value, want, rtol=RTOL, atol=ATOL)
