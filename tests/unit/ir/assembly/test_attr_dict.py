import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module


def test_an_op_that_is_read_by_code_of_its_own_takes_an_inherent_attribute() -> None:
    loop = "scf.for %j = %i to %i step %i {{\n    }}{}"
    function = "module {\n  func.func @f(%i: index) {\n    %s\n    return\n  }\n}\n"
    read = parse(function.replace("%s", loop.format(" {a, unsignedCmp}")))
    assert "scf.for unsigned %arg1 = %arg0 to %arg0 step %arg0 {\n    } {a}\n" in print_module(read.op)


@pytest.mark.parametrize(
    ("op", "name"),
    [
        ("affine.for %j = 0 to 4 {} {step = 2 : index}", "step"),
        (
            "scf.parallel (%j) = (%i) to (%i) step (%i) {} {operandSegmentSizes = array<i32: 1, 1, 1, 0>}",
            "operandSegmentSizes",
        ),
    ],
)
def test_it_takes_none_that_its_text_has_said(op: str, name: str) -> None:
    kind = op.partition(" ")[0]
    message = f"1:27: error: custom op '{kind}' attribute '{name}' occurs more than once in the attribute list"
    with pytest.raises(SourceError, match=message):
        parse(f"func.func @f(%i: index) {{ {op} return }}")
