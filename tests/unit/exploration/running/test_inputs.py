import numpy as np
import pytest

from iree_explorer import samples
from iree_explorer.errors import InputError
from iree_explorer.exploration import explore_module
from iree_explorer.exploration.running.inputs import filled_inputs
from iree_explorer.exploration.running.runs import run_json
from iree_explorer.frontends import load

MODULE = load(samples.transformer)
SHAPE = (16, 32)


def filled(word: str, **variables: object) -> np.ndarray:
    (value,) = filled_inputs(MODULE, "main", [word], variables)
    return value


def test_words_fill_inputs() -> None:
    assert (filled("ones") == np.ones(SHAPE, np.float32)).all()
    assert (filled("zeros") == 0).all()
    assert (filled("iota") == np.arange(512, dtype=np.float32).reshape(SHAPE)).all()
    assert (filled("random") == filled("")).all()
    assert filled("random").std() > 0.5


def test_variables_are_taken_by_name_in_the_type_of_the_input() -> None:
    x = np.linspace(0, 1, 512).reshape(SHAPE)
    value = filled("x", x=x)
    assert value.dtype == np.float32
    assert np.allclose(value, x)


def test_an_unknown_name_is_an_error_that_says_what_there_is() -> None:
    with pytest.raises(InputError, match="input 0: no variable is called 'y', and it is none of random, ones"):
        filled("y")


@pytest.mark.parametrize("text", ["16x32xf32=2", "16x32xf32"])
def test_values_of_iree_run_module_pass(text: str) -> None:
    assert filled_inputs(MODULE, "main", [text]) == [text]


def test_a_run_names_its_variables() -> None:
    exploration = explore_module(MODULE)
    result = run_json(exploration, "main", ["x"], variables={"x": np.zeros(SHAPE)})
    assert result["error"] is None
    wrong = run_json(exploration, "main", ["x"], variables={"x": np.zeros((2, 2))})
    assert "must be 16x32xf32" in wrong["error"]


def test_too_many_inputs_are_refused() -> None:
    with pytest.raises(InputError, match=r"takes 1 input \(.*\), 2 are given"):
        filled_inputs(MODULE, "main", ["", ""])
