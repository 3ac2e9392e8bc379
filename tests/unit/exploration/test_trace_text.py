"""The trace in words, of the samples and of a program that is refused, as files that a person has read.

`pytest tests/unit/exploration/test_trace_text.py --update-golden` writes them anew.
"""

import re
from pathlib import Path

import pytest

from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from iree_explorer.samples import ALL, Sample
from iree_explorer.syntax import parse
from tests.unit.exploration.programs import CONFLICT

GOLDEN = Path(__file__).parent / "golden"


def _check(name: str, text: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_samples(sample: Sample, request: pytest.FixtureRequest) -> None:
    text = explore_module(load(sample, name=f"{sample.name}.mlir")).trace_text()
    _check(sample.name, text, request)
    assert not re.search(r"\bop -?\d", text)
    ours, *_ = text.partition(" error: ")  # What follows is the compiler's own sentence.
    assert "#hal.device.affinity" not in ours


def test_partitioners_of_our_own(request: pytest.FixtureRequest) -> None:
    """A program that the reference refuses, and one in which waves could be more."""
    circle, transformer = (next(s for s in ALL if s.name == name) for name in ("circle", "transformer"))
    for sample in (circle, transformer):
        options = {"execution": "fewest-handovers", "concurrency": "balanced"}
        text = explore_module(load(sample, name=f"{sample.name}.mlir"), **options).trace_text()
        _check(f"{sample.name}_ours", text, request)


def test_a_refused_program(request: pytest.FixtureRequest) -> None:
    exploration = explore_module(parse(CONFLICT, "conflict.mlir"))
    assert exploration.refusal is not None
    _check("refused", exploration.trace_text(), request)


def test_ops_are_called_as_in_the_program_in_both_passes() -> None:
    diamond = next(sample for sample in ALL if sample.name == "diamond")
    text = explore_module(load(diamond)).trace_text()
    assert "%4 = @add::@add\n    %4 opens partition 0" in text
    assert "%4 = @add::@add\n    %4 opens wave 2" in text
