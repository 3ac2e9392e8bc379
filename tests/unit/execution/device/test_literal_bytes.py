"""The bytes of constants, told apart by how they are written."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse

_HALVES = "dense<[1, 2]> : tensor<2xi8>, dense<[[3, 4]]> : tensor<1x2xi8>"
CONSTANTS = {
    "dense<[1, 2, 3]> : tensor<3xi8>": [1, 2, 3],
    "dense<[-1, 256]> : tensor<2xi16>": [255, 255, 0, 1],
    "#util.byte_pattern<7> : tensor<3xi8>": [7, 7, 7],
    '"ab"': [97, 98],
    f"#util.composite<4xi8, [{_HALVES}]>": [1, 2, 3, 4],
    f'#util.composite<9xi8, [#util.composite<4xi8, [{_HALVES}]>, "c", #util.byte_pattern<5> : tensor<2xi16>]>': [
        *(1, 2, 3, 4, 99, 5, 5, 5, 5)
    ],
    "#util.composite<0xi8, []>": [],
}


def of_device(constant: str, size: int) -> str:
    return f"""util.func public @main() -> !stream.resource<external> {{
  %size = arith.constant {size} : index
  %0 = stream.async.constant : !stream.resource<external>{{%size}} = {constant}
  util.return %0 : !stream.resource<external>
}}
"""


@pytest.mark.parametrize("constant", CONSTANTS)
@pytest.mark.parametrize("padding", [0, 3])
def test_the_bytes_of_a_constant_in_a_resource_of_its_size_or_more(constant: str, padding: int) -> None:
    wanted = [*CONSTANTS[constant], *[7 if "byte_pattern<7>" in constant else 0] * padding]
    (found,) = run(schedule(parse(of_device(constant, len(wanted)))), "main").outputs
    assert np.asarray(found).tolist() == wanted


@pytest.mark.parametrize("constant", CONSTANTS)
def test_the_bytes_of_a_constant_on_the_host_are_as_many_as_its_type_says(constant: str) -> None:
    text = f"util.func public @main() -> !util.buffer {{ %0 = util.buffer.constant : !util.buffer = {constant}\n util.return %0 : !util.buffer }}"
    (found,) = run(parse(text), "main").outputs
    assert np.asarray(found).tolist() == CONSTANTS[constant]


def test_a_constant_without_contents_is_named_where_it_stands() -> None:
    module = schedule(parse(of_device("dense_resource<gone> : tensor<2xi8>", 2)))
    with pytest.raises(
        ExecutionError, match=r"^<stdin>:3:8: error: %\w+ = stream.async.constant: the data of gone is not"
    ):
        run(module, "main")
