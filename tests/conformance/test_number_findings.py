"""The table of numbers of docs/iree-findings.md is what both backends say."""

import re
from pathlib import Path

import numpy as np
import pytest

import iree_explorer as ie

PAGE = Path(__file__).parents[2] / "docs" / "iree-findings.md"
ROWS = [
    (op, [float(word) for word in operands.split(",")], float(right), float(wrong))
    for op, operands, right, wrong in re.findall(
        r"^\| `(\S+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE.read_text(), re.M
    )
]


def test_the_page_has_such_a_table() -> None:
    assert {op for op, *_ in ROWS} == {"arith.mulf", "math.atan2", "math.powf"}


@pytest.mark.parametrize("op", sorted({op for op, *_ in ROWS}))
def test_both_backends_say_what_the_page_says(op: str) -> None:
    rows = [row for row in ROWS if row[0] == op]
    type_ = f"tensor<{len(rows)}xf32>"
    text = (
        f"func.func @f(%a: {type_}, %b: {type_}) -> {type_} {{\n  %0 = {op} %a, %b : {type_}\n  return %0 : {type_}\n}}"
    )
    first, second = (np.array(column, np.float32) for column in zip(*(row[1] for row in rows), strict=True))
    scheduled = ie.schedule(ie.load(text), trace=False)
    for backend, place in (("numpy", 2), ("iree", 3)):
        (found,) = ie.run(scheduled, "f", first, second, backend=backend, workers=1).outputs
        np.testing.assert_allclose(found, [row[place] for row in rows], rtol=1e-5, atol=0, err_msg=backend)
