"""Options that are none are refused before anything runs, in a sentence that names the option and its value."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from iree_explorer.errors import InputError
from iree_explorer.execution import RunResult, check, debug, run
from iree_explorer.syntax import Module, parse
from tests.unit.execution.test_run import SQUARE

INPUTS = ("2xf32=1 2", 1)


def _run(module: Module, **options: Any) -> RunResult:
    return run(module, "main", *INPUTS, **options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"workers": 0}, "workers=0: give an integer of at least 1"),
        ({"workers": -1}, "workers=-1: give an integer of at least 1"),
        ({"workers": "2"}, "workers='2': give an integer"),
        ({"workers": 2.0}, "workers=2.0: give an integer"),
        ({"workers": True}, "workers=True: give an integer"),
        ({"seed": "1"}, "seed='1': give an integer"),
        ({"seed": 1.5}, "seed=1.5: give an integer"),
        ({"backend": "cuda"}, "backend='cuda' is not known: numpy and iree are"),
        ({"backend": None}, "backend=None is not known"),
        ({"backend": "iree", "seed": 1}, "only for the numpy backend"),
        ({"backend": "iree", "workers": 0}, "workers=0: give an integer"),
    ],
)
@pytest.mark.parametrize("call", [_run, check])
def test_what_is_no_option(call: Callable[..., Any], options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        call(parse(SQUARE), **options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"interrupt": 3}, "interrupt=3: give an Interrupt, or None"),
        ({"witnesses": 3}, "witnesses=3: give a list of Witness objects"),
        ({"witnesses": [print]}, "witnesses=.*: give a list of Witness objects"),
        ({"witnesses": iter(())}, "witnesses=.*: give a list of Witness objects"),
    ],
)
def test_what_watches_no_run(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        _run(parse(SQUARE), **options)


def test_numbers_of_numpy_are_numbers() -> None:
    result = run(parse(SQUARE), "main", *INPUTS, workers=np.int64(1), seed=np.uint8(3))  # pyright: ignore[reportArgumentType]
    assert result.timeline.workers == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"seed": "1"}, "seed='1': give an integer"),
        ({"interrupt": 3}, "interrupt=3: give an Interrupt, or None"),
        ({"nonfinite": "never"}, "nonfinite='never': give one of stop, report, ignore"),
    ],
)
def test_what_is_no_option_of_a_debugger(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        debug(parse(SQUARE), "main", *INPUTS, **options)


def test_a_debugger_refuses_inputs_at_once() -> None:
    with pytest.raises(InputError, match=r"takes 2 inputs \(.*\), 1 is given"):
        debug(parse(SQUARE), "main", INPUTS[0])
